import type { Pixels } from './codecs/pixels.ts';

/** EXIF orientation (CIPA DC-008, 4.6.5): 1 is upright, 2–4 mirror or turn by half, 5–8 swap the sides. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export const swapsSides = (orientation: Orientation): boolean => orientation >= 5;

/** Turns pixels upright. */
export function turnUpright(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels;
  const width = swapsSides(orientation) ? pixels.height : pixels.width;
  const height = swapsSides(orientation) ? pixels.width : pixels.height;
  const from = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, pixels.width * pixels.height);
  const to = new Uint32Array(width * height);
  const { start, right, down } = walk(orientation, pixels.width, pixels.height);
  for (let y = 0, at = 0; y < height; y += 1) {
    let source = start + y * down;
    for (let x = 0; x < width; x += 1, at += 1, source += right) to[at] = from[source] as number;
  }
  return { width, height, data: new Uint8Array(to.buffer) };
}

/** Where in the stored pixels the upright top left corner lies, and the steps to the right and down from there. */
function walk(orientation: Orientation, width: number, height: number): { start: number; right: number; down: number } {
  const rightEdge = width - 1;
  const bottomRow = (height - 1) * width;
  switch (orientation) {
    case 1:
      return { start: 0, right: 1, down: width };
    case 2:
      return { start: rightEdge, right: -1, down: width };
    case 3:
      return { start: bottomRow + rightEdge, right: -1, down: -width };
    case 4:
      return { start: bottomRow, right: 1, down: -width };
    case 5:
      return { start: 0, right: width, down: 1 };
    case 6:
      return { start: bottomRow, right: -width, down: 1 };
    case 7:
      return { start: bottomRow + rightEdge, right: -width, down: -1 };
    case 8:
      return { start: rightEdge, right: width, down: -1 };
  }
}
