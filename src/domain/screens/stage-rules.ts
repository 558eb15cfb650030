import { PROTOCOL_VERSION, type AnnouncementMessage, type SpotlightMessage } from '../../contract/live.ts';
import type { Announcement, WallState } from '../../contract/stage.ts';
import type { EventRow } from '../../db/schema/events.ts';
import type { OutboxPayload } from '../../db/schema/photos.ts';
import type { AnnouncementRow } from '../../db/schema/screens.ts';

const ms = (date: Date | null): number | null => (date ? date.getTime() : null);

type Stage = Pick<
  EventRow,
  | 'panicAt'
  | 'panicText'
  | 'spotlightPhotoId'
  | 'spotlightUntil'
  | 'photoCallAt'
  | 'photoCallSeconds'
  | 'photoCallMission'
>;

/** What of the stage stands at the event itself; what is over by `now` is left out. */
export function toEventStage(event: Stage, now: Date): Omit<WallState, 'announcements'> {
  const { spotlightPhotoId: photoId, spotlightUntil: until, photoCallAt: calledAt, photoCallSeconds: seconds } = event;
  const isLit = photoId !== null && (until === null || until > now);
  const isCalled = calledAt !== null && seconds !== null && calledAt.getTime() + seconds * 1000 > now.getTime();
  return {
    panic: event.panicAt ? { since: event.panicAt.getTime(), text: event.panicText } : null,
    spotlight: isLit ? { photoId, until: ms(until) } : null,
    photoCall: isCalled ? { startedAt: calledAt.getTime(), seconds, mission: event.photoCallMission } : null,
  };
}

/** What of an event its walls show besides photos; what is over by `now` is left out. */
export const toWallState = (event: Stage, announcements: AnnouncementRow[], now: Date): WallState => ({
  ...toEventStage(event, now),
  announcements: announcements
    .filter((row) => row.shownUntil === null || row.shownUntil > now)
    .map((row) => ({ id: row.id, text: row.text, from: ms(row.shownFrom), until: ms(row.shownUntil) })),
});

/** What has changed on the stage, as it is now: each by itself, for those who show nothing else of an event. */
export function toStageMessages(
  event: Stage & Pick<EventRow, 'version'>,
  announcements: AnnouncementRow[],
  payloads: OutboxPayload[],
  now: Date,
): (SpotlightMessage | AnnouncementMessage)[] {
  const { spotlight, announcements: shown } = toWallState(event, announcements, now);
  const { version } = event;
  const v = PROTOCOL_VERSION;
  const messages: (SpotlightMessage | AnnouncementMessage)[] = [];
  if (payloads.some((payload) => payload.spotlight)) {
    const until = spotlight?.until ?? null;
    const lit = spotlight ? { photoId: spotlight.photoId, ...(until === null ? {} : { until }) } : {};
    messages.push({ kind: 'spotlight', version, public: { v, type: 'spotlight', ...lit } });
  }
  for (const id of new Set(payloads.flatMap((payload) => payload.announcement ?? []))) {
    // What is not to be shown any more was taken back.
    const { text, from, until } = shown.find((one) => one.id === id) ?? { text: '', from: null, until: null };
    messages.push({ kind: 'announcement', version, public: { v, type: 'announcement', id, text, from, until } });
  }
  return messages;
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
