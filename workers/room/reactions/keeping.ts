import type { AlarmClock } from '../alarm-clock.ts';

/** What is to be kept waits so long for more to go with it to Postgres. */
const GATHER_MS = 5_000;
/** Nobody is told of it before Postgres has answered. */
const FIRST_MS = 100;
const RETRY_MAX_MS = 300_000;
const BATCHES_PER_ALARM = 20;

/** Waits ever longer while Postgres is away. */
export const retryMs = (failures: number): number => Math.min(RETRY_MAX_MS, GATHER_MS * 2 ** failures);

interface Kept<Item> {
  /** `reactions`, or what else there is: each has failures of its own */
  name: 'reactions' | 'shown';
  /** the next that are to be kept; none when all are */
  batch(): Item[];
  /** Has Postgres keep them, and notes that it has. */
  keep(room: { tenantId: string; eventId: string }, items: Item[]): Promise<void>;
}

/**
 * Brings what the room has counted to Postgres in batches. At least once, and Postgres takes each once: what the answer
 * did not reach is sent again. The alarm exists only while something waits.
 */
export function createKeeping<Item>(ctx: DurableObjectState, clock: AlarmClock, { name, batch, keep }: Kept<Item>) {
  const { sql } = ctx.storage;
  const table = name === 'reactions' ? 'keeping' : `keeping_${name}`;
  sql.exec(
    `create table if not exists ${table} (id integer primary key check (id = 1), failures integer not null, room text)`,
  );
  sql.exec(`insert or ignore into ${table} (id, failures) values (1, 0)`);
  // An alarm does not always know of which room it is.
  if (ctx.id.name !== undefined) sql.exec(`update ${table} set room = ? where room is not ?`, ctx.id.name, ctx.id.name);

  const state = () => sql.exec<{ failures: number; room: string | null }>(`select failures, room from ${table}`).one();

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
          const items = batch();
          if (items.length === 0) break;
          await keep({ tenantId, eventId }, items);
        }
        if (failures > 0) sql.exec(`update ${table} set failures = 0`);
        if (batch().length > 0) clock.by(Date.now() + FIRST_MS);
      } catch (error) {
        console.error(JSON.stringify({ at: `room.${name}`, room, error: String(error) }));
        sql.exec(`update ${table} set failures = failures + 1`);
        clock.by(Date.now() + retryMs(failures + 1));
      }
    },
  };
}
