import type { ServerFrame } from '../../../src/contract/live.ts';
import { openFrameLog } from '../log/frame-log.ts';
import type { RelayFeed, RelayState } from './relay-rpc.ts';

type Note = RelayFeed['notes'][number];

/** What is to be told after a feed was taken. */
interface Taken {
  frames: { seq: number; json: string }[];
  notes: Note[];
  /** what is missing cannot be told: everybody starts over */
  isReset: boolean;
  closesDoors: boolean;
}

/** A relay's copy of its room's log: the same epoch, the same numbers, the same frames forgotten. */
export function openLogCopy(storage: DurableObjectStorage) {
  const { sql } = storage;
  // An epoch that no room has: the first feed makes it the room's.
  const frames = openFrameLog(storage, () => '');
  sql.exec(
    'create table if not exists copied (id integer primary key check (id = 1), note integer not null, doors_version integer not null)',
  );
  sql.exec('insert or ignore into copied (id, note, doors_version) values (1, 0, 0)');
  const copied = () =>
    sql.exec<{ note: number; doors_version: number }>('select note, doors_version from copied').one();

  function append(seq: number, json: string, now: number): void {
    const frame = JSON.parse(json) as ServerFrame;
    if (frame.type === 'photo.approved') frames.forgetShown(frame.photo.id);
    if (frame.type === 'photo.removed') frames.forgetShown(frame.id);
    frames.append(seq, json, now);
    if (frame.type === 'event.changed' && !frame.event.shows) frames.forgetBefore(seq);
  }

  return {
    position: frames.position,
    oldest: frames.oldest,
    framesAfter: frames.framesAfter,
    state(): Omit<RelayState, 'people'> {
      return { ...frames.position(), note: copied().note };
    },
    /** Takes what is new in a feed. @returns null when something is missing before it: it is not taken then. */
    take(feed: RelayFeed, now: number): Taken | null {
      return storage.transactionSync(() => {
        const own = frames.position();
        const isGap = own.epoch !== feed.epoch || own.seq < feed.after;
        if (isGap && !feed.isWhole) return null;
        if (isGap) frames.startOver({ epoch: feed.epoch, seq: feed.after });
        const { seq } = frames.position();
        const fresh = feed.frames
          .map((json, index) => ({ seq: feed.after + 1 + index, json }))
          .filter((frame) => frame.seq > seq);
        for (const frame of fresh) append(frame.seq, frame.json, now);
        const before = copied();
        const note = isGap ? feed.notesFrom : before.note;
        sql.exec(
          'update copied set note = ?, doors_version = ?',
          Math.max(note, feed.notesTo),
          Math.max(before.doors_version, feed.doorsVersion),
        );
        return {
          frames: fresh,
          notes: feed.notes.slice(Math.max(0, note - feed.notesFrom)),
          isReset: isGap || note < feed.notesFrom,
          closesDoors: feed.doorsVersion > before.doors_version,
        };
      });
    },
  };
}
