import type { RoomLog } from '../log/log.ts';
import { NOTES_PER_FEED, type RelayFeed } from './relay-rpc.ts';
import type { RelayRow, RelayTable } from './relay-table.ts';

const FRAMES_PER_FEED = 200;

/** All that a relay lacks of the log. */
export function allOf(row: RelayRow, log: RoomLog, table: RelayTable, limit?: number): RelayFeed {
  const position = log.position();
  const oldest = log.oldest() ?? position.seq + 1;
  const isWhole = row.epoch !== position.epoch || row.seq > position.seq || row.seq < oldest - 1;
  const after = isWhole ? oldest - 1 : row.seq;
  const frames = log.framesAfter(after, isWhole ? undefined : limit);
  const notes = table.notesAfter(row.note, after + frames.length, NOTES_PER_FEED);
  return {
    epoch: position.epoch,
    after,
    frames,
    isWhole,
    notes: notes.map(({ after: at, guest_id, frame }) => ({ after: at, guestId: guest_id, frame })),
    notesFrom: (notes[0]?.note ?? row.note + 1) - 1,
    notesTo: notes.at(-1)?.note ?? row.note,
    doorsVersion: log.doorsVersion(),
    viewers: null,
  };
}

/** As much of that as goes in one call. @returns null when there is nothing to tell, not even `viewers` */
export function nextFeed(row: RelayRow, log: RoomLog, table: RelayTable, viewers: number | null): RelayFeed | null {
  const feed = { ...allOf(row, log, table, FRAMES_PER_FEED), viewers };
  const isNews =
    feed.frames.length > 0 || feed.notes.length > 0 || feed.isWhole || feed.doorsVersion > row.doorsVersion;
  return isNews || viewers !== null ? feed : null;
}
