import type { Picture, PixelsInstance } from '../codecs/pixels-module.ts';
import { readClaim } from './claim-rules.ts';
import type { ColourClaims } from './claims.ts';
import type { Conversion } from './conversion-rules.ts';

/** What became of a photo's colours: for the logs. */
export type ColourOutcome = 'no profile' | 'srgb' | `converted: ${string}` | `ignored: ${string}`;

/**
 * Converts a picture in the module's memory to sRGB, in place. Browsers show a picture without a profile as sRGB, and
 * a rendition carries none. What cannot be understood never fails a photo.
 */
export function convertToSrgb(pixels: PixelsInstance, picture: Picture, claims: ColourClaims): ColourOutcome {
  let outcome: ColourOutcome = 'no profile';
  for (const claim of claims) {
    const conversion = readClaim(claim);
    if (conversion.kind === 'srgb') return 'srgb';
    if (conversion.kind !== 'ignored') {
      return apply(pixels, picture, conversion) ? `converted: ${claim.from}` : 'ignored: no memory';
    }
    outcome = `ignored: ${conversion.reason}`;
  }
  return outcome;
}

function apply(
  pixels: PixelsInstance,
  { at, width, height }: Picture,
  conversion: Conversion & { kind: 'matrix' | 'table' },
): boolean {
  const { exports } = pixels;
  const numbers = conversion.kind === 'matrix' ? conversion.shares : conversion.grid;
  const before = exports.mark();
  const place = exports.reserve(numbers.byteLength) >>> 0;
  if (place === 0) return false;
  pixels.view(place, numbers.byteLength).set(new Uint8Array(numbers.buffer));
  if (conversion.kind === 'matrix') exports.toSrgb(at, width, height, place);
  else exports.toSrgbByGrid(at, width, height, place);
  exports.release(before);
  return true;
}
