import { PROTOCOL_VERSION, TICKET_TTL_SECONDS, type RoomMessage, type RoomPosition } from '../../src/contract/live.ts';
import { publicFrameOf, type Told } from './publication-rules.ts';

/** Twice what is ever replayed; older frames are of no use to anybody. */
export const LOG_MAX_FRAMES = 1_000;
/** A ticket is refused by the gateway after its lifetime; twice that allows for clocks that differ. */
const TICKET_MEMORY_MS = 2 * TICKET_TTL_SECONDS * 1000;

export type Outcome =
  | { kind: 'dropped' }
  /** `frame` is the JSON of the public frame, or null when the public sees no change */
  | { kind: 'applied'; seq: number; frame: string | null };

export type RoomLog = ReturnType<typeof openLog>;

/**
 * The room's memory, in the object's own SQLite. All of it is synchronous: nothing else runs between
 * reading the position and writing the next frame. `newEpoch` is asked once in the storage's life.
 */
export function openLog(storage: DurableObjectStorage, newEpoch: () => string) {
  const { sql } = storage;
  storage.transactionSync(() => {
    sql.exec(
      'create table if not exists meta (id integer primary key check (id = 1), epoch text not null, seq integer not null)',
    );
    sql.exec('create table if not exists frames (seq integer primary key, json text not null, at integer not null)');
    sql.exec(
      'create table if not exists applied (photo_id text primary key, version integer not null, status text not null) without rowid',
    );
    sql.exec('create table if not exists used_tickets (id text primary key, forget_at integer not null) without rowid');
    sql.exec('create index if not exists used_tickets_forget_at on used_tickets (forget_at)');
    const isNew = sql.exec('select 1 from meta').toArray().length === 0;
    if (isNew) sql.exec('insert into meta (id, epoch, seq) values (1, ?, 0)', newEpoch());
  });

  function position(): RoomPosition {
    return sql.exec<{ epoch: string; seq: number }>('select epoch, seq from meta').one();
  }

  function append(frame: NonNullable<RoomMessage['public']>, now: number): { seq: number; json: string } {
    const seq = position().seq + 1;
    const json = JSON.stringify({ ...frame, seq });
    sql.exec('update meta set seq = ?', seq);
    sql.exec('insert into frames (seq, json, at) values (?, ?, ?)', seq, json, now);
    sql.exec('delete from frames where seq <= ?', seq - LOG_MAX_FRAMES);
    return { seq, json };
  }

  /**
   * What was shown and is gone must not be shown again to whoever resumes, nor kept: its frames become
   * removals in their old places, so that no `seq` is missing.
   */
  function forgetShown(photoId: string): void {
    sql.exec(
      `update frames set json = json_object('v', ?, 'type', 'photo.removed', 'id', ?, 'seq', seq)
        where instr(json, ?) > 0 and json_extract(json, '$.photo.id') = ?`,
      PROTOCOL_VERSION,
      photoId,
      photoId,
      photoId,
    );
  }

  /**
   * Takes one message into the log, all of it or nothing of it.
   * @returns 'dropped' when this version of the photo, or a newer one, has been applied before.
   */
  function apply(message: RoomMessage, now: number): Outcome {
    return storage.transactionSync((): Outcome => {
      const before = sql
        .exec<{ version: number; status: Told }>(
          'select version, status from applied where photo_id = ?',
          message.photoId,
        )
        .toArray()[0];
      if (before !== undefined && message.version <= before.version) return { kind: 'dropped' };
      const told = before?.status ?? 'none';
      const frame = publicFrameOf(message, told);
      if (frame?.type === 'photo.removed') forgetShown(message.photoId);
      const logged = frame === null ? null : append(frame, now);
      const status: Told = frame === null ? told : frame.type === 'photo.approved' ? 'approved' : 'removed';
      sql.exec(
        'insert into applied (photo_id, version, status) values (?, ?, ?) on conflict (photo_id) do update set version = excluded.version, status = excluded.status',
        message.photoId,
        message.version,
        status,
      );
      return { kind: 'applied', seq: logged?.seq ?? position().seq, frame: logged?.json ?? null };
    });
  }

  return {
    position,
    apply,
    /** `seq` of the first frame still kept; null when there is none. */
    oldest(): number | null {
      return sql.exec<{ seq: number | null }>('select min(seq) as seq from frames').one().seq;
    },
    /** The JSON of every frame after `seq`, in order. */
    framesAfter(seq: number): string[] {
      return sql
        .exec<{ json: string }>('select json from frames where seq > ? order by seq', seq)
        .toArray()
        .map((row) => row.json);
    },
    /** @returns false when the ticket has been used before. Forgets old ones on the way: no timer needed. */
    useTicket(id: string, now: number): boolean {
      return storage.transactionSync(() => {
        sql.exec('delete from used_tickets where forget_at <= ?', now);
        const written = sql.exec(
          'insert or ignore into used_tickets (id, forget_at) values (?, ?) returning id',
          id,
          now + TICKET_MEMORY_MS,
        );
        return written.toArray().length === 1;
      });
    },
  };
}
