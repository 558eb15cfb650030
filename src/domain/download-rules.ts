import type { ErrorCode } from '../contract/errors.ts';
import type { PhotoType } from '../contract/photos.ts';
import { toLocalTime } from '../contract/values/zones.ts';
import type { OriginalRow } from '../db/photos.ts';
import type { EventRow } from '../db/schema/events.ts';
import { showsPhotos, type Visitor } from './event-rules.ts';
import { isUndeveloped } from './admission/camera-rules.ts';
import { isForGuests } from './photo-rules.ts';

/** Who asks for a file, as its event sees them. */
export interface Asker {
  visitor: Visitor;
  /** the guest of this event, if it is one */
  guestId: string | null;
}

type Refusal = Extract<
  ErrorCode,
  'photo.not_found' | 'event.downloads_off' | 'photo.not_ready' | 'photo.undeveloped' | 'photo.not_downloadable'
>;

/**
 * Why somebody who may read the event may not have this file; null: they may. Guests have their own in every
 * status, and of the others what they see.
 * @param isAsReceived the file as it came, and not its public version
 */
export function downloadRefusal(
  photo: OriginalRow,
  event: EventRow,
  asker: Asker,
  isAsReceived: boolean,
  now: Date,
): Refusal | null {
  if (photo.deletedAt || photo.eventId !== event.id) return 'photo.not_found';
  if (asker.visitor !== 'staff' && (asker.guestId === null || asker.guestId !== photo.guestId)) {
    if (photo.status !== 'approved' || !showsPhotos(event, now)) return 'photo.not_found';
    if (!isForGuests(photo, event.settings)) return 'event.downloads_off';
  } else if (asker.visitor !== 'staff' && isUndeveloped(event, now)) {
    return 'photo.undeveloped';
  }
  if (isAsReceived) return null;
  if (photo.status === 'processing') return 'photo.not_ready';
  return photo.redactions === null || photo.publicBytes === null ? 'photo.not_downloadable' : null;
}

const EXTENSIONS: Record<PhotoType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

const NAME_MAX_CHARACTERS = 60;
// What file systems refuse or hide, and what turns the direction of what follows.
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}/\\:*?"<>|%]+/gu;

/**
 * How a file is called where it is kept: event, time on the event's clock, a sign of its own.
 * @returns `plain` of letters, digits and hyphens, and `full` with the event's name as it is written
 */
export function fileNames(
  photo: Pick<OriginalRow, 'id' | 'type' | 'takenAt' | 'createdAt'>,
  event: Pick<EventRow, 'slug' | 'name' | 'timeZone'>,
): { plain: string; full: string } {
  const time = toLocalTime(event.timeZone, (photo.takenAt ?? photo.createdAt).toISOString())
    .replace('T', '-')
    .replaceAll(':', '');
  const tail = `${time}-${photo.id.slice(0, 4)}.${EXTENSIONS[photo.type]}`;
  // A name that begins with a dot is hidden from whoever keeps it.
  const visible = event.name
    .replace(UNSAFE, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '');
  const name = [...visible].slice(0, NAME_MAX_CHARACTERS).join('').trim();
  return { plain: `${event.slug}-${tail}`, full: `${name || event.slug} ${tail}` };
}
