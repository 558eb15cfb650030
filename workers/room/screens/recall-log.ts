import type { Recall } from '../../../src/contract/live.ts';

/** So many photos are remembered; beyond, who asks is told that nothing is known. */
const KEPT_RECALLS = 1_000;

/** Which photos were taken down, and which screens have said that they are rid of them. */
export function openRecallLog({ sql }: DurableObjectStorage) {
  sql.exec(
    'create table if not exists recalls (number integer primary key autoincrement, photo_id text not null unique, at integer not null, untold integer not null)',
  );
  sql.exec(
    `create table if not exists recall_screens (
       photo_id text not null, screen_id text not null, was_online integer not null, confirmed_at integer,
       primary key (photo_id, screen_id)) without rowid`,
  );
  sql.exec('create index if not exists recall_screens_open on recall_screens (screen_id) where confirmed_at is null');

  function forget(photoId: string): void {
    sql.exec('delete from recall_screens where photo_id = ?', photoId);
    sql.exec('delete from recalls where photo_id = ?', photoId);
  }

  function trim(): void {
    const old = sql.exec<{ photo_id: string }>(
      'select photo_id from recalls where number <= (select max(number) from recalls) - ?',
      KEPT_RECALLS,
    );
    for (const { photo_id } of old.toArray()) forget(photo_id);
  }

  function find(photoId: string): Recall | null {
    const row = sql
      .exec<{ at: number; confirmed: number; total: number; offline: number; last: number | null }>(
        `select r.at,
                count(case when s.was_online and s.confirmed_at is not null then 1 end) as confirmed,
                count(case when s.was_online then 1 end) as total,
                count(case when not s.was_online and s.confirmed_at is null then 1 end) as offline,
                max(case when s.was_online then s.confirmed_at end) as last
           from recalls r join recall_screens s on s.photo_id = r.photo_id
          where r.photo_id = ? group by r.photo_id`,
        photoId,
      )
      .toArray()[0];
    if (row === undefined) return null;
    const { confirmed, total, offline } = row;
    return { photoId, confirmed, total, offline, ms: row.last === null ? 0 : Math.max(0, row.last - row.at) };
  }

  return {
    find,
    /** The photo shows again: what is said of its removal is over. */
    forget,
    /** @returns whether this begins a recall: not when it is under way, nor where there are no screens. */
    begin(photoId: string, screens: { screenId: string; online: boolean }[], now: number): boolean {
      if (screens.length === 0 || find(photoId) !== null) return false;
      sql.exec('insert into recalls (photo_id, at, untold) values (?, ?, 1)', photoId, now);
      for (const { screenId, online } of screens) {
        sql.exec(
          'insert into recall_screens (photo_id, screen_id, was_online) values (?, ?, ?)',
          photoId,
          screenId,
          online ? 1 : 0,
        );
      }
      trim();
      return true;
    },
    /** @returns whether it had not been said before. */
    confirm(photoId: string, screenId: string, now: number): boolean {
      const written = sql.exec(
        `update recall_screens set confirmed_at = ?
          where photo_id = ? and screen_id = ? and confirmed_at is null returning photo_id`,
        now,
        photoId,
        screenId,
      );
      if (written.toArray().length === 0) return false;
      sql.exec('update recalls set untold = 1 where photo_id = ?', photoId);
      return true;
    },
    /** A screen that has been revoked is waited for no more. */
    excuse(screenId: string): boolean {
      const written = sql.exec<{ photo_id: string }>(
        'delete from recall_screens where screen_id = ? and confirmed_at is null returning photo_id',
        screenId,
      );
      const photoIds = written.toArray().map((row) => row.photo_id);
      for (const photoId of photoIds) sql.exec('update recalls set untold = 1 where photo_id = ?', photoId);
      return photoIds.length > 0;
    },
    /** What a screen has yet to confirm, oldest first: at most as many as are remembered. */
    outstanding(screenId: string): string[] {
      return sql
        .exec<{ photo_id: string }>(
          `select s.photo_id from recall_screens s join recalls r on r.photo_id = s.photo_id
            where s.screen_id = ? and s.confirmed_at is null order by r.number`,
          screenId,
        )
        .toArray()
        .map((row) => row.photo_id);
    },
    hasUntold: (): boolean => sql.exec('select 1 from recalls where untold = 1 limit 1').toArray().length > 0,
    /** What staff have not heard yet; asking makes it told. */
    takeUntold(): Recall[] {
      const rows = sql.exec<{ photo_id: string }>('select photo_id from recalls where untold = 1 order by number');
      const recalls = rows.toArray().flatMap((row) => find(row.photo_id) ?? []);
      sql.exec('update recalls set untold = 0 where untold = 1');
      return recalls;
    },
  };
}
