import { isOpaque } from './premultiply';
import { prepare, reducerOutput, takePicture } from './reducer';
import { OK } from './status';

const PAGE: u64 = 65_536;
/** What may be read behind a picture's last row. */
const SPARE: u64 = 16;

/**
 * Reduces a picture that lies in memory. @returns where the smaller one lies, 0 when there is no room for it or its
 * size cannot be; the arena may be given back to behind it only
 */
export function reducePicture(
  source: usize,
  width: i32,
  height: i32,
  toWidth: i32,
  toHeight: i32,
  hasAlpha: bool,
): usize {
  if (prepare(width, height, width, height, toWidth, toHeight, hasAlpha) !== OK) return 0;
  const end = <u64>source + ((<u64>width * <u64>height) << 2) + SPARE;
  if (end > <u64>memory.size() * PAGE) return 0;
  takePicture(source);
  return reducerOutput();
}

/** Whether nothing is seen through a picture. */
export function isOpaquePicture(picture: usize, width: i32, height: i32): bool {
  const rowBytes = (<usize>width) << 2;
  for (let y = 0; y < height; y++) {
    if (!isOpaque(picture + <usize>y * rowBytes, width)) return false;
  }
  return true;
}
