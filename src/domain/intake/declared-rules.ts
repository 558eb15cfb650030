import { PHOTO_TYPES, type PhotoType } from '../../contract/photos.ts';
import { DomainError } from '../errors.ts';
import { FILE_MAX_BYTES, FORMAT_LIMITS } from '../images/limits.ts';

/** Types are claims until the content has been seen: an unknown one may be anything that is taken at all. */
const limitOf = (type: string): number =>
  Object.hasOwn(FORMAT_LIMITS, type) ? FORMAT_LIMITS[type as PhotoType].bytes : FILE_MAX_BYTES;

/**
 * Refuses what can be refused without reading a byte.
 * @param maxBytes of anything at all, the way it comes
 * @throws DomainError photo.empty, photo.unsupported_type, photo.too_large
 */
export function checkDeclared(contentType: string, length: number, maxBytes: number): void {
  if (length === 0) throw new DomainError('photo.empty', 'The file is empty. Choose another photo.');
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!/^(?:image|video)\//.test(type) && type !== 'application/octet-stream') {
    throw new DomainError(
      'photo.unsupported_type',
      `Only photos and videos can be sent here: ${PHOTO_TYPES.join(', ')}.`,
    );
  }
  const limit = Math.min(maxBytes, limitOf(type));
  if (length > limit) {
    throw new DomainError(
      'photo.too_large',
      `A file of this kind may have ${Math.floor(limit / 1_000_000)} MB at most. Send a smaller one.`,
    );
  }
}
