import { RENDITION_WIDTHS, type OwnPhoto, type Photo, type StaffPhoto } from '../contract/photos.ts';
import { readEventSettings } from '../contract/event-settings.ts';
import type { PhotoRecord } from '../db/photos.ts';
import type { StaffPhotoRecord } from '../db/staff-photos.ts';

/** Where an original is had, in its public version. */
export const originalPath = (photo: Pick<PhotoRecord['photo'], 'id' | 'eventId'>): string =>
  `/api/v1/events/${photo.eventId}/photos/${photo.id}/original`;

/**
 * Whether guests may have an original that is not their own. What moves is shown by nothing else, so that an event
 * that is for looking only still shows it.
 */
export const isForGuests = (photo: Pick<PhotoRecord['photo'], 'kind' | 'animated'>, settings: unknown): boolean =>
  photo.kind === 'video' || photo.animated || readEventSettings(settings).downloads === 'on';

/**
 * As everybody sees it: without the words that the event's lists hide.
 * @param settings of its event
 */
export function toPublicPhoto(record: PhotoRecord, settings: unknown): Photo {
  const whole = toPhoto(record);
  const photo = isForGuests(record.photo, settings) ? whole : { ...whole, original: null };
  return record.photo.flags.includes('words_hidden') ? { ...photo, caption: null, by: null } : photo;
}

/** What goes out is named here, field by field; a row is never spread into an answer. */
function toPhoto(record: PhotoRecord): Photo {
  const { photo } = record;
  const ready = photo.renditionKey !== null;
  return {
    id: photo.id,
    status: photo.status,
    kind: photo.kind,
    animated: photo.animated,
    durationMs: photo.durationMs,
    width: photo.width,
    height: photo.height,
    thumbhash: photo.thumbhash,
    colour: photo.dominantColour,
    partial: photo.partialShare < 1,
    renditions: ready
      ? record.renditions
          .filter((rendition) => (RENDITION_WIDTHS as readonly number[]).includes(rendition.name))
          .map((rendition) => ({
            width: rendition.width,
            height: rendition.height,
            type: 'image/webp' as const,
            url: `/i/${photo.renditionKey}/${rendition.name}.webp`,
          }))
      : [],
    original: photo.publicBytes === null ? null : originalPath(photo),
    caption: photo.caption,
    by: record.by,
    takenAt: photo.takenAt ? photo.takenAt.toISOString() : null,
    createdAt: photo.createdAt.toISOString(),
    reactions: photo.reactions,
  };
}

/** What would show the picture, or part of it. */
const CONCEALED = { renditions: [], original: null, thumbhash: null, colour: null } as const;

/**
 * As its guest sees it.
 * @param isHidden still in the camera: it is there, and how it looks nobody knows
 */
export function toOwnPhoto(record: PhotoRecord, isHidden: boolean): OwnPhoto {
  const { photo } = record;
  return {
    ...toPhoto(record),
    ...(isHidden ? { ...CONCEALED, renditions: [] } : {}),
    // A copy that came first is a photo, and stands for nothing that could not be shown.
    preview: photo.originalState !== null ? null : photo.previewState === 'coming' ? 'wanted' : photo.previewState,
    failure:
      photo.status === 'failed'
        ? {
            code: photo.failureCode ?? 'photo.unprocessable',
            message: photo.failureMessage ?? 'This photo could not be read. Please try another one.',
          }
        : null,
    location: photo.location ?? 'none',
    copy: photo.originalState === 'awaited',
    shownAt: photo.shownAt ? photo.shownAt.toISOString() : null,
  };
}

export function toStaffPhoto(record: StaffPhotoRecord): StaffPhoto {
  const { photo, table } = record;
  return {
    ...toOwnPhoto(record, false),
    eventId: photo.eventId,
    version: photo.version,
    guestId: photo.guestId,
    guest: {
      id: photo.guestId,
      name: record.by,
      table: table ? { code: table.code, label: table.label } : null,
      blocked: record.blockedAt !== null,
      trust: record.trust,
      approved: record.approved,
    },
    albumId: photo.albumId,
    flags: photo.flags,
    reports: record.reports,
    decided:
      photo.decidedAt && photo.decidedByKind
        ? {
            by: photo.decidedByName,
            kind: photo.decidedByKind,
            at: photo.decidedAt.toISOString(),
            reason: photo.decidedReason,
          }
        : null,
    consentVersion: photo.consentVersion,
    duplicateOf: photo.duplicateOf,
    sha256: photo.sha256,
    bytes: photo.bytes,
    type: photo.type,
    originalState: photo.originalState === 'unread' ? 'arrived' : photo.originalState,
  };
}
