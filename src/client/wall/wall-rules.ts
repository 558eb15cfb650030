import type { WallPhoto } from '../../contract/boot.ts';
import type { Photo } from '../../contract/photos.ts';

/** More than a screen can show in an evening, and little enough for a cheap television's memory. */
export const WALL_PHOTOS_MAX = 500;

interface Entry {
  photo: WallPhoto;
  /** turn in which it was last shown; 0: never */
  shown: number;
  /** order of arrival on this wall */
  arrived: number;
  /** came while the wall was running, so people are waiting for it */
  isFresh: boolean;
}

export interface Schedule {
  entries: Map<string, Entry>;
  turn: number;
  arrivals: number;
}

export const newSchedule = (): Schedule => ({ entries: new Map(), turn: 0, arrivals: 0 });

export function toWallPhoto(photo: Photo): WallPhoto | null {
  const large = photo.renditions[photo.renditions.length - 1];
  if (!large) return null;
  const { id, by, caption, thumbhash, createdAt } = photo;
  return { id, url: large.url, width: large.width, height: large.height, by, caption, thumbhash, createdAt };
}

/** Adds photos in the order in which they should first be seen; known ones only get their new words. */
export function addPhotos(schedule: Schedule, photos: readonly WallPhoto[], isFresh: boolean): void {
  for (const photo of photos) {
    const known = schedule.entries.get(photo.id);
    if (known) known.photo = photo;
    else schedule.entries.set(photo.id, { photo, shown: 0, arrived: (schedule.arrivals += 1), isFresh });
  }
  const tooMany = schedule.entries.size - WALL_PHOTOS_MAX;
  if (tooMany <= 0) return;
  const oldest = Array.from(schedule.entries.values()).sort((a, b) => (a.photo.createdAt < b.photo.createdAt ? -1 : 1));
  for (const entry of oldest.slice(0, tooMany)) schedule.entries.delete(entry.photo.id);
}

export function removePhoto(schedule: Schedule, id: string): void {
  schedule.entries.delete(id);
}

/** Keeps exactly these of what is known; a snapshot after a gap. */
export function keepOnly(schedule: Schedule, ids: ReadonlySet<string>): void {
  for (const id of Array.from(schedule.entries.keys())) if (!ids.has(id)) schedule.entries.delete(id);
}

const isBefore = (a: Entry, b: Entry): boolean => {
  const aIsNew = a.isFresh && a.shown === 0;
  const bIsNew = b.isFresh && b.shown === 0;
  if (aIsNew !== bIsNew) return aIsNew;
  return a.shown === b.shown ? a.arrived < b.arrived : a.shown < b.shown;
};

/**
 * What to show next: what has just arrived, first come first shown; then what was shown longest ago,
 * so that everybody's photo has the same share of the evening. `avoid` (on screen now, or failed to
 * load) is chosen only if there is nothing else and is then null.
 */
export function pickNext(schedule: Schedule, avoid: ReadonlySet<string>): WallPhoto | null {
  let best: Entry | null = null;
  for (const entry of Array.from(schedule.entries.values())) {
    if (!avoid.has(entry.photo.id) && (!best || isBefore(entry, best))) best = entry;
  }
  return best && best.photo;
}

export function markShown(schedule: Schedule, id: string): void {
  const entry = schedule.entries.get(id);
  if (entry) entry.shown = schedule.turn += 1;
}

/** Whether a photo may fill the whole screen: only when little of it is cut off. */
export function fills(photo: { width: number; height: number }, screen: { width: number; height: number }): boolean {
  const ratio = photo.width / photo.height / (screen.width / screen.height);
  return ratio > 0.78 && ratio < 1.28;
}
