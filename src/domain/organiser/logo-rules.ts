import { LOGO_MAX_BYTES, LOGO_MAX_SIDE_PIXELS, LOGO_PATH } from '../../contract/theme/logo.ts';
import { DomainError } from '../errors.ts';
import { createImageInspector, type InspectedFile } from '../images/inspector.ts';

const EXTENSIONS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const;
type LogoType = keyof typeof EXTENSIONS;
const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const satisfies readonly LogoType[];
const TYPES = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const;

export const logoTooLarge = () =>
  new DomainError(
    'logo.too_large',
    `A logo may have ${LOGO_MAX_BYTES / 1_000_000} MB and ${LOGO_MAX_SIDE_PIXELS} pixels a side at most. Send a smaller one.`,
  );

/**
 * Judges a logo by its content, whatever it says it is.
 * @throws DomainError logo.unsupported (SVG, too: it may carry scripts), logo.too_large
 */
export function inspectLogo(bytes: Uint8Array): { type: LogoType; width: number; height: number } {
  if (bytes.length > LOGO_MAX_BYTES) throw logoTooLarge();
  let facts: InspectedFile;
  try {
    const inspector = createImageInspector({ types: LOGO_TYPES, maxPixels: LOGO_MAX_SIDE_PIXELS ** 2 });
    inspector.push(bytes);
    facts = inspector.finish();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'photo.too_many_pixels') throw logoTooLarge();
    throw new DomainError('logo.unsupported', 'A logo has to be a PNG, JPEG or WebP picture that is not damaged.', {
      cause: error,
    });
  }
  if (Math.max(facts.width, facts.height) > LOGO_MAX_SIDE_PIXELS) throw logoTooLarge();
  return { type: facts.type as LogoType, width: facts.width, height: facts.height };
}

/** @param sha256 of its bytes, hexadecimal */
export const logoPath = (sha256: string, type: LogoType): string => `/brand/${sha256}.${EXTENSIONS[type]}`;

export interface LogoObject {
  /** everything of this logo in the store */
  prefix: string;
  key: string;
  type: string;
}

/** Where a logo's bytes are; null for an address that is none of ours. */
export function logoObject(tenantId: string, path: string | null): LogoObject | null {
  const [, sha256, extension] = LOGO_PATH.exec(path ?? '') ?? [];
  if (!sha256 || !extension) return null;
  const prefix = `t/${tenantId}/brand/${sha256}/`;
  return { prefix, key: `${prefix}logo.${extension}`, type: TYPES[extension as keyof typeof TYPES] };
}
