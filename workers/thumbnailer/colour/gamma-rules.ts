import type { Gamma } from './claims.ts';
import { channelConversion, ignored, type Conversion } from './conversion-rules.ts';
import { columns } from './matrix-rules.ts';
import { SRGB_PRIMARIES, toLinearSrgb } from './primaries-rules.ts';
import { signalToLinear } from './srgb-rules.ts';

/** 1 / 2.2: what programs write that mean sRGB, as PNG asked them to (third edition, 11.3.2.5). */
const SRGB_GAMMA = 0.45455;
const SAME_GAMMA = 0.005;
/** Beyond is no display. */
const [GAMMA_MIN, GAMMA_MAX] = [0.2, 1.5];

/** gAMA and cHRM of PNG: without the first, the curve of sRGB; without the other, its primaries. */
export function readGamma({ gamma, chromaticities }: Gamma): Conversion {
  const matrix = toLinearSrgb(chromaticities ?? SRGB_PRIMARIES);
  if (!matrix || (gamma !== null && !(gamma >= GAMMA_MIN && gamma <= GAMMA_MAX))) return ignored('implausible');
  const isSrgb = columns(matrix).every((light, channel) =>
    light.every((one, at) => Math.abs(one - (at === channel ? 1 : 0)) < 0.01),
  );
  const curve =
    gamma === null || (isSrgb && Math.abs(gamma - SRGB_GAMMA) < SAME_GAMMA)
      ? signalToLinear
      : (signal: number) => signal ** (1 / gamma);
  return channelConversion(columns(matrix).map((light) => ({ curve, light })));
}
