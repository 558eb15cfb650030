import type { Announcement, WallState } from '../../contract/stage.ts';
import type { EventRow } from '../../db/schema/events.ts';
import type { AnnouncementRow } from '../../db/schema/screens.ts';

const ms = (date: Date | null): number | null => (date ? date.getTime() : null);

type Stage = Pick<
  EventRow,
  'panicAt' | 'panicText' | 'spotlightPhotoId' | 'spotlightUntil' | 'photoCallAt' | 'photoCallSeconds' | 'photoCallMission'
>;

/** What of an event its walls show besides photos; what is over by `now` is left out. */
export function toWallState(event: Stage, announcements: AnnouncementRow[], now: Date): WallState {
  const { spotlightPhotoId: photoId, spotlightUntil: until, photoCallAt: calledAt, photoCallSeconds: seconds } = event;
  const isLit = photoId !== null && (until === null || until > now);
  const isCalled = calledAt !== null && seconds !== null && calledAt.getTime() + seconds * 1000 > now.getTime();
  return {
    panic: event.panicAt ? { since: event.panicAt.getTime(), text: event.panicText } : null,
    spotlight: isLit ? { photoId, until: ms(until) } : null,
    announcements: announcements
      .filter((row) => row.shownUntil === null || row.shownUntil > now)
      .map((row) => ({ id: row.id, text: row.text, from: ms(row.shownFrom), until: ms(row.shownUntil) })),
    photoCall: isCalled ? { startedAt: calledAt.getTime(), seconds, mission: event.photoCallMission } : null,
  };
}

/** As staff see it. */
export function toAnnouncement(row: AnnouncementRow, now: Date): Announcement {
  const isOver = row.shownUntil !== null && row.shownUntil <= now;
  const isComing = row.shownFrom !== null && row.shownFrom > now;
  return {
    id: row.id,
    text: row.text,
    from: row.shownFrom ? row.shownFrom.toISOString() : null,
    until: row.shownUntil ? row.shownUntil.toISOString() : null,
    state: isOver ? 'over' : isComing ? 'coming' : 'shown',
    createdAt: row.createdAt.toISOString(),
  };
}
