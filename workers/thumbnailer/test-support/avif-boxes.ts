import { ascii, concatBytes, uint32 } from './bytes.ts';

export const avifBox = (type: string, ...parts: (Uint8Array | readonly number[])[]): Uint8Array => {
  const body = concatBytes(...parts);
  return concatBytes(uint32(body.length + 8), ascii(type), body);
};

/** The picture of another AVIF in boxes of our own, and what they say of it besides its size. */
export function inBoxes(avif: Uint8Array, [width, height]: [number, number], said: Uint8Array[]): Uint8Array {
  const find = (type: string): Uint8Array => {
    const at = Buffer.from(avif).indexOf(type) - 4;
    return avif.slice(at, at + new DataView(avif.buffer, avif.byteOffset + at).getUint32(0));
  };
  const data = find('mdat').subarray(8);
  const properties = [
    avifBox('ispe', [0, 0, 0, 0], uint32(width), uint32(height)),
    find('av1C'),
    find('pixi'),
    ...said,
  ];
  const description = (offset: number): Uint8Array =>
    avifBox(
      'meta',
      [0, 0, 0, 0],
      avifBox('hdlr', new Uint8Array(8), ascii('pict'), new Uint8Array(13)),
      avifBox('pitm', [0, 0, 0, 0, 0, 1]),
      avifBox('iloc', [0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1], uint32(offset), uint32(data.length)),
      avifBox('iinf', [0, 0, 0, 0, 0, 1], avifBox('infe', [2, 0, 0, 0, 0, 1, 0, 0], ascii('av01'), [0])),
      avifBox(
        'iprp',
        avifBox('ipco', ...properties),
        avifBox(
          'ipma',
          [0, 0, 0, 0],
          uint32(1),
          [0, 1, properties.length],
          properties.map((_, at) => 0x80 | (at + 1)),
        ),
      ),
    );
  const brand = avifBox('ftyp', ascii('avif'), uint32(0), ascii('avifmif1miaf'));
  const offset = brand.length + description(0).length + 8;
  return concatBytes(brand, description(offset), avifBox('mdat', data));
}
