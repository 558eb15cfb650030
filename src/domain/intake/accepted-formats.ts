import type { BootFormat } from '../../contract/boot.ts';
import { PHOTO_TYPES } from '../../contract/photos.ts';
import type { TenantContext } from '../context.ts';
import { FORMAT_LIMITS } from '../images/limits.ts';

/** What phones take at the usual setting: a format whose decoder ends below it mostly needs a preview. */
const ORDINARY_PIXELS = 12_000_000;

/** The table of limits as a page needs it, which knows a file's type and bytes before it opens it. */
export function acceptedFormats(context: Pick<TenantContext, 'config' | 'ports'>): BootFormat[] {
  return PHOTO_TYPES.map((type) => {
    const { bytes, decodes } = FORMAT_LIMITS[type];
    return {
      type,
      maxBytes: Math.min(bytes, context.config.MAX_RESUMABLE_BYTES),
      previewAbove: decodes.pixels < ORDINARY_PIXELS ? 0 : decodes.bytes,
      isTranscoded: context.ports.transcoder?.reads(type) ?? false,
    };
  });
}
