import type { PhotoStatus } from '../../../../../contract/photos.ts';
import type { DeskPhoto } from '../desk-photo.ts';

/** Photo number `n` of an event: later numbers came later. */
export const photoOf = (n: number, status: PhotoStatus = 'pending', over: Partial<DeskPhoto> = {}): DeskPhoto => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  status,
  kind: 'photo',
  animated: false,
  durationMs: null,
  colour: null,
  partial: false,
  original: null,
  version: 1,
  width: 3,
  height: 2,
  thumbhash: null,
  renditions: [],
  caption: null,
  by: null,
  takenAt: null,
  createdAt: new Date(Date.UTC(2026, 10, 21, 20) + n * 1000).toISOString(),
  reactions: {},
  failure: null,
  preview: null,
  location: 'none',
  copy: false,
  shownAt: null,
  originalState: null,
  eventId: 'e',
  guestId: 'g',
  guest: { id: 'g', name: null, table: null, blocked: false, trust: 'auto', approved: 0 },
  albumId: null,
  flags: [],
  reports: 0,
  decided: null,
  consentVersion: null,
  duplicateOf: null,
  sha256: '',
  bytes: 1,
  type: 'image/jpeg',
  ...over,
});

export const idOf = (n: number): string => photoOf(n).id;
/** The numbers of ids. */
export const numbers = (ids: readonly string[]): number[] => ids.map((id) => Number(id.slice(-12)));
