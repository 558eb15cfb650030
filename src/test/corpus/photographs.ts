import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../support/images.ts';
import { root } from '../support/processes.ts';

/** Photographs of the seed (licences in CREDITS.md there), and larger ones where a machine has them beside the project. */
const FOLDERS = [
  path.join(root, '../shared/photos'),
  path.join(root, '../../shared/photos'),
  path.join(root, 'src/cli/seed/photos'),
];

/** Paths of real photographs, the same order everywhere that has the same files; the largest originals first. */
export function photographs(): string[] {
  const folder = FOLDERS.find((one) => existsSync(one)) ?? '';
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .map((name) => path.join(folder, name));
}

export interface RawPhoto {
  width: number;
  height: number;
  /** RGB, 8 bits each. */
  data: Uint8Array;
}

export interface RawSize {
  width: number;
  height: number;
}

/** A size of so many pixels in the camera's 4:3, its sides multiples of 16 as cameras have them. */
export function sizeOf(megapixels: number): RawSize {
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3) / 16) * 16;
  return { width, height: Math.round((width * 3) / 4 / 16) * 16 };
}

/** A photograph scaled to any size. Enlarging takes the grain out of a photograph, and with it its price; so there is grain. */
export async function photograph(index: number, size: RawSize, grain = 3): Promise<RawPhoto> {
  const files = photographs();
  const file = files[index % files.length] as string;
  const { data } = await sharp(file, { limitInputPixels: false })
    .autoOrient()
    .removeAlpha()
    .toColourspace('srgb')
    .resize(size.width, size.height, { fit: 'cover', kernel: 'cubic' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
  if (grain > 0) addGrain(pixels, grain, index + 1);
  return { ...size, data: new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength) };
}

const NOISE_SAMPLES = 1 << 20;
/** Strides through the noise by a step that shares no factor with its length, so that no period shows. */
const NOISE_STEP = 104_729;

function addGrain(pixels: Uint8ClampedArray, sigma: number, seed: number): void {
  const random = seededRandom(seed);
  const noise = new Float32Array(NOISE_SAMPLES);
  // Three uniform numbers are bell-shaped enough; each has a variance of 1/12.
  for (let at = 0; at < noise.length; at += 1) noise[at] = (random() + random() + random() - 1.5) * 2 * sigma;
  for (let at = 0, from = 0; at < pixels.length; at += 1) {
    pixels[at] = pixels[at]! + noise[from]!;
    from = at % NOISE_SAMPLES === 0 ? (from + NOISE_STEP) % NOISE_SAMPLES : (from + 1) % NOISE_SAMPLES;
  }
}
