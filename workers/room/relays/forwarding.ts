import { REACTION_BATCH_MAX, type Reaction } from '../../../src/contract/live.ts';
import type { AlarmClock } from '../alarm-clock.ts';
import type { RelayHome } from './home.ts';

const GATHER_MS = 100;
const RETRY_MAX_MS = 60_000;

/**
 * Brings guests' reactions to the room, which counts them. They lie in SQLite until the room has them, and
 * an alarm, which no eviction ends, brings them: once each in the end, as the room takes the same again for nothing.
 */
export function createForwarding({ storage }: DurableObjectState, home: RelayHome, clock: AlarmClock) {
  const { sql } = storage;
  sql.exec(
    `create table if not exists to_forward (
       photo_id text not null, emoji text not null, guest_id text not null, primary key (photo_id, emoji, guest_id)) without rowid`,
  );
  /** in memory: after an eviction the first wait is short again */
  let failures = 0;

  const batch = (): Reaction[] =>
    sql
      .exec<{ photo_id: string; emoji: Reaction['emoji']; guest_id: string }>(
        'select * from to_forward limit ?',
        REACTION_BATCH_MAX,
      )
      .toArray()
      .map((row) => ({ photoId: row.photo_id, emoji: row.emoji, guestId: row.guest_id }));

  return {
    add({ photoId, emoji, guestId }: Reaction, now: number): void {
      sql.exec(
        'insert or ignore into to_forward (photo_id, emoji, guest_id) values (?, ?, ?)',
        photoId,
        emoji,
        guestId,
      );
      if (failures === 0) clock.by(now + GATHER_MS);
    },
    /** The alarm. Never throws: it sets the next alarm itself. */
    async forward(): Promise<void> {
      try {
        for (let items = batch(); items.length > 0; items = batch()) {
          const sent = items;
          await home.ask((room) => room.reactAll(sent));
          for (const { photoId, emoji, guestId } of sent) {
            sql.exec(
              'delete from to_forward where photo_id = ? and emoji = ? and guest_id = ?',
              photoId,
              emoji,
              guestId,
            );
          }
        }
        failures = 0;
      } catch (error) {
        failures += 1;
        console.error(JSON.stringify({ at: 'relay.reactions', failures, error: String(error) }));
        clock.by(Date.now() + Math.min(RETRY_MAX_MS, GATHER_MS * 2 ** failures));
      }
    },
  };
}
