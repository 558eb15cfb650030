import { configSchema } from '../../../src/contract/config.ts';
import type { Residency } from '../../../src/contract/tenants.ts';
import type { AlarmClock } from '../alarm-clock.ts';
import type { RoomLog } from '../log/log.ts';
import { allOf, nextFeed } from './next-feed.ts';
import { placeFor } from './placing-rules.ts';
import { within } from './patience.ts';
import { placed, relayName, slipText, type RelayFeed, type RelayRpc, type RelayState } from './relay-rpc.ts';
import { openRelayTable } from './relay-table.ts';

/** A relay that does not answer for so long is tried again later. */
const FEED_TIMEOUT_MS = 10_000;
/** Whoever publishes waits so long for relays that were well until then, and no longer. */
const PUBLISH_WAIT_MS = 1_000;
const RETRY_MAX_MS = 60_000;

export const retryMs = (failures: number): number => Math.min(RETRY_MAX_MS, 500 * 2 ** failures);

export type Relays = ReturnType<typeof createRelays>;

/**
 * The relays of a room: who is sent to which, and what each is fed. One call at a time goes to each, with all
 * that it lacks by then, so a slow one gets fewer and larger ones and nobody waits for it. What did not reach one
 * goes again, by the alarm when it did not even answer: all that is owed lies in SQLite.
 * @param relayed called when there are more or fewer people at relays
 */
export function createRelays(
  ctx: DurableObjectState,
  env: RoomEnv,
  log: RoomLog,
  clock: AlarmClock,
  relayed: () => void,
) {
  const table = openRelayTable(ctx.storage);
  const threshold = configSchema.shape.RELAY_THRESHOLD.parse(env.RELAY_THRESHOLD);
  const feeding = new Map<number, Promise<void>>();
  /** viewers that a relay has yet to hear of */
  const hints = new Map<number, number>();
  /** counts what a relay has asked for: an answer from before it says nothing of what came after */
  const turns = new Map<number, number>();
  /** relays that are yet to forget; null while this room is not to be forgotten */
  let forgetful: number[] | null = null;
  wake();

  function stubOf(relay: number): RelayRpc {
    const { root, jurisdiction } = table.place();
    const namespace = placed(env.RELAYS, jurisdiction);
    return namespace.get(namespace.idFromName(relayName(root ?? '', relay))) as unknown as RelayRpc;
  }

  /** Feeds every relay that is well; those that did not answer have the alarm. */
  function wake(): void {
    if (forgetful !== null) return;
    for (const row of table.all()) if (row.isFed && row.failures === 0) feed(row.relay);
  }

  function feed(relay: number): Promise<void> {
    const running = feeding.get(relay) ?? feedAll(relay).finally(() => feeding.delete(relay));
    feeding.set(relay, running);
    return running;
  }

  async function feedAll(relay: number): Promise<void> {
    // All that is said in this turn goes in one call.
    await Promise.resolve();
    try {
      const stub = stubOf(relay);
      while (await feedOnce(relay, (next) => stub.feed(next)));
    } catch (error) {
      if (forgetful !== null) return;
      table.failed(relay);
      const failures = table.find(relay)?.failures ?? 1;
      console.error(JSON.stringify({ at: 'room.relays', relay, failures, error: String(error) }));
      clock.by(Date.now() + retryMs(failures));
    }
  }

  /** @returns whether there may be more. */
  async function feedOnce(relay: number, send: (feed: RelayFeed) => Promise<RelayState>): Promise<boolean> {
    const row = forgetful === null ? table.find(relay) : null;
    if (row === null || !row.isFed) return false;
    const next = nextFeed(row, log, table, hints.get(relay) ?? null);
    if (next === null) return false;
    hints.delete(relay);
    const turn = turns.get(relay);
    const state = await within(FEED_TIMEOUT_MS, send(next));
    if (forgetful !== null) return false;
    const isAsBefore = state.epoch === row.epoch && state.seq === row.seq && state.note === row.note;
    if (isAsBefore && next.frames.length + next.notes.length > 0) throw new Error('it did not take what it was fed');
    table.came(relay, state);
    table.setDoors(relay, next.doorsVersion);
    table.trimNotes();
    if (state.people === 0 && turns.get(relay) === turn) table.setFed(relay, false);
    if (state.people !== row.people) relayed();
    return true;
  }

  /** Resolves when relays have what they lacked, or after a second. */
  async function settled(): Promise<void> {
    if (feeding.size > 0) await within(PUBLISH_WAIT_MS, Promise.all(feeding.values())).catch(() => {});
  }

  return {
    people: table.people,
    wake,
    /** The gateway has come, and said where this room is. */
    reached(jurisdiction: Residency | null): void {
      table.setPlace(ctx.id.name ?? table.place().root, jurisdiction);
    },
    /** @returns where a newcomer is to go instead of here; null for nowhere, as all are full. */
    place(here: number, viewers: () => number): 'room' | { relay: number; slip: string } | null {
      const { root, jurisdiction } = table.place();
      if (root === null) return 'room';
      const relay = placeFor(here, () => new Map(table.all().map((row) => [row.relay, row.people])), threshold);
      if (relay === null || relay === 'room') return relay;
      const slip = slipText({ root, relay, jurisdiction, ...log.position(), viewers: viewers() });
      table.expect(relay);
      return { relay, slip };
    },
    /** To one guest, wherever: relays pass over guests they do not have. */
    note(guestId: string, frame: string): void {
      if (!table.hasFed()) return;
      table.addNote(log.position().seq, guestId, frame);
      wake();
    },
    hint(viewers: number): void {
      for (const row of table.all()) if (row.isFed) hints.set(row.relay, viewers);
      wake();
    },
    subscribe(relay: number, state: RelayState): RelayFeed {
      turns.set(relay, (turns.get(relay) ?? 0) + 1);
      const isFed = table.find(relay)?.isFed ?? false;
      // Nobody was there to be told what was said to single guests in between.
      table.came(relay, isFed ? state : { ...state, note: table.lastNote() });
      table.setFed(relay, true);
      const next = allOf(table.row(relay), log, table);
      // That it arrives is likely, and the relay says so if it did not. Who is there is owed more than that.
      if (!isFed) {
        table.came(relay, { ...state, epoch: next.epoch, seq: next.after + next.frames.length, note: next.notesTo });
        table.setDoors(relay, next.doorsVersion);
      }
      return next;
    },
    report(relay: number, state: RelayState): void {
      if (forgetful !== null) return;
      turns.set(relay, (turns.get(relay) ?? 0) + 1);
      table.came(relay, state);
      table.setFed(relay, state.people > 0);
      relayed();
      if (state.people > 0) feed(relay);
    },
    settled,
    /** Every relay there ever was keeps nothing, and is fed no more. @throws when one does not answer */
    async forget(): Promise<void> {
      forgetful ??= table.all().map(({ relay }) => relay);
      await settled();
      await Promise.all(forgetful.map((relay) => within(FEED_TIMEOUT_MS, stubOf(relay).forget())));
      forgetful = [];
    },
    /** The alarm: feeds those that did not answer. */
    async retry(): Promise<void> {
      await Promise.all(table.all().flatMap((row) => (row.isFed && row.failures > 0 ? [feed(row.relay)] : [])));
    },
  };
}
