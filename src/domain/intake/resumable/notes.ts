import { extendUploadIntent } from '../../../db/outbox.ts';
import { writeTenantBatch } from '../../../db/scope.ts';
import type { TenantContext } from '../../context.ts';
import type { RenditionAddress } from '../rendition-keys.ts';

/** The object ends an upload by itself; the note of it outlasts that, for the day on which the object does not. */
const NOTE_SLACK_MS = 2 * 3600_000;

/** When the note of an upload may be swept whose last byte came at `lastByteAt` (epoch milliseconds). */
export const noteUntil = (context: Pick<TenantContext, 'config'>, lastByteAt: number): Date =>
  new Date(lastByteAt + context.config.UPLOAD_TTL_SECONDS * 1000 + NOTE_SLACK_MS);

/** Bytes have come since it was noted. */
export async function extendNote(
  context: TenantContext,
  { tenantId, photoId }: RenditionAddress,
  lastByteAt: number,
): Promise<void> {
  await writeTenantBatch(context.db, { tenantId }, (tx) => [
    extendUploadIntent(tx, tenantId, photoId, noteUntil(context, lastByteAt)),
  ]);
}
