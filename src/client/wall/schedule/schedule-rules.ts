import type { WallPhoto } from '../../../contract/boot.ts';
import type { Photo } from '../../../contract/photos.ts';

/** Two megabytes of what is known about photos, not the photos: a cheap television has that. */
export const WALL_PHOTOS_MAX = 4_000;
/** With `reactions`, every so many showings one goes to what people liked most. */
const FAVOURITE_EVERY = 4;
const FAVOURITES = 12;

/** `fair`: in the order of arrival. `recent`: newest first in each turn. `reactions`: besides, favourites come more often. */
export type Favour = 'fair' | 'recent' | 'reactions';

interface Entry {
  photo: WallPhoto;
  /** number of the showing in which it was last seen; 0: never */
  shown: number;
  /** turns it has had, counted from those of the one that has had fewest when it came */
  turns: number;
  /** order of arrival on this wall */
  arrived: number;
  /** came while the wall was running, so people are waiting for it */
  isFresh: boolean;
}

export interface Schedule {
  entries: Map<string, Entry>;
  showings: number;
  arrivals: number;
}

export interface Wish {
  favour: Favour;
  /** whether a photo may be on this screen now: false for those on it, those that failed, those of other screens */
  may(photo: WallPhoto): boolean;
}

export const newSchedule = (): Schedule => ({ entries: new Map(), showings: 0, arrivals: 0 });

export function toWallPhoto(photo: Photo): WallPhoto | null {
  const sizes = photo.renditions.map(({ width, height, url }) => ({ width, height, url }));
  const large = sizes[sizes.length - 1];
  if (!large) return null;
  const { id, by, caption, thumbhash, createdAt, reactions } = photo;
  return { id, width: large.width, height: large.height, sizes, by, caption, thumbhash, createdAt, reactions };
}

const entriesOf = (schedule: Schedule): Entry[] => Array.from(schedule.entries.values());
const fewestTurns = (entries: Entry[]): number =>
  entries.reduce((least, { turns }) => Math.min(least, turns), Infinity);

/** Adds photos in the order in which they should first be seen; known ones only get their new words. */
export function addPhotos(schedule: Schedule, photos: readonly WallPhoto[], isFresh: boolean): void {
  const least = fewestTurns(entriesOf(schedule));
  const turns = least === Infinity ? 0 : least;
  for (const photo of photos) {
    const known = schedule.entries.get(photo.id);
    if (known) known.photo = photo;
    else schedule.entries.set(photo.id, { photo, shown: 0, turns, arrived: (schedule.arrivals += 1), isFresh });
  }
  const tooMany = schedule.entries.size - WALL_PHOTOS_MAX;
  if (tooMany <= 0) return;
  const oldest = entriesOf(schedule).sort((a, b) => (a.photo.createdAt < b.photo.createdAt ? -1 : 1));
  for (const entry of oldest.slice(0, tooMany)) schedule.entries.delete(entry.photo.id);
}

export function removePhoto(schedule: Schedule, id: string): void {
  schedule.entries.delete(id);
}

/** Keeps exactly these of what is known; a snapshot after a gap. */
export function keepOnly(schedule: Schedule, ids: ReadonlySet<string>): void {
  for (const id of Array.from(schedule.entries.keys())) if (!ids.has(id)) schedule.entries.delete(id);
}

/** Reactions of all kinds together. */
export const likes = ({ reactions }: WallPhoto): number =>
  Object.values(reactions).reduce((sum, count) => sum + count, 0);

/** Newest first; by id where two came in the same millisecond, so that every screen has the same order. */
export const newestFirst = (a: WallPhoto, b: WallPhoto): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1;

const longestUnseen = (a: Entry, b: Entry): number => a.shown - b.shown || a.arrived - b.arrived;

/** What most people liked, longest unseen first, whenever it is a favourite's turn. */
function favourite(schedule: Schedule, allowed: Entry[]): Entry | undefined {
  if ((schedule.showings + 1) % FAVOURITE_EVERY !== 0) return undefined;
  return allowed
    .filter(({ photo, shown }) => likes(photo) > 0 && shown > 0)
    .sort((a, b) => likes(b.photo) - likes(a.photo))
    .slice(0, FAVOURITES)
    .sort(longestUnseen)[0];
}

export interface Pick {
  photo: WallPhoto;
  /** out of turn, because people liked it */
  isExtra: boolean;
}

/**
 * What to show next. What has just arrived comes first, first come first shown; then whoever has had the fewest
 * turns, so that nothing is seen again before all have been seen; among those not what was on a moment ago; and
 * among those the newest, or the longest unseen.
 */
export function pickNext(schedule: Schedule, { favour, may }: Wish): Pick | null {
  const all = entriesOf(schedule);
  const allowed = all.filter(({ photo }) => may(photo));
  const turn = (entry: Entry | undefined): Pick | null => (entry ? { photo: entry.photo, isExtra: false } : null);
  const fresh = allowed.filter(({ isFresh, shown }) => isFresh && shown === 0).sort((a, b) => a.arrived - b.arrived);
  if (fresh[0]) return turn(fresh[0]);
  const liked = favour === 'reactions' && favourite(schedule, allowed);
  if (liked) return { photo: liked.photo, isExtra: true };
  const least = fewestTurns(allowed);
  const due = allowed.filter(({ turns }) => turns === least);
  const rested = due.filter(({ shown }) => shown === 0 || schedule.showings - shown >= all.length / 2);
  if (rested.length === 0) return turn(due.sort(longestUnseen)[0]);
  return turn(rested.sort(favour === 'fair' ? longestUnseen : (a, b) => newestFirst(a.photo, b.photo))[0]);
}

export function markShown(schedule: Schedule, id: string, isExtra = false): void {
  const entry = schedule.entries.get(id);
  if (!entry) return;
  entry.shown = schedule.showings += 1;
  if (!isExtra) entry.turns += 1;
}
