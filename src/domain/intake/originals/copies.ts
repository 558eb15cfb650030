import { PREVIEW_TYPES, type PreviewType } from '../../../contract/photos.ts';
import type { UploadNotes } from '../../../contract/upload-object.ts';
import { PREVIEW_MAX_BYTES, PREVIEW_MAX_SIDE_PIXELS } from '../../../contract/values/preview-limits.ts';
import { DomainError } from '../../errors.ts';
import type { InspectedFile } from '../../images/inspector.ts';
import type { PreviewFacts } from '../preview-rules.ts';

/* A smaller copy that is sent first, so that a photo is there soon; its original follows when there is a better network. */

const isPreviewType = (type: string): type is PreviewType => (PREVIEW_TYPES as readonly string[]).includes(type);

const COPY_MAX_BYTES = PREVIEW_MAX_BYTES;

/** The most that a file may have, by what it says that it is. */
export const mostOf = ({ stands }: Pick<UploadNotes, 'stands'>, maxBytes: number): number =>
  stands === 'copy' ? Math.min(maxBytes, COPY_MAX_BYTES) : maxBytes;

/** @throws DomainError photo.* for what is no smaller copy of a photo */
export function judgeCopy({ type, width, height, bytes, decodedBy }: InspectedFile): PreviewFacts {
  if (!isPreviewType(type) || decodedBy === 'preview') {
    throw new DomainError(
      'photo.unsupported_type',
      `A copy that comes before its original is one of ${PREVIEW_TYPES.join(', ')}.`,
    );
  }
  if (bytes > COPY_MAX_BYTES || Math.max(width, height) > PREVIEW_MAX_SIDE_PIXELS) {
    throw new DomainError(
      'photo.too_large',
      `A copy that comes before its original may have ${COPY_MAX_BYTES / 1e6} MB and ${PREVIEW_MAX_SIDE_PIXELS} pixels on its longer side. Send the original instead.`,
    );
  }
  return { type, width, height, bytes };
}

/** What is noted of a photo whose copy has arrived. */
export const copyOnArrival = ({ type, width, height, bytes }: PreviewFacts, sha256: string) => ({
  previewState: 'stored' as const,
  previewType: type,
  previewWidth: width,
  previewHeight: height,
  previewBytes: bytes,
  originalState: 'awaited' as const,
  copySha256: sha256,
});
