import { RENDITION_WIDTHS, type OwnPhoto, type Photo, type StaffPhoto } from '../contract/photos.ts';
import type { PhotoRecord } from '../db/photos.ts';

/** What goes out is named here, field by field; a row is never spread into an answer. */
export function toPublicPhoto(record: PhotoRecord): Photo {
  const { photo } = record;
  const ready = photo.renditionKey !== null;
  return {
    id: photo.id,
    status: photo.status,
    width: photo.width,
    height: photo.height,
    thumbhash: photo.thumbhash,
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
    caption: photo.caption,
    by: record.by,
    takenAt: photo.takenAt ? photo.takenAt.toISOString() : null,
    createdAt: photo.createdAt.toISOString(),
    reactions: {},
  };
}

export function toOwnPhoto(record: PhotoRecord): OwnPhoto {
  const { photo } = record;
  return {
    ...toPublicPhoto(record),
    failure:
      photo.status === 'failed'
        ? {
            code: photo.failureCode ?? 'photo.unprocessable',
            message: photo.failureMessage ?? 'This photo could not be read. Please try another one.',
          }
        : null,
  };
}

export function toStaffPhoto(record: PhotoRecord): StaffPhoto {
  const { photo } = record;
  return {
    ...toOwnPhoto(record),
    eventId: photo.eventId,
    guestId: photo.guestId,
    duplicateOf: photo.duplicateOf,
    sha256: photo.sha256,
    bytes: photo.bytes,
    type: photo.type,
  };
}
