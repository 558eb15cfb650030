import { PREVIEW_MAX_BYTES, PREVIEW_MAX_SIDE_PIXELS } from '../../contract/values/preview-limits.ts';
import type { PhotoRow } from '../../db/schema/photos.ts';
import type { TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { judgePreview, keepPreview } from './previews.ts';
import { originalKey, type RenditionAddress } from './rendition-keys.ts';

async function readAll(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(maxBytes + 1);
  let total = 0;
  for await (const chunk of body) {
    if (total + chunk.length > maxBytes)
      throw new DomainError('photo.too_large', 'The transcoded picture is too large.');
    bytes.set(chunk, total);
    total += chunk.length;
  }
  return bytes.slice(0, total);
}

/**
 * Has the preview made by a service, where its sender's browser made none. It is judged and kept like any other, so
 * that a second run finds it.
 * @returns whether there is a preview now; throws what is worth another try
 */
export async function transcodePreview(
  context: TenantContext,
  address: RenditionAddress,
  photo: Pick<PhotoRow, 'type' | 'bytes' | 'storedWidth' | 'storedHeight'>,
  timeZone: string,
): Promise<boolean> {
  const { transcoder, originals } = context.ports;
  if (!transcoder?.reads(photo.type)) return false;
  const original = await originals.get(context.tenant.residency, originalKey(address));
  const jpeg = original && (await transcoder.toJpeg(original.body, PREVIEW_MAX_SIDE_PIXELS));
  if (!jpeg) return false;
  try {
    const bytes = await readAll(jpeg, PREVIEW_MAX_BYTES);
    const facts = judgePreview(bytes, { width: photo.storedWidth, height: photo.storedHeight });
    await keepPreview(context, address, { ...photo, timeZone }, bytes, facts);
    return true;
  } catch (error) {
    // A picture that we would not take from a guest is as good as none; a store that is away is another matter.
    if (error instanceof DomainError && error.code.startsWith('photo.')) return false;
    throw error;
  }
}
