import type { GalleryBoot } from '../../../contract/boot.ts';
import type { Locale } from '../../../contract/messages/shape.ts';

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
