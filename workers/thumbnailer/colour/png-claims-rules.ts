import type { Cicp, ColourClaim, ColourClaims, Gamma } from './claims.ts';

/** Contents of a PNG's chunks, as far as there are any. */
export interface PngColours {
  cicp: Uint8Array | null;
  srgb: Uint8Array | null;
  gamma: Uint8Array | null;
  chromaticities: Uint8Array | null;
}

/** In the order of precedence (PNG, third edition, 4.3). @param profile iCCP's, inflated */
export function pngClaims(chunks: PngColours, profile: Uint8Array | null): ColourClaims {
  const claims: (ColourClaim | null)[] = [
    cicpOf(chunks.cicp),
    profile && { from: 'icc', profile },
    chunks.srgb && { from: 'srgb' },
    gammaOf(chunks),
  ];
  return claims.filter((claim) => claim !== null);
}

/** 11.3.2.6. Samples of a PNG are RGB, so another matrix is a mistake. */
function cicpOf(chunk: Uint8Array | null): Cicp | null {
  if (!chunk || chunk.length !== 4) return null;
  const [primaries = 0, transfer = 0, matrix, range = 0] = chunk;
  return matrix === 0 && range <= 1 ? { from: 'cicp', primaries, transfer, isFullRange: range === 1 } : null;
}

/** 11.3.2.1 and 11.3.2.5: numbers of four bytes, times 100,000. */
function gammaOf({ gamma, chromaticities }: PngColours): Gamma | null {
  const [exponent = null] = gamma?.length === 4 ? numbersIn(gamma) : [];
  const points = chromaticities?.length === 32 ? numbersIn(chromaticities) : null;
  if (exponent === null && !points) return null;
  const point = (at: number) => [points?.[at] ?? 0, points?.[at + 1] ?? 0] as const;
  return {
    from: 'gamma',
    gamma: exponent,
    chromaticities: points && { white: point(0), red: point(2), green: point(4), blue: point(6) },
  };
}

function numbersIn(chunk: Uint8Array): number[] {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Array.from({ length: chunk.length / 4 }, (_none, at) => view.getUint32(at * 4) / 100_000);
}
