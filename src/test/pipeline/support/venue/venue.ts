import { env } from 'cloudflare:workers';
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import type { Reaction } from '../../../../contract/live.ts';
import {
  evict,
  id,
  newRoom,
  relayOf,
  until,
  type Eviction,
  type Person,
} from '../../../../../workers/room/test-support/room-harness.ts';
import { createModel } from './model.ts';
import { openPage, type LivePage, type Shown } from './live-page.ts';

const PEOPLE: Person[] = [
  { role: 'viewer' },
  { guest: id(800) },
  { guest: id(801) },
  { screen: { id: id(600) } },
  { screen: { id: id(601) } },
  { role: 'staff' },
  { role: 'viewer' },
  { guest: id(802) },
];
/** At a crowded room two sit at each. */
const RELAYS = [1, 2, 3];
const EMOJI = ['❤️', '🎉'];
const PATIENCE_MS = 20_000;

/** One thing that happens at a venue. */
export type Happening =
  | { do: 'join' | 'leave' | 'cut'; who: number }
  | { do: 'cut all' | 'room closes all' | 'settle' | 'wait for all' }
  /** `relay` 0: the room itself; one that is not there at a room that is not crowded */
  | { do: 'evict'; how: Eviction; relay: number }
  | { do: 'approve' | 'remove' | 'spotlight'; n: number }
  | { do: 'flood'; count: number }
  | { do: 'hold'; held: boolean }
  | { do: 'announce'; n: number; text: string }
  | { do: 'react'; who: number; n: number; emoji: number }
  | { do: 'deliver'; waits: boolean }
  | { do: 'redeliver'; back: number };

/** Plain values, so that a difference reads well. */
const plain = (shown: Shown) => ({
  ...shown,
  photos: [...shown.photos].sort(),
  announcements: [...shown.announcements].sort(),
  reactions: [...shown.reactions].sort(),
});

/** A room, what Postgres holds, and pages that come and go. `crowded`: most of them sit at relays. */
export async function openVenue({ crowded }: { crowded: boolean }) {
  const room = newRoom({ crowded });
  const relays = crowded ? RELAYS.map((relay) => relayOf(room, relay)) : [];
  const all: DurableObjectStub[] = [room, ...relays] as DurableObjectStub[];
  const { epoch } = await room.position();

  async function keptReactions(): Promise<Map<string, number>> {
    const platform = (env as unknown as { PLATFORM_TESTS: Fetcher }).PLATFORM_TESTS;
    const answer = await platform.fetch(`https://platform/?event=${encodeURIComponent(room.name ?? '')}`);
    const { rows } = (await answer.json()) as { rows: Reaction[] };
    const counts = new Map<string, number>();
    for (const { photoId, emoji } of rows) {
      counts.set(`${photoId} ${emoji}`, (counts.get(`${photoId} ${emoji}`) ?? 0) + 1);
    }
    return counts;
  }

  const model = createModel(room, epoch, keptReactions);
  const pages = new Map<number, LivePage>();
  const faults: string[] = [];
  let deliveries: Promise<void>[] = [];
  let flooded = 1_000;

  async function join(who: number): Promise<void> {
    const person = PEOPLE[who % PEOPLE.length] as Person;
    if (!pages.has(who)) pages.set(who, openPage(room, person, model.snapshot, await model.snapshot()));
  }

  function leave(who: number): void {
    const page = pages.get(who);
    page?.connection.close();
    faults.push(...(page?.faults ?? []));
    pages.delete(who);
  }

  async function closeAll(): Promise<void> {
    for (const one of all) {
      await runInDurableObject(one, (_, state) => {
        for (const socket of state.getWebSockets()) socket.close(1012, 'restart');
      });
    }
  }

  async function happen(what: Happening): Promise<void> {
    switch (what.do) {
      case 'join':
        return join(what.who);
      case 'leave':
        return leave(what.who);
      case 'cut':
        return pages.get(what.who)?.cut();
      case 'cut all':
        return [...pages.values()].forEach((page) => page.cut());
      case 'room closes all':
        return closeAll();
      case 'wait for all':
        for (const page of pages.values()) page.look();
        return until(() => [...pages.values()].every((page) => page.isLive()), 'every page to be live');
      case 'settle':
        return quiet();
      case 'evict':
        await evict([room, ...relays][what.relay] ?? room, what.how);
        return undefined;
      case 'approve':
        return model.approve(what.n);
      case 'remove':
        return model.remove(what.n);
      case 'spotlight':
        return model.spotlight(what.n === 0 ? undefined : what.n);
      case 'flood':
        for (let count = 0; count < what.count; count += 1) model.approve((flooded += 1));
        return undefined;
      case 'hold':
        return model.hold(what.held);
      case 'announce':
        return model.announce(what.n, what.text);
      case 'react':
        return pages.get(what.who)?.react(id(what.n), EMOJI[what.emoji % EMOJI.length] ?? '');
      case 'deliver': {
        const delivery = model.deliver();
        deliveries.push(delivery);
        return what.waits ? delivery : undefined;
      }
      case 'redeliver':
        deliveries.push(model.redeliver(what.back));
        return undefined;
    }
  }

  /** Until all is delivered, kept and told, and every page is where the room is. */
  async function quiet(): Promise<void> {
    await model.deliver();
    await Promise.all(deliveries);
    deliveries = [];
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      for (const one of all) while (await runDurableObjectAlarm(one));
      const { seq } = await room.position();
      await scheduler.wait(120);
      const isThere = [...pages.values()].every((page) => page.isLive() && page.seq() === seq);
      if (isThere && (await room.position()).seq === seq && !(await isBusy())) return;
      if (Date.now() > deadline) {
        const where = [...pages].map(
          ([who, page]) => `${who}: ${page.isLive() ? 'live' : 'not live'} at ${page.seq()}`,
        );
        throw new Error(`no quiet: the room is at ${seq}, ${where.join(', ')}`);
      }
    }
  }

  /** Whether something is yet to be kept, to be forwarded or to be told. */
  async function isBusy(): Promise<boolean> {
    for (const one of all) {
      if (await runInDurableObject(one, async (_, state) => (await state.storage.getAlarm()) !== null)) return true;
    }
    return runInDurableObject(
      room,
      (_, { storage: { sql } }) => sql.exec('select 1 from tallies where untold = 1 limit 1').toArray().length > 0,
    );
  }

  return {
    happen,
    quiet,
    close: () => [...pages.keys()].forEach(leave),
    /** Everybody comes, all calms down. @returns what each shows and what is true, what was handed over wrongly, and recalls that are not over */
    async end() {
      for (const who of PEOPLE.keys()) await join(who);
      await quiet();
      const { position: _position, ...truth } = await model.snapshot();
      const recalls = await Promise.all(model.removed().map((photoId) => room.recall(photoId)));
      const shown = [...pages.values()].map((page) => plain(page.shown()));
      faults.push(...[...pages.values()].flatMap((page) => page.faults));
      return {
        truth: plain(truth),
        shown,
        faults,
        unfinished: recalls.filter((recall) => recall && (recall.confirmed < recall.total || recall.offline > 0)),
      };
    },
  };
}
