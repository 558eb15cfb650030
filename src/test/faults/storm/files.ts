import { encodeJpeg } from '../../support/image-encoders.ts';
import { busy } from '../../support/images.ts';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SEGMENT_MAX = 65_533;
/** Largest photo, bytes: above a part of the store, so that some go in several. */
const LARGEST = 7_000_000;

/** Photos of every size, small pictures in large files: what is sent is the matter here, not what is decoded. */
export async function photoMaker(random: () => number): Promise<() => Uint8Array> {
  const base = await encodeJpeg(busy(96, 64, 7));
  return () => {
    // Most are small, a few go in several parts.
    const wanted = Math.floor(30_000 + LARGEST * random() ** 4);
    const segments: Uint8Array[] = [];
    for (let size = base.length; size < wanted; size += SEGMENT_MAX + 4) {
      const segment = new Uint8Array(SEGMENT_MAX + 4);
      // APP11, which nobody reads, of the length that its header says.
      segment.set([0xff, 0xeb, (SEGMENT_MAX + 2) >> 8, (SEGMENT_MAX + 2) & 255]);
      for (let at = 4; at < segment.length; at += 61) segment[at] = Math.floor(random() * 256);
      segments.push(segment);
    }
    return new Uint8Array(Buffer.concat([base.subarray(0, 2), ...segments, base.subarray(2)]));
  };
}
