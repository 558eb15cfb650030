import type { RoomServiceRpc } from '../../../src/contract/live.ts';
import type { AlarmClock } from '../alarm-clock.ts';
import type { ReactionLog } from './reaction-log.ts';

/** Reactions wait so long for others to go with them to Postgres. */
const GATHER_MS = 5_000;
/** The first of their kind: nobody is told of them before Postgres has said how many there are. */
const FIRST_MS = 100;
const RETRY_MAX_MS = 300_000;
const BATCHES_PER_ALARM = 20;

/** Waits ever longer while Postgres is away. */
export const retryMs = (failures: number): number => Math.min(RETRY_MAX_MS, GATHER_MS * 2 ** failures);

/**
 * Brings reactions to Postgres in batches. At least once, and Postgres takes each once: what the answer did not
 * reach is sent again. The alarm exists only while something waits.
 */
export function createKeeping(ctx: DurableObjectState, log: ReactionLog, service: RoomServiceRpc, clock: AlarmClock) {
  const { sql } = ctx.storage;
  sql.exec(
    'create table if not exists keeping (id integer primary key check (id = 1), failures integer not null, room text)',
  );
  sql.exec('insert or ignore into keeping (id, failures) values (1, 0)');
  // An alarm does not always know of which room it is.
  if (ctx.id.name !== undefined) sql.exec('update keeping set room = ? where room is not ?', ctx.id.name, ctx.id.name);

  const state = () => sql.exec<{ failures: number; room: string | null }>('select failures, room from keeping').one();

  return {
    /** Something waits. `isFirst`: it is told only when it has been kept. */
    wait(isFirst: boolean, now: number): void {
      const { failures } = state();
      clock.by(now + (failures > 0 ? retryMs(failures) : isFirst ? FIRST_MS : GATHER_MS));
    },
    /** The alarm: all that waits, or as much as one turn may take. Never throws: it sets the next alarm itself. */
    async keep(): Promise<void> {
      const { failures, room } = state();
      const [tenantId, eventId] = room?.split('/') ?? [];
      if (tenantId === undefined || eventId === undefined) return;
      try {
        for (let batches = 0; batches < BATCHES_PER_ALARM; batches += 1) {
          const items = log.batch();
          if (items.length === 0) break;
          const counts = await service.keepReactions({ tenantId, eventId, items });
          log.kept(items, counts);
        }
        sql.exec('update keeping set failures = 0');
        if (log.batch().length > 0) clock.by(Date.now() + FIRST_MS);
      } catch (error) {
        console.error(JSON.stringify({ at: 'room.reactions', room, error: String(error) }));
        sql.exec('update keeping set failures = failures + 1');
        clock.by(Date.now() + retryMs(failures + 1));
      }
    },
  };
}
