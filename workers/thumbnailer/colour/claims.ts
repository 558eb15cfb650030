import type { Chromaticities } from './primaries-rules.ts';

/** Code points of ITU-T H.273 for RGB: `colr` of type `nclx` in AVIF, `cICP` in PNG, a tag of ICC profiles. */
export interface Cicp {
  from: 'cicp';
  primaries: number;
  transfer: number;
  /** else black is 16 and white 235 of 255 */
  isFullRange: boolean;
}

/** PNG's gAMA and cHRM */
export interface Gamma {
  from: 'gamma';
  /** signal = light ^ gamma; null when the file does not say */
  gamma: number | null;
  chromaticities: Chromaticities | null;
}

/** One thing that a file says of its colours. */
export type ColourClaim = { from: 'icc'; profile: Uint8Array } | Cicp | Gamma | { from: 'srgb' };

/** What a file says in its own order of precedence: the first that can be understood counts, without any it is sRGB. */
export type ColourClaims = readonly ColourClaim[];

export const profileClaim = (profile: Uint8Array | null): ColourClaims => (profile ? [{ from: 'icc', profile }] : []);
