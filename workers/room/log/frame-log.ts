import { PROTOCOL_VERSION, type RoomPosition } from '../../../src/contract/live.ts';

/** Twice what is ever replayed; older frames are of no use to anybody. */
export const LOG_MAX_FRAMES = 1_000;

export type FrameLog = ReturnType<typeof openFrameLog>;

/** The numbered frames and where they have come to: of a room, or of a relay's copy. Call in a transaction. */
export function openFrameLog({ sql }: DurableObjectStorage, newEpoch: () => string) {
  sql.exec(
    'create table if not exists meta (id integer primary key check (id = 1), epoch text not null, seq integer not null)',
  );
  sql.exec('create table if not exists frames (seq integer primary key, json text not null, at integer not null)');
  const isNew = sql.exec('select 1 from meta').toArray().length === 0;
  if (isNew) sql.exec('insert into meta (id, epoch, seq) values (1, ?, 0)', newEpoch());

  return {
    position: (): RoomPosition => sql.exec<{ epoch: string; seq: number }>('select epoch, seq from meta').one(),
    /** `json` is the frame with this `seq` in it: one more than the last. */
    append(seq: number, json: string, now: number): void {
      sql.exec('update meta set seq = ?', seq);
      sql.exec('insert into frames (seq, json, at) values (?, ?, ?)', seq, json, now);
      sql.exec('delete from frames where seq <= ?', seq - LOG_MAX_FRAMES);
    },
    /**
     * What was shown and is gone must not be shown again to whoever resumes, nor kept: its frames become
     * removals in their old places, so that no `seq` is missing.
     */
    forgetShown(photoId: string): void {
      sql.exec(
        `update frames set json = json_object('v', ?, 'type', 'photo.removed', 'id', ?, 'seq', seq)
          where instr(json, ?) > 0 and json_extract(json, '$.photo.id') = ?`,
        PROTOCOL_VERSION,
        photoId,
        photoId,
        photoId,
      );
    },
    /** Whoever resumes from before `seq` starts over. */
    forgetBefore(seq: number): void {
      sql.exec('delete from frames where seq < ?', seq);
    },
    startOver({ epoch, seq }: RoomPosition): void {
      sql.exec('delete from frames');
      sql.exec('update meta set epoch = ?, seq = ?', epoch, seq);
    },
    /** `seq` of the first frame still kept; null when there is none. */
    oldest(): number | null {
      return sql.exec<{ seq: number | null }>('select min(seq) as seq from frames').one().seq;
    },
    /** The JSON of every frame after `seq`, in order. */
    framesAfter(seq: number, limit = LOG_MAX_FRAMES): string[] {
      return sql
        .exec<{ json: string }>('select json from frames where seq > ? order by seq limit ?', seq, limit)
        .toArray()
        .map((row) => row.json);
    },
  };
}
