import { SHOWN_BATCH_MAX, type ShownPhoto } from '../../../src/contract/live.ts';

/** Which photos a screen has shown, and since when; `kept` says whether Postgres knows. */
export function openShownLog(storage: DurableObjectStorage) {
  const { sql } = storage;
  sql.exec(
    'create table if not exists shown (photo_id text primary key, at integer not null, kept integer not null default 0) without rowid',
  );
  sql.exec('create index if not exists shown_to_keep on shown (at) where kept = 0');

  return {
    /** @returns whether that is new. */
    add(photoId: string, now: number): boolean {
      const written = sql.exec(
        'insert or ignore into shown (photo_id, at) values (?, ?) returning photo_id',
        photoId,
        now,
      );
      return written.toArray().length > 0;
    },
    /** The next that Postgres is to know, oldest first. */
    batch(): ShownPhoto[] {
      return sql
        .exec<{ photo_id: string; at: number }>(
          'select photo_id, at from shown where kept = 0 order by at limit ?',
          SHOWN_BATCH_MAX,
        )
        .toArray()
        .map(({ photo_id, at }) => ({ photoId: photo_id, at: new Date(at).toISOString() }));
    },
    /** Postgres has kept what it names of a batch; the rest is forgotten, and counts when it is shown again. */
    kept(batch: ShownPhoto[], known: ReadonlySet<string>): void {
      storage.transactionSync(() => {
        for (const { photoId } of batch) {
          if (known.has(photoId)) sql.exec('update shown set kept = 1 where photo_id = ?', photoId);
          else sql.exec('delete from shown where photo_id = ?', photoId);
        }
      });
    },
  };
}
