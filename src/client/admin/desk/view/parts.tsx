import type { ComponentChildren } from 'preact';
import type { Locale } from '../../../../contract/messages/shape.ts';
import { formatAgo } from '../../../../contract/messages/times.ts';
import { placeholderUrl } from '../../../shared/placeholder.ts';
import type { DeskPhoto } from '../table/desk-photo.ts';

const PLACEHOLDERS = 400;
const placeholders = new Map<string, string | null>();

/** The blurred picture that stands in for a photo; made once. */
export function placeholderOf(photo: DeskPhoto): string | null {
  let url = placeholders.get(photo.id);
  if (url === undefined) {
    url = placeholderUrl(photo.thumbhash);
    if (placeholders.size > PLACEHOLDERS) placeholders.clear();
    placeholders.set(photo.id, url);
  }
  return url;
}

/** For looking closely: the largest on a desk, the middle one on a phone. */
export const pictureOf = (photo: DeskPhoto, isDesk: boolean) =>
  (isDesk && photo.renditions[2]) || photo.renditions[1] || photo.renditions[0];

/** What kind of file it is, as people call it: `JPEG`, `HEIC`, `MOV`. */
export const kindOf = ({ type }: Pick<DeskPhoto, 'type'>): string =>
  type
    .slice(type.indexOf('/') + 1)
    .replace('quicktime', 'mov')
    .toUpperCase();

const decoded = new Map<string, HTMLImageElement>();
const DECODED = 8;

/** Fetches and decodes what is looked at next; the last few are kept, so that the browser does. */
export function decodeAhead(photos: readonly (DeskPhoto | undefined)[], isDesk: boolean): void {
  for (const photo of photos) {
    const picture = photo && pictureOf(photo, isDesk);
    if (!picture || decoded.has(picture.url)) continue;
    const image = new Image();
    image.src = picture.url;
    if (image.decode) image.decode().catch(() => {});
    decoded.set(picture.url, image);
    for (const url of decoded.keys()) if (decoded.size > DECODED) decoded.delete(url);
  }
}

/** `3 seconds ago`, `5 minutes ago`. */
export function ago(locale: Locale, iso: string): string {
  const seconds = Math.round((Date.parse(iso) - Date.now()) / 1000);
  if (Math.abs(seconds) >= 60) return formatAgo(locale, iso, new Date());
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.min(seconds, 0), 'second');
}

/** A name inside a sentence of another direction: it is set by its own letters, and turns nothing around it. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

export const Key = ({ children }: { children: ComponentChildren }) => (
  <kbd class="key" aria-hidden="true">
    {children}
  </kbd>
);
