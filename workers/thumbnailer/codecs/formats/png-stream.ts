import type { Size } from '../../decoders/port.ts';
import { createByteSource } from '../byte-source.ts';
import { DecodeError } from '../pixels.ts';
import { PNG_STATUS } from '../pixels-exports.ts';
import type { Picture, PixelsInstance, PixelsModule } from '../pixels-module.ts';
import { eachPngData, readPngHead, type PngHead } from './png-chunks.ts';
import { reduceRows } from '../reduce-rows.ts';

export interface DecodedPng {
  picture: Picture;
  hasAlpha: boolean;
  /** EXIF behind the pixels, which came too late to turn them */
  lateExif: Uint8Array | null;
  /** rows that were there, of all */
  goodShare: number;
}

interface PngTools {
  pixels: PixelsInstance;
  /** for interlaced pictures, which are held whole and then let go */
  spare: PixelsModule;
  /** is told what stands before the pixels; answers the size to reduce to */
  choose(head: PngHead, profile: Uint8Array | null): Size;
  hold(name: string, bytes: number): void;
}

const GREY_ALPHA = 4;
const RGBA = 6;
const INDEXED = 3;
/** Profiles with tables for printers are larger, and not looked at anyway. */
const PROFILE_MAX_BYTES = 512 * 1024;
const SPARE_BYTES = 64;

/**
 * Decodes a PNG while it streams in: some rows and a window of what is being inflated are all that is held, unless it is
 * interlaced.
 * @throws DecodeError when it cannot be decoded at all
 */
export async function decodePngStream(body: ReadableStream<Uint8Array>, tools: PngTools): Promise<DecodedPng> {
  const source = createByteSource(body);
  try {
    const head = await readPngHead(source);
    const size = tools.choose(head, inflateProfile(tools.pixels, head.iccp));
    const hasAlpha = head.colourType === GREY_ALPHA || head.colourType === RGBA || head.transparency !== null;
    const decodeInto = async (pixels: PixelsInstance): Promise<{ goodShare: number; lateExif: Uint8Array | null }> => {
      start(pixels, head, size, hasAlpha);
      tools.hold(head.interlaced ? 'interlaced' : 'pixels', pixels.bytes());
      let isDone = false;
      const lateExif = await eachPngData(source, head.dataBytes, (data) => {
        const status = feed(pixels, data);
        isDone = status === PNG_STATUS.done;
        return status === PNG_STATUS.needInput;
      });
      if (!isDone) {
        pixels.exports.pngFed(0, true);
        pixels.exports.pngStep();
      }
      return { goodShare: pixels.exports.pngGoodRows() / rowsOf(head), lateExif };
    };
    const { exports } = tools.pixels;
    const found = head.interlaced
      ? await tools.spare.run(async (second) => {
          const result = await decodeInto(second);
          reduceFrom(second, tools.pixels, head, size, hasAlpha);
          tools.hold('pixels', tools.pixels.bytes());
          return result;
        })
      : await decodeInto(tools.pixels);
    tools.hold('interlaced', 0);
    if (!head.interlaced) exports.pngPad();
    const at = exports.reducerOutput() >>> 0;
    return { picture: { at, ...size }, hasAlpha, ...found };
  } finally {
    await source.close();
  }
}

function start(pixels: PixelsInstance, head: PngHead, size: Size, hasAlpha: boolean): void {
  const { exports } = pixels;
  const { width, height, depth, colourType, interlaced, transparency } = head;
  const status = exports.pngOpen(width, height, depth, colourType, interlaced);
  if (status === PNG_STATUS.badHeader) throw new DecodeError('The PNG has an impossible header');
  if (status !== 0) throw new Error(`No room to decode ${width} × ${height} pixels`);
  if (colourType === INDEXED) {
    const colours = pixels.view(exports.pngColours() >>> 0, 1_024);
    const palette = head.palette ?? new Uint8Array(0);
    const count = Math.min(256, Math.floor(palette.length / 3));
    for (let index = 0; index < count; index += 1) {
      colours.set(palette.subarray(index * 3, index * 3 + 3), index * 4);
      colours[index * 4 + 3] = transparency?.[index] ?? 255;
    }
  } else if (transparency && transparency.length >= 2) {
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(
      (at) => ((transparency[at] ?? 0) << 8) | (transparency[at + 1] ?? 0),
    );
    exports.pngKey(red, green, blue);
  }
  if (exports.pngStart(size.width, size.height, hasAlpha) !== 0) {
    throw new Error(`No room to reduce ${width} × ${height} pixels`);
  }
}

/** @returns a status of `PNG_STATUS` */
function feed(pixels: PixelsInstance, data: Uint8Array): number {
  const { exports } = pixels;
  let status: number = PNG_STATUS.needInput;
  for (let at = 0; at < data.length && status === PNG_STATUS.needInput;) {
    const bytes = Math.min(exports.pngRoom(), data.length - at);
    if (bytes === 0) throw new Error('The PNG decoder takes no more bytes');
    pixels.view(exports.pngInput() >>> 0, bytes).set(data.subarray(at, at + bytes));
    exports.pngFed(bytes, false);
    at += bytes;
    status = exports.pngStep();
  }
  return status;
}

/** Reduces an interlaced picture that lies whole in another instance. */
function reduceFrom(from: PixelsInstance, to: PixelsInstance, head: PngHead, size: Size, hasAlpha: boolean): Picture {
  const { width, height } = head;
  const picture = from.exports.pngPicture() >>> 0;
  const stride = width * 4;
  const write = (y: number, row: Uint8Array) => row.set(from.view(picture + y * stride, stride));
  return reduceRows(to, { width, height, hasAlpha, write }, size);
}

/** Rows of pixels that a whole file has: those of all passes of Adam7 (PNG, third edition, 8.2). */
function rowsOf({ width, height, interlaced }: PngHead): number {
  if (!interlaced) return height;
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  return passes.reduce(
    (sum, [x, y, stepX, stepY]) =>
      sum + (Math.ceil((width - x) / stepX) > 0 ? Math.max(0, Math.ceil((height - y) / stepY)) : 0),
    0,
  );
}

/** The profile in iCCP (PNG, third edition, 11.3.2.3); null when there is none that can be read. */
function inflateProfile(pixels: PixelsInstance, iccp: Uint8Array | null): Uint8Array | null {
  const nameEnd = iccp?.indexOf(0) ?? -1;
  if (!iccp || nameEnd < 1 || nameEnd > 79 || iccp[nameEnd + 1] !== 0) return null;
  const deflated = iccp.subarray(nameEnd + 2);
  const { exports } = pixels;
  const mark = exports.mark();
  const from = exports.reserve(deflated.length + SPARE_BYTES) >>> 0;
  const to = exports.reserve(PROFILE_MAX_BYTES + SPARE_BYTES) >>> 0;
  try {
    if (from === 0 || to === 0) return null;
    pixels.view(from, deflated.length).set(deflated);
    const bytes = exports.inflateWhole(from, deflated.length, to, PROFILE_MAX_BYTES);
    return bytes > 0 ? pixels.view(to, bytes).slice() : null;
  } finally {
    exports.release(mark);
  }
}
