import type { ByteSource } from '../byte-source.ts';
import { DecodeError } from '../pixels.ts';

/** Where the first picture of a GIF lies on its screen, and in which colours. */
export interface GifHead {
  width: number;
  height: number;
  left: number;
  top: number;
  frameWidth: number;
  frameHeight: number;
  interlaced: boolean;
  /** red, green and blue of each index */
  palette: Uint8Array;
  /** index that is transparent; null when none is */
  transparent: number | null;
  /** bits of an index */
  depth: number;
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const GRAPHIC_CONTROL = 0xf9;
/** What stands before the first picture: comments, settings of players. */
const BLOCKS_MAX = 10_000;

/** Reads up to the pixels of the first picture (GIF89a, 17 to 23). @throws DecodeError */
export async function readGifHead(source: ByteSource): Promise<GifHead> {
  const screen = viewOf(await source.take(13));
  let palette = await takePalette(source, screen.getUint8(10));
  let transparent: number | null = null;
  for (let blocks = 0; blocks < BLOCKS_MAX; blocks += 1) {
    const [introducer] = await source.take(1);
    if (introducer === EXTENSION) {
      const [label] = await source.take(1);
      const first = await takeBlock(source);
      if (label === GRAPHIC_CONTROL && first.length >= 4) {
        transparent = (first[0] as number) & 1 ? (first[3] as number) : null;
      }
      while (first.length > 0 && (await takeBlock(source)).length > 0);
    } else if (introducer === IMAGE) {
      const frame = viewOf(await source.take(9));
      const packed = frame.getUint8(8);
      const own = await takePalette(source, packed);
      if (own.length > 0) palette = own;
      const [depth = 0] = await source.take(1);
      return {
        width: screen.getUint16(6, true),
        height: screen.getUint16(8, true),
        left: frame.getUint16(0, true),
        top: frame.getUint16(2, true),
        frameWidth: frame.getUint16(4, true),
        frameHeight: frame.getUint16(6, true),
        interlaced: (packed & 0x40) !== 0,
        palette,
        transparent,
        depth,
      };
    } else {
      break;
    }
  }
  throw new DecodeError('The GIF has no picture');
}

const takePalette = (source: ByteSource, packed: number): Promise<Uint8Array> =>
  source.take(packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);

async function takeBlock(source: ByteSource): Promise<Uint8Array> {
  const [bytes = 0] = await source.take(1);
  return source.take(bytes);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
