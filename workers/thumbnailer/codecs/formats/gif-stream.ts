import type { Size } from '../../decoders/port.ts';
import { createByteSource, type ByteSource } from '../byte-source.ts';
import { readGifHead, type GifHead } from './gif-head.ts';
import { DecodeError } from '../pixels.ts';
import { PNG_STATUS } from '../pixels-exports.ts';
import type { Picture, PixelsInstance, PixelsModule } from '../pixels-module.ts';
import { reduceRows } from '../reduce-rows.ts';

interface DecodedGif {
  picture: Picture;
  hasAlpha: boolean;
  interlaced: boolean;
  goodShare: number;
}

interface GifTools {
  pixels: PixelsInstance;
  /** for interlaced pictures, which are held whole and then let go */
  spare: PixelsModule;
  choose(head: GifHead): Size;
  hold(name: string, bytes: number): void;
}

const INPUT_MAX_BYTES = 65_536;

/**
 * Decodes the first picture of a GIF while it streams in, on the whole of its screen.
 * @throws DecodeError when there is none that can be decoded
 */
export async function decodeGifStream(body: ReadableStream<Uint8Array>, tools: GifTools): Promise<DecodedGif> {
  const source = createByteSource(body);
  try {
    const head = await readGifHead(source);
    const { pixels, spare, hold } = tools;
    const size = tools.choose(head);
    const { width, height, interlaced } = head;
    const isCovered = head.frameWidth === width && head.frameHeight === height;
    const hasAlpha = head.transparent !== null || !isCovered;
    const decodeInto = async (instance: PixelsInstance): Promise<number> => {
      start(instance, head, size, hasAlpha);
      hold(interlaced ? 'interlaced' : 'pixels', instance.bytes());
      await feed(source, instance);
      return instance.exports.gifGoodRows() / head.frameHeight;
    };
    if (!interlaced) {
      const goodShare = await decodeInto(pixels);
      pixels.exports.gifPad();
      const picture = { at: pixels.exports.reducerOutput() >>> 0, ...size };
      return { picture, hasAlpha, interlaced, goodShare };
    }
    const result = await spare.run(async (second) => {
      const goodShare = await decodeInto(second);
      const at = second.exports.reserve(width * 4) >>> 0;
      if (at === 0) throw new Error('No room for a row');
      const write = (y: number, row: Uint8Array): void => {
        second.exports.gifRow(y, at);
        row.set(second.view(at, width * 4));
      };
      const picture = reduceRows(pixels, { width, height, hasAlpha, write }, size);
      hold('pixels', pixels.bytes());
      return { picture, goodShare };
    });
    hold('interlaced', 0);
    return { ...result, hasAlpha, interlaced };
  } finally {
    await source.close();
  }
}

function start({ exports, view }: PixelsInstance, head: GifHead, size: Size, hasAlpha: boolean): void {
  const { width, height, left, top, frameWidth, frameHeight } = head;
  const refuse = (status: number): void => {
    if (status === PNG_STATUS.badHeader) throw new DecodeError('The GIF has an impossible header');
    if (status !== 0) throw new Error(`No room to decode ${width} × ${height} pixels`);
  };
  refuse(exports.gifOpen(width, height, left, top, frameWidth, frameHeight));
  const colours = view(exports.gifColours() >>> 0, 1_024);
  for (let index = 0; index * 3 < head.palette.length; index += 1) {
    colours.set(head.palette.subarray(index * 3, index * 3 + 3), index * 4);
  }
  if (head.transparent !== null) colours.fill(0, head.transparent * 4, head.transparent * 4 + 4);
  refuse(exports.gifStart(head.depth, head.interlaced, size.width, size.height, hasAlpha));
}

/** Until all rows are there, or the file has no more of them. */
async function feed(source: ByteSource, { exports, view }: PixelsInstance): Promise<void> {
  for (;;) {
    const data = await source.some(INPUT_MAX_BYTES);
    if (!data) return;
    view(exports.gifInput() >>> 0, data.length).set(data);
    if (exports.gifStep(data.length) !== PNG_STATUS.needInput) return;
  }
}
