import { concatBytes } from '../../support/images.ts';

const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const box = (type: string, ...parts: (Uint8Array | readonly number[])[]): Uint8Array => {
  const body = concatBytes(...parts);
  return concatBytes(uint32(body.length + 8), new TextEncoder().encode(type), body);
};

/** All that is looked at of a HEIC photo of this size. */
export const heicHeader = (width: number, height: number): Uint8Array =>
  concatBytes(
    box('ftyp', new TextEncoder().encode('heic'), uint32(0), new TextEncoder().encode('mif1heic')),
    box(
      'meta',
      [0, 0, 0, 0],
      box('pitm', [0, 0, 0, 0, 0, 7]),
      box(
        'iprp',
        box('ipco', box('ispe', [0, 0, 0, 0], uint32(width), uint32(height))),
        box('ipma', [0, 0, 0, 0], uint32(1), [0, 7, 1, 0x81]),
      ),
    ),
    box('mdat', new Uint8Array(50)),
  );
