import { REACTION_BATCH_MAX, type Reaction, type ReactionKind } from '../../../src/contract/live.ts';

type Count = ReactionKind & { count: number };
type KindRow = { photo_id: string; emoji: ReactionKind['emoji'] };

/**
 * Every reaction there is, one for each guest, photo and emoji: `kept` says whether Postgres has it. `tallies`
 * holds how many Postgres has, null until it has said so: of a photo the room was never told of, only Postgres
 * knows whether it exists.
 */
export function openReactionLog(storage: DurableObjectStorage) {
  const { sql } = storage;
  sql.exec(
    `create table if not exists reactions (
       photo_id text not null, emoji text not null, guest_id text not null, kept integer not null default 0,
       primary key (photo_id, emoji, guest_id)) without rowid`,
  );
  sql.exec('create index if not exists reactions_to_keep on reactions (photo_id, emoji) where kept = 0');
  sql.exec(
    `create table if not exists tallies (
       photo_id text not null, emoji text not null, kept integer, untold integer not null,
       primary key (photo_id, emoji)) without rowid`,
  );
  sql.exec('create index if not exists tallies_to_tell on tallies (photo_id, emoji) where untold = 1');

  /** @returns how many there are, or null when only Postgres can say. */
  function total({ photo_id, emoji }: KindRow): number | null {
    return sql
      .exec<{ total: number | null }>(
        `select kept + (select count(*) from reactions r where r.photo_id = t.photo_id and r.emoji = t.emoji and r.kept = 0)
                as total from tallies t where photo_id = ? and emoji = ?`,
        photo_id,
        emoji,
      )
      .one().total;
  }

  return {
    /** @returns whether it is new, and whether it may be told before Postgres has it. */
    add({ photoId, emoji, guestId }: Reaction): 'known' | 'tell' | 'keep first' {
      const written = sql.exec(
        'insert or ignore into reactions (photo_id, emoji, guest_id) values (?, ?, ?) returning photo_id',
        photoId,
        emoji,
        guestId,
      );
      if (written.toArray().length === 0) return 'known';
      const tally = sql.exec<{ kept: number | null }>(
        `insert into tallies (photo_id, emoji, kept, untold) values (?, ?, null, 1)
         on conflict (photo_id, emoji) do update set untold = 1 returning kept`,
        photoId,
        emoji,
      );
      return tally.one().kept === null ? 'keep first' : 'tell';
    },
    hasUntold: (): boolean =>
      sql.exec('select 1 from tallies where untold = 1 and kept is not null limit 1').toArray().length > 0,
    /** What nobody has been told yet, at most `limit` kinds; asking makes it told. */
    takeUntold(limit: number): Count[] {
      const rows = sql
        .exec<KindRow>('select photo_id, emoji from tallies where untold = 1 and kept is not null limit ?', limit)
        .toArray();
      return rows.flatMap((row) => {
        sql.exec('update tallies set untold = 0 where photo_id = ? and emoji = ?', row.photo_id, row.emoji);
        const count = total(row);
        return count === null ? [] : [{ photoId: row.photo_id, emoji: row.emoji, count }];
      });
    },
    /** The next that Postgres is to keep. */
    batch(): Reaction[] {
      return sql
        .exec<KindRow & { guest_id: string }>(
          'select photo_id, emoji, guest_id from reactions where kept = 0 limit ?',
          REACTION_BATCH_MAX,
        )
        .toArray()
        .map((row) => ({ photoId: row.photo_id, emoji: row.emoji, guestId: row.guest_id }));
    },
    /**
     * Postgres has kept this batch, and says how many there are of each kind; what it does not name is forgotten.
     * All of it is told once more: who has fetched the photos in between has missed what was not kept by then.
     */
    kept(batch: Reaction[], counts: Count[]): void {
      storage.transactionSync(() => {
        const known = new Set(counts.map(kindOf));
        for (const item of batch) {
          const key = [item.photoId, item.emoji, item.guestId];
          if (known.has(kindOf(item))) {
            sql.exec('update reactions set kept = 1 where photo_id = ? and emoji = ? and guest_id = ?', ...key);
          } else {
            sql.exec('delete from reactions where photo_id = ? and emoji = ? and guest_id = ?', ...key);
            sql.exec('delete from tallies where photo_id = ? and emoji = ?', item.photoId, item.emoji);
          }
        }
        const mine = new Set(batch.map(kindOf));
        for (const { photoId, emoji, count } of counts) {
          if (!mine.has(kindOf({ photoId, emoji }))) continue;
          sql.exec('update tallies set kept = ?, untold = 1 where photo_id = ? and emoji = ?', count, photoId, emoji);
        }
      });
    },
  };
}

const kindOf = ({ photoId, emoji }: ReactionKind): string => `${photoId} ${emoji}`;
