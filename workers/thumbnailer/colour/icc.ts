import type { Picture, PixelsInstance } from '../codecs/pixels-module.ts';
import { readProfile, type ColourProfile } from './icc-rules.ts';

/** What became of a photo's colours: for the logs. */
export type ColourOutcome = 'no profile' | 'srgb' | 'converted' | `ignored: ${string}`;

/**
 * Converts a picture in the module's memory to sRGB, in place. Browsers show a picture without a profile as sRGB, and
 * a rendition carries none. A profile that cannot be read never fails a photo.
 */
export function applyProfile(pixels: PixelsInstance, picture: Picture, bytes: Uint8Array | null): ColourOutcome {
  if (!bytes) return 'no profile';
  const profile: ColourProfile = readProfile(bytes);
  if (profile.kind === 'srgb') return 'srgb';
  if (profile.kind === 'ignored') return `ignored: ${profile.reason}`;
  const { exports } = pixels;
  const before = exports.mark();
  const at = exports.reserve(profile.shares.byteLength) >>> 0;
  if (at === 0) return 'ignored: no memory';
  pixels.view(at, profile.shares.byteLength).set(new Uint8Array(profile.shares.buffer));
  exports.toSrgb(picture.at, picture.width, picture.height, at);
  exports.release(before);
  return 'converted';
}
