/** What was taken from the colours of a pixel by its own others; up to 12 bytes behind a row are read and written. */

/** Subtract green (RFC 9649, 3.5.3). `from` may be `to`. */
export function undoSubtractGreen(from: usize, to: usize, width: i32): void {
  for (const end = to + ((<usize>width) << 2); to < end; to += 16, from += 16) {
    const four = v128.load(from);
    const none = i8x16.splat(0);
    const greens = i8x16.shuffle(four, none, 1, 16, 1, 16, 5, 16, 5, 16, 9, 16, 9, 16, 13, 16, 13, 16);
    v128.store(to, i8x16.add(four, greens));
  }
}

/**
 * Colour transform (RFC 9649, 3.5.2). `from` may be `to`.
 * @param blocks for each block of this row, a pixel: red to blue, green to blue, green to red, from its red down
 */
export function undoColourTransform(from: usize, to: usize, width: i32, blocks: usize, blockBits: i32): void {
  const rowEnd = to + ((<usize>width) << 2);
  const blockBytes = (<usize>4) << blockBits;
  for (; to < rowEnd; blocks += 4) {
    const end = min(rowEnd, to + blockBytes);
    const factors = load<u32>(blocks);
    const greenToRed = (<u32>(<i32>(<i8>factors))) & 0xffff;
    const greenToBlue = (<u32>(<i32>(<i8>(factors >> 8)))) & 0xffff;
    const redToBlue = (<u32>(<i32>(<i8>(factors >> 16)))) & 0xffff;
    from = transformBlock(from, to, end, greenToBlue | (greenToRed << 16), redToBlue);
    to = end;
  }
}

/**
 * As lanes of 16 bits, a pixel is green and blue, then alpha and red. A product of two bytes with their signs has 16
 * bits, and 5 of them are behind the point.
 * @param greens factors of green, for blue below, for red above @param reds for blue @returns where it has read to
 */
function transformBlock(from: usize, to: usize, end: usize, greens: u32, reds: u32): usize {
  const byGreen = i32x4.splat(greens);
  const byRed = i32x4.splat(reds);
  const low = i16x8.splat(0xff);
  for (; to < end; to += 16, from += 16) {
    const four = v128.load(from);
    const green = i16x8.shr_s(i8x16.shuffle(four, four, 0, 1, 0, 1, 4, 5, 4, 5, 8, 9, 8, 9, 12, 13, 12, 13), 8);
    const once = i8x16.add(four, v128.and(i16x8.shr_s(i16x8.mul(green, byGreen), 5), low));
    // Red is whole now; blue lacks what it has of it.
    const red = i32x4.shr_s(i32x4.shl(once, 8), 24);
    v128.store(to, i8x16.add(once, v128.and(i16x8.shr_s(i16x8.mul(red, byRed), 5), low)));
  }
  return from;
}
