import { MODULES } from '../../../../workers/thumbnailer/codecs/modules.ts';
import { createPixels } from '../../../../workers/thumbnailer/codecs/pixels-module.ts';
import { whole } from '../walks.ts';
import { insist, type Target } from '../target.ts';

const module = createPixels(MODULES.pixels, Number.POSITIVE_INFINITY);
const SPARE = 64;
/** More rows than this are pushed by nobody within the time of a fuzz run. */
const WORK_MAX_PIXELS = 1 << 20;
/** What lies behind the reducer's output must stay as it is. */
const CANARY = 0xa5;

/** Source and output sizes, alpha, and how many rows really come: ten bytes that a header decides. */
const order = (...words: number[]): Uint8Array => new Uint8Array(new Uint16Array(words).buffer);

/** The reducer with the sizes that a header may claim: a status, or a whole picture and nothing else touched. */
export const reducer: Target = {
  seeds: async () => [
    order(64, 48, 32, 24, 0, 48),
    order(37, 23, 13, 23, 1, 23),
    order(1, 1, 1, 1, 0, 1),
    order(65_535, 2, 320, 1, 1, 2),
    order(9, 1000, 9, 3, 0, 990),
    order(640, 3, 1, 1, 1, 9),
  ],
  walk: whole,
  async run(bytes) {
    if (bytes.length < 12) return 'refused';
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const word = (place: number): number => view.getUint16(place * 2, true);
    const [sourceWidth, sourceHeight, width, height, alpha, rows] = [0, 1, 2, 3, 4, 5].map(word) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (sourceWidth * sourceHeight > WORK_MAX_PIXELS || width * height > WORK_MAX_PIXELS) return 'refused';
    return module.run((pixels) => {
      const { exports } = pixels;
      if (exports.openReducer(sourceWidth, sourceHeight, width, height, (alpha & 1) === 1) !== 0) return 'refused';
      const behind = exports.reserve(SPARE) >>> 0;
      if (behind === 0) return 'refused';
      pixels.view(behind, SPARE).fill(CANARY);
      const stride = sourceWidth * 4;
      for (let y = 0; y < rows; y += 1) {
        pixels.view(exports.reducerRow() >>> 0, stride + SPARE).fill(y * 7 + width);
        const status = exports.pushRow();
        insist((status === 0) === y < sourceHeight, 'as many rows as the source has, and no more');
        if (status !== 0) break;
      }
      const output = exports.reducerOutput() >>> 0;
      insist(output > 0 && output + width * height * 4 <= pixels.bytes(), 'the output lies in the memory');
      insist(
        pixels.view(behind, SPARE).every((byte) => byte === CANARY),
        'nothing is written behind the reducer',
      );
      return rows >= sourceHeight ? 'read' : 'refused';
    });
  },
  peakBytes: module.memoryBytes,
  maxBytes: 64 * 2 ** 20,
  maxMs: 1_000,
};
