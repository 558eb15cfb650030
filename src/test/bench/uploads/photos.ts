import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeJpeg } from '../../support/image-encoders.ts';
import { busy } from '../../support/images.ts';

const SEGMENT_BYTES = 65_535;

/**
 * Photos of a given size, no two alike: a small picture in a large file, because what is measured is how bytes travel
 * and not how pixels are decoded.
 */
export async function photosOf(bytes: number): Promise<() => Uint8Array<ArrayBuffer>> {
  const base = await encodeJpeg(busy(320, 240, 5));
  const segments = Math.max(1, Math.round((bytes - base.length) / (SEGMENT_BYTES + 2)));
  let made = Date.now() % 1_000_000_000;
  return () => {
    made += 1;
    const padding = new Uint8Array(segments * (SEGMENT_BYTES + 2));
    for (let segment = 0; segment < segments; segment++) {
      const at = segment * (SEGMENT_BYTES + 2);
      // APP11, which nobody reads.
      padding.set([0xff, 0xeb, SEGMENT_BYTES >> 8, SEGMENT_BYTES & 255], at);
      crypto.getRandomValues(padding.subarray(at + 4, at + SEGMENT_BYTES + 2));
    }
    new DataView(padding.buffer).setUint32(4, made);
    return new Uint8Array(Buffer.concat([base.subarray(0, 2), padding, base.subarray(2)]));
  };
}

/** So many of them as files of a folder. @returns their paths */
export async function photoFiles(folder: string, count: number, bytes: number): Promise<string[]> {
  const next = await photosOf(bytes);
  return Array.from({ length: count }, (_none, n) => {
    const file = path.join(folder, `IMG_${String(n + 1).padStart(4, '0')}.JPG`);
    writeFileSync(file, next());
    return file;
  });
}
