import type { UploadAnswer } from '../../src/contract/upload-object.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { toDomainError } from '../../src/domain/failures.ts';

export const notFound = () =>
  new DomainError('upload.not_found', 'There is no such upload here: it has ended, or is not yours. Begin a new one.');

export const gone = () =>
  new DomainError('upload.gone', 'This upload has waited too long for its next byte. Begin a new one.');

export const wrongOffset = (offset: number) =>
  new DomainError(
    'upload.offset_mismatch',
    `The next byte of this upload is at ${offset}. Ask for the offset and carry on from there.`,
  );

export const tooLong = (length: number) =>
  new DomainError(
    'request.too_large',
    `This upload has ${length} bytes as it was announced; what was sent goes beyond.`,
  );

export const damaged = () =>
  new DomainError('upload.checksum_mismatch', 'These bytes were damaged on their way. Send them again.');

export const unknownChecksum = () =>
  new DomainError('upload.checksum_unsupported', 'Upload-Checksum must be “sha1” or “sha256” and a digest in Base64.');

export const brokenStore = () =>
  new DomainError('photo.digest_mismatch', 'The photo could not be stored as it was sent. Send it again.');

export const storeAway = (cause: unknown) =>
  new DomainError('unavailable', 'The upload cannot be stored just now. What has arrived is safe; carry on shortly.', {
    retryAfterSeconds: 2,
    cause,
  });

/** Whether an error is for good: the upload ends with it, and is not tried again. */
export const isFinal = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code !== 'unavailable' && error.code !== 'internal';

/** Refusals pass from one Worker to another as data. */
export async function answering(work: () => Promise<UploadAnswer>): Promise<UploadAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, message: detail, retryAfterSeconds = null } = toDomainError(error);
    return { refused: { code, detail, retryAfterSeconds } };
  }
}
