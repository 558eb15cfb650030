import type { GalleryBoot } from '../../../contract/boot.ts';
import type { Locale } from '../../../contract/messages/shape.ts';
import type { OwnPhoto } from '../../../contract/photos.ts';

export type Own = OwnPhoto & {
  shownAt?: string | null;
  location?: 'none' | 'removed' | 'kept';
  /** true: its original is still to come */
  copy?: boolean;
};

/** What has to be agreed to before anything is sent. */
export interface Consent {
  version: number;
  text: string;
  locale: Locale;
}

export type MineBoot = GalleryBoot & {
  camera?: { shots: number; revealsAt: string | null } | null;
  consent?: Consent | null;
};
