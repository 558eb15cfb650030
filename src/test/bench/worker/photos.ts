import type { Event } from '../../../contract/events.ts';
import type { Photo } from '../../../contract/photos.ts';

const NAMES = ['Ada', 'Jonas', 'Zoë', null, 'Nguyễn Thị Mai', 'Søren', 'さくら', 'Leïla', null, 'Marek & Olga'];
const CAPTIONS = [null, null, 'Dancing before the rain came', null, null, null, 'Grandma “steals” the show <3', null];
const RENDITIONS = [320, 960, 1920];

const uuid = (kind: string, n: number) => `bec0000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** Base64 of so many bytes that differ from photo to photo. */
const opaque = (n: number, bytes: number) =>
  btoa(String.fromCharCode(...Array.from({ length: bytes }, (_none, at) => (n * 31 + at * at * 7 + at * 13) % 256)));

/** A photo as `listPublished` hands it to the page: key of 64 characters, ThumbHash of 21 bytes. */
export function makePhoto(n: number): Photo {
  const upright = n % 3 === 0;
  const [width, height] = upright ? [3024, 4032] : [4032, 3024];
  const at = new Date(Date.UTC(2026, 5, 20, 22) - n * 41_000);
  const key = opaque(n, 48).replaceAll('+', '-').replaceAll('/', '_');
  return {
    id: uuid('4', n),
    status: 'approved',
    kind: 'photo',
    animated: false,
    durationMs: null,
    colour: null,
    partial: false,
    original: null,
    width,
    height,
    thumbhash: opaque(n, 21),
    renditions: RENDITIONS.map((name) => ({
      width: upright ? Math.round((name * 3) / 4) : name,
      height: upright ? name : Math.round((name * 3) / 4),
      type: 'image/webp',
      url: `/i/${key}/${name}.webp`,
    })),
    caption: CAPTIONS[n % CAPTIONS.length] ?? null,
    by: NAMES[n % NAMES.length] ?? null,
    takenAt: new Date(at.getTime() - 180_000).toISOString(),
    createdAt: at.toISOString(),
    reactions: {},
  };
}

export const event: Event = {
  id: uuid('2', 1),
  slug: 'launch-party',
  name: 'Launch Party',
  startsAt: '2026-06-20T16:00:00.000Z',
  endsAt: '2026-06-20T23:00:00.000Z',
  timeZone: 'Europe/Madrid',
  status: 'live',
  visibility: 'public',
  moderation: 'before',
  uploads: 'open',
  guestView: 'gallery',
  opensAt: null,
  closesAt: null,
  revealAt: null,
  deleteAt: null,
};
