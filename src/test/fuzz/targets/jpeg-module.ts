import { isTooDear, wantedSize } from '../claims.ts';
import { jpegSeeds } from '../seeds.ts';
import { declaredSize } from '../declared-size.ts';
import { guardedPixels } from '../guarded-pixels.ts';
import { insist, type Outcome, type Target } from '../target.ts';
import { jpegSegments } from '../walks.ts';

interface JpegExports {
  memory: WebAssembly.Memory;
  forget(): void;
  brokenGuard(): number;
  jpegOpen(): number;
  jpegWindow(): number;
  jpegRoom(): number;
  jpegFed(bytes: number, isLast: boolean): void;
  jpegHeader(): number;
  jpegWidth(): number;
  jpegHeight(): number;
  jpegStart(width: number, height: number): number;
  jpegStep(): number;
  jpegGoodRows(): number;
  reducerOutput(): number;
}

const [DONE, NEED_INPUT, MORE] = [0, 1, 2];
const STEPS_MAX = 4_000_000;

/** The JPEG decoder by itself, fed in pieces of any length. */
export async function jpegModule(): Promise<Target> {
  const module = await guardedPixels();
  const start = (): JpegExports => {
    const env = {
      abort() {
        throw new Error('abort');
      },
      segment(_marker: number, at: number, bytes: number) {
        insist(at > 0 && bytes >= 0 && at + bytes <= exports.memory.buffer.byteLength, 'a segment lies in the memory');
      },
    };
    const exports = new WebAssembly.Instance(module, { env }).exports as unknown as JpegExports;
    return exports;
  };
  let exports = start();
  let peakBytes = 0;

  function decode(bytes: Uint8Array): Outcome {
    const claim = declaredSize(bytes, 'image/jpeg');
    if (claim && isTooDear(bytes, claim.width, claim.height)) return 'refused';
    exports.forget();
    insist(exports.jpegOpen() === DONE, 'it opens');
    let at = 0;
    const piece = 1 + ((bytes.length * 37) % 5_000);
    const feed = (): void => {
      const room = exports.jpegRoom();
      insist(room > 0 || at >= bytes.length, 'who needs input has room for it');
      const part = bytes.subarray(at, at + Math.min(room, piece));
      new Uint8Array(exports.memory.buffer).set(part, exports.jpegWindow() >>> 0);
      at += part.length;
      exports.jpegFed(part.length, at >= bytes.length);
    };
    const until = (step: () => number): number => {
      for (let steps = 0; steps < STEPS_MAX; steps += 1) {
        const status = step();
        if (status !== NEED_INPUT && status !== MORE) return status;
        if (status === MORE) continue;
        insist(at < bytes.length || steps === 0 || bytes.length === 0, 'nobody needs more than there is');
        feed();
      }
      throw new Error('It never ends');
    };
    feed();
    if (until(() => exports.jpegHeader()) !== DONE) return 'refused';
    const [width, height] = [exports.jpegWidth(), exports.jpegHeight()];
    insist(width > 0 && height > 0 && width <= 65_535 && height <= 65_535, 'sides of 16 bits');
    if (isTooDear(bytes, width, height)) return 'refused';
    const { width: wide, height: high } = wantedSize(bytes, width, height);
    const started = exports.jpegStart(wide, high);
    if (started !== DONE || until(() => exports.jpegStep()) !== DONE) return 'refused';
    const output = exports.reducerOutput() >>> 0;
    insist(
      output > 0 && output + wide * high * 4 <= exports.memory.buffer.byteLength,
      'the picture lies in the memory',
    );
    const good = exports.jpegGoodRows();
    insist(good >= 0 && good <= height, 'no more good rows than rows');
    return 'read';
  }

  return {
    seeds: jpegSeeds,
    walk: jpegSegments,
    run(bytes) {
      try {
        const outcome = decode(bytes);
        insist(exports.brokenGuard() === 0, 'nothing is written beyond what was reserved');
        return outcome;
      } catch (error) {
        exports = start();
        throw error;
      } finally {
        peakBytes = Math.max(peakBytes, exports.memory.buffer.byteLength);
      }
    },
    peakBytes: () => peakBytes,
    maxBytes: 64 * 2 ** 20,
    maxMs: 1_000,
  };
}
