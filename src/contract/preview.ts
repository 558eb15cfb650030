import type { WallPhoto } from './boot.ts';
import type { ScreenLayout } from './screens.ts';

/*
 * The wall inside the console (`/screen/preview`). The two pages are of one origin and speak to no other. What the
 * preview shows is handed to it, so that it needs no session: it works for events with a PIN as for any other.
 */

/** Preview → console: it listens from now on. */
export const PREVIEW_READY = 'momentique.preview.ready';
/** Console → preview, with each change: `{ type, scene }`. */
export const PREVIEW_SHOWS = 'momentique.preview.shows';

export interface PreviewScene {
  eventName: string;
  /** what the code leads to */
  joinUrl: string;
  /** the event's own; null: the account's */
  accent: string | null;
  layout: ScreenLayout;
  photos: WallPhoto[];
}
