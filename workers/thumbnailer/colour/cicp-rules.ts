import type { Cicp } from './claims.ts';
import { channelConversion, gridConversion, ignored, type Conversion } from './conversion-rules.ts';
import { showHdr } from './hdr-rules.ts';
import { columns } from './matrix-rules.ts';
import { CICP_PRIMARIES, luminanceOf, toLinearSrgb } from './primaries-rules.ts';
import { signalToLinear } from './srgb-rules.ts';

const UNSPECIFIED = 2;
const [BT709, BT2020, SRGB, PQ, HLG] = [1, 9, 13, 16, 18];

/**
 * Signal → light, of transfer characteristics in ITU-T H.273, table 3. The curves of cameras for video (1, 6, 11, 14,
 * 15) are taken for that of sRGB: so does Chromium, where this photo is looked at, and so they were meant: libultrahdr
 * wrote 1 of what was sRGB in every AVIF and HEIF until 2026.
 */
const CURVES: Readonly<Record<number, (signal: number) => number>> = {
  1: signalToLinear,
  4: (signal) => signal ** 2.2,
  5: (signal) => signal ** 2.8,
  6: signalToLinear,
  8: (signal) => signal,
  11: signalToLinear,
  [SRGB]: signalToLinear,
  14: signalToLinear,
  15: signalToLinear,
};

export function readCicp({ primaries, transfer, isFullRange }: Cicp): Conversion {
  if (primaries === UNSPECIFIED && transfer === UNSPECIFIED) return ignored('unknown');
  const isHdr = transfer === PQ || transfer === HLG;
  const chromaticities = CICP_PRIMARIES[primaries === UNSPECIFIED ? (isHdr ? BT2020 : BT709) : primaries];
  const matrix = chromaticities && toLinearSrgb(chromaticities);
  const luminance = chromaticities && luminanceOf(chromaticities);
  if (!matrix || !luminance) return ignored('unknown');
  const signalOf = isFullRange ? (value: number) => value : fromNarrowRange;
  if (isHdr) {
    const show = showHdr(transfer === PQ ? 'PQ' : 'HLG', matrix, luminance);
    return gridConversion(([red, green, blue]) => show([signalOf(red), signalOf(green), signalOf(blue)]));
  }
  const curve = CURVES[transfer === UNSPECIFIED ? SRGB : transfer];
  if (!curve) return ignored('unknown');
  return channelConversion(columns(matrix).map((light) => ({ curve: (value) => curve(signalOf(value)), light })));
}

/** H.273, 8.3: black is 16 and white 235 of 255. */
const fromNarrowRange = (value: number): number => Math.min(1, Math.max(0, (value * 255 - 16) / 219));
