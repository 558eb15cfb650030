import type { PhotoRecord } from '../../../db/photos.ts';
import type { TenantContext } from '../../context.ts';
import { recordPhoto, type Recording } from '../recording.ts';
import { recordOriginal } from './placing.ts';

/**
 * What becomes of bytes that are stored and judged: a photo, one whose original is still to come, or the original of one
 * that is there. Safe to repeat.
 * @returns `created` false: what was stored under the upload's own prefix is nobody's
 * @throws DomainError photo.*, unavailable when the sweeper was first, DatabaseUnavailable
 */
export async function recordUpload(
  context: TenantContext,
  input: Recording,
): Promise<{ record: PhotoRecord; created: boolean }> {
  const { original } = input.notes;
  return original === null ? recordPhoto(context, input) : recordOriginal(context, original, input);
}
