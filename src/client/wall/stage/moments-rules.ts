import type { WallState } from '../../../contract/stage.ts';

export const NO_STAGE: WallState = { panic: null, spotlight: null, announcements: [], photoCall: null };
/** After the last second of a photo call: the zero is seen, and phones are put away. */
export const CALL_AFTERWARDS_MS = 3_000;

export interface Moment {
  announcement: { id: string; text: string } | null;
  spotlight: string | null;
  photoCall: { secondsLeft: number; seconds: number; mission: string | null } | null;
  /** when something of this changes by itself; null: never */
  next: number | null;
}

/** What of the stage is on at this moment. Of several announcements, the one that began last. */
export function momentOf({ spotlight, announcements, photoCall }: WallState, now: number): Moment {
  const times: number[] = [];
  const isOn = (from: number | null, until: number | null): boolean => {
    for (const time of [from, until]) if (time !== null && time > now) times.push(time);
    return (from === null || from <= now) && (until === null || until > now);
  };
  const current = announcements
    .filter(({ text, from, until }) => text !== '' && isOn(from, until))
    .sort((a, b) => (a.from || 0) - (b.from || 0));
  const last = current[current.length - 1];
  const isLit = spotlight && isOn(null, spotlight.until);
  const over = photoCall ? photoCall.startedAt + photoCall.seconds * 1_000 : 0;
  const isCalled = photoCall && isOn(photoCall.startedAt, over + CALL_AFTERWARDS_MS);
  const leftMs = Math.max(0, over - now);
  if (isCalled && leftMs > 0) times.push(over - (Math.ceil(leftMs / 1_000) - 1) * 1_000);
  return {
    announcement: last ? { id: last.id, text: last.text } : null,
    spotlight: isLit ? spotlight.photoId : null,
    photoCall: isCalled
      ? { secondsLeft: Math.ceil(leftMs / 1_000), seconds: photoCall.seconds, mission: photoCall.mission }
      : null,
    next: times.length > 0 ? Math.min(...times) : null,
  };
}
