import type { Decision, PhotoStatus, StaffPhoto } from '../../../../contract/photos.ts';

export const TABS = ['pending', 'approved', 'rejected', 'failed'] as const;
export type Tab = (typeof TABS)[number];

/** How many of an event's photos are in each status, and how many are reported. */
export type Counts = Partial<Record<PhotoStatus | 'reported', number>>;

/** A photo as the desk shows it. */
export type DeskPhoto = StaffPhoto;

/** One page of `GET /api/v1/photos`. */
export interface PhotoPage {
  items: DeskPhoto[];
  nextCursor: string | null;
  counts: Counts;
}

/** What `A` and `R` may do to a photo of this status. */
export const mayDecide = (status: PhotoStatus, to: Decision): boolean =>
  status !== to && status !== 'processing' && status !== 'failed';

/** As much of an album as a menu shows. */
export interface AlbumName {
  id: string;
  name: string;
}
