import type {
  DeciderKind,
  Decision,
  DecisionReason,
  PhotoFlag,
  PhotoStatus,
  StaffPhoto,
} from '../../../../contract/photos.ts';

export const TABS = ['pending', 'approved', 'rejected', 'failed'] as const;
export type Tab = (typeof TABS)[number];

/** How many of an event's photos are in each status, and how many are reported. */
export type Counts = Partial<Record<PhotoStatus | 'reported', number>>;

export interface PhotoGuest {
  id: string;
  name: string | null;
  table: { code: string; label: string } | null;
  blocked: boolean;
  trust: 'auto' | 'always' | 'never';
  approved: number;
}

/** A photo as the desk shows it. What only moderation knows may be missing in frames of an older room. */
export type DeskPhoto = StaffPhoto & {
  version?: number;
  guest?: PhotoGuest;
  albumId?: string | null;
  flags?: PhotoFlag[];
  reports?: number;
  decided?: { by: string | null; kind: DeciderKind; at: string; reason: DecisionReason | null } | null;
};

/** One page of `GET /api/v1/photos`. */
export interface PhotoPage {
  items: DeskPhoto[];
  nextCursor: string | null;
  counts: Counts;
}

/** What `A` and `R` may do to a photo of this status. */
export const mayDecide = (status: PhotoStatus, to: Decision): boolean =>
  status !== to && status !== 'processing' && status !== 'failed';
