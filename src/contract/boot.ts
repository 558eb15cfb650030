import type { AskedConsent } from './consent.ts';
import type { EventState } from './events.ts';
import type { Locale } from './messages/shape.ts';
import type { PhotoType } from './photos.ts';

/*
 * What a page tells its own script, as JSON in `<script type="application/json" id="boot">`. Pages are
 * shared and cached: no token, no nonce and nothing about the reader is ever in here.
 */

export interface BootPosition {
  epoch: string;
  seq: number;
}

/** What may be sent of one type, for the page to say so before it sends. */
export interface BootFormat {
  type: PhotoType;
  maxBytes: number;
  /** files of more bytes need a preview by their sender; 0: all of them */
  previewAbove: number;
  /** a service can read what the sender's browser cannot show */
  isTranscoded: boolean;
}

export interface GalleryBoot {
  event: { id: string; slug: string; name: string; timeZone: string; moderation: 'before' | 'after' };
  position: BootPosition;
  locale: Locale;
  canUpload: boolean;
  /** whether arrivals belong on this page: not on older pages, not on those of an album */
  live: boolean;
  /** whether guests see each other's photos; false as well while the event is held */
  shows: boolean;
  /** the album this page is of */
  album: string | null;
  /** on any page but the first: what is older than its photos is not known to it */
  older: boolean;
  needsPin: boolean;
  /** whether guests may have photos as files */
  downloads: boolean;
  /** what has to be agreed to before anything is sent; null: nothing */
  consent: AskedConsent | null;
  /** a disposable camera: shots of each guest, and when (ISO 8601) all of them are developed; null there: not yet known */
  camera: { shots: number; revealsAt: string | null } | null;
  /** what is taken; a file of no known type is judged by the server alone */
  formats: BootFormat[];
}

/** The form for the PIN of an event. */
export interface DoorBoot {
  event: { slug: string };
  locale: Locale;
  /** where whoever is let in goes */
  home: string;
}

/** The little that a slide needs of a photo. */
export interface WallPhoto {
  id: string;
  /** pixels of the largest file */
  width: number;
  height: number;
  /** files of it, smallest first; never none */
  sizes: { width: number; height: number; url: string }[];
  by: string | null;
  caption: string | null;
  thumbhash: string | null;
  createdAt: string;
  /** how many of each kind */
  reactions: Record<string, number>;
}

export interface WallBrand {
  name: string;
  /** rooted address of a picture of our own */
  logo: string | null;
}

/** The wall of one event, for a laptop that knows its address. */
export interface WallBoot {
  kind: 'wall';
  brand: WallBrand;
  event: { id: string; slug: string; name: string };
  position: BootPosition;
  locale: Locale;
  /** what the code leads to */
  joinUrl: string;
  state: EventState;
  /** newest first */
  photos: WallPhoto[];
  /** where the list goes on, if it does */
  nextCursor: string | null;
}

/** A screen that is or will be paired: it asks for everything else with a credential of its own. */
export interface ScreenBoot {
  kind: 'screen';
  brand: WallBrand;
  locale: Locale;
  /** of this build, as a screen reports it */
  version: string;
}

/** A wall inside the console: it shows what the page around it hands over and asks for nothing. */
export interface PreviewBoot {
  kind: 'preview';
  brand: WallBrand;
  locale: Locale;
}

export interface AdminBoot {
  tenant: {
    name: string;
    slug: string;
    /** rooted address of a picture of our own */
    logo: string | null;
    accent: string;
  };
  locale: Locale;
}
