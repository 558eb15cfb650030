import { ascii, concatBytes, fixed16, uint16, uint32 } from './bytes.ts';

export const xyz = (...values: readonly number[]): Uint8Array =>
  concatBytes(ascii('XYZ '), uint32(0), ...values.map(fixed16));

/** No entry: straight; one: an exponent; more: samples from 0 to 1. */
export const sampledCurve = (...entries: readonly number[]): Uint8Array =>
  concatBytes(
    ascii('curv'),
    uint32(0),
    uint32(entries.length),
    ...(entries.length === 1
      ? [uint16(Math.round(entries[0]! * 256))]
      : entries.map((entry) => uint16(Math.round(entry * 65_535)))),
  );

export const parametricCurve = (type: number, ...values: readonly number[]): Uint8Array =>
  concatBytes(ascii('para'), uint32(0), uint16(type), uint16(0), ...values.map(fixed16));

/** @param space four letters: `RGB `, `GRAY`, `CMYK` */
export function iccProfile(tags: Record<string, Uint8Array>, space = 'RGB ', connection = 'XYZ '): Uint8Array {
  const names = Object.keys(tags);
  let at = 132 + 12 * names.length;
  const table: number[] = [];
  const data: Uint8Array[] = [];
  for (const name of names) {
    const tag = tags[name]!;
    table.push(...ascii(name), ...uint32(at), ...uint32(tag.length));
    const padded = concatBytes(tag, new Uint8Array((4 - (tag.length % 4)) % 4));
    data.push(padded);
    at += padded.length;
  }
  const header = new Uint8Array(128);
  header.set(uint32(at), 0);
  header.set([4, 0x40], 8);
  header.set(ascii('mntr'), 12);
  header.set(ascii(space), 16);
  header.set(ascii(connection), 20);
  header.set(ascii('acsp'), 36);
  // D50, without which libpng takes no profile for grey.
  header.set([0.9642, 1, 0.8249].flatMap(fixed16), 68);
  return concatBytes(header, uint32(names.length), table, ...data);
}

const matrixTags = (colorants: readonly (readonly number[])[], curve: Uint8Array): Record<string, Uint8Array> => ({
  rXYZ: xyz(...colorants[0]!),
  gXYZ: xyz(...colorants[1]!),
  bXYZ: xyz(...colorants[2]!),
  rTRC: curve,
  gTRC: curve,
  bTRC: curve,
});

export const matrixProfile = (colorants: readonly (readonly number[])[], curve: Uint8Array): Uint8Array =>
  iccProfile(matrixTags(colorants, curve));

/** IEC 61966-2-1 as an ICC parametric curve. */
export const SRGB_CURVE = parametricCurve(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

export const P3_TAGS = matrixTags(
  [
    [0.51512, 0.2412, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.1571, 0.06657, 0.78407],
  ],
  SRGB_CURVE,
);

/** What an iPhone writes. */
export const DISPLAY_P3 = iccProfile(P3_TAGS);

export const ADOBE_RGB = matrixProfile(
  [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
  ],
  sampledCurve(563 / 256),
);

export const PROPHOTO_RGB = matrixProfile(
  [
    [0.79767, 0.28804, 0],
    [0.13519, 0.71188, 0],
    [0.03134, 0.00008, 0.82491],
  ],
  sampledCurve(1.8),
);

export const SRGB_COLORANTS = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
] as const;
