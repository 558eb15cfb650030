/** A picture is looked at in parts: a face in front of a soft background is a sharp photo. */
const PARTS_MAX: i32 = 8;
const PART_MIN_PIXELS: i32 = 16;
/** Of the parts, the sharpest quarter counts. */
const SHARPEST_SHARE: i32 = 4;
/** Variance of lightness that counts as noise of the camera and not as a picture. */
const NOISE: f64 = 25;
/** What the Laplacian makes of the variance of pure noise: 4² + 4 × 1². */
const GAIN: f64 = 20;

const parts: usize = memory.data(8 * 64, 8);

/**
 * How sharp a plane of lightness is, from 0 (even) to 1 (each pixel has nothing to do with its neighbours): the root
 * of the variance of the Laplacian over that of the lightness itself, so that dull light is not taken for blur; the
 * mean of the sharpest quarter of the parts. Only comparable between pictures of about the same size.
 */
export function sharpnessOf(luma: usize, width: i32, height: i32): f64 {
  const across = max(1, min(PARTS_MAX, width / PART_MIN_PIXELS));
  const down = max(1, min(PARTS_MAX, height / PART_MIN_PIXELS));
  if (width < 3 || height < 3) return 0;
  const count = across * down;
  for (let part = 0; part < count; part++) {
    const column = part % across;
    const row = part / across;
    const left = max(1, (column * width) / across);
    const right = min(width - 1, ((column + 1) * width) / across);
    const top = max(1, (row * height) / down);
    const bottom = min(height - 1, ((row + 1) * height) / down);
    insert(part, sharpnessOfPart(luma, width, left, right, top, bottom));
  }
  const sharpest = max(1, count / SHARPEST_SHARE);
  let sum: f64 = 0;
  for (let part = 0; part < sharpest; part++) sum += load<f64>(parts + ((<usize>part) << 3));
  return sum / <f64>sharpest;
}

/** Keeps the parts in order, the sharpest first. */
function insert(count: i32, value: f64): void {
  let at = count;
  for (; at > 0; at--) {
    const before = load<f64>(parts + ((<usize>(at - 1)) << 3));
    if (before >= value) break;
    store<f64>(parts + ((<usize>at) << 3), before);
  }
  store<f64>(parts + ((<usize>at) << 3), value);
}

/** Half open: `right` and `bottom` do not belong to the part; none of its pixels is at the edge of the picture. */
function sharpnessOfPart(luma: usize, width: i32, left: i32, right: i32, top: i32, bottom: i32): f64 {
  let sum: i64 = 0;
  let squares: i64 = 0;
  let edgeSum: i64 = 0;
  let edgeSquares: i64 = 0;
  const above = <usize>width;
  for (let y = top; y < bottom; y++) {
    let at = luma + <usize>y * <usize>width + <usize>left;
    const end = at + <usize>(right - left);
    for (; at < end; at++) {
      const here = <i32>load<u8>(at);
      const edge =
        4 * here - <i32>load<u8>(at - 1) - <i32>load<u8>(at, 1) - <i32>load<u8>(at - above) - <i32>load<u8>(at + above);
      sum += here;
      squares += here * here;
      edgeSum += edge;
      edgeSquares += edge * edge;
    }
  }
  const pixels = <f64>((right - left) * (bottom - top));
  const variance = <f64>squares / pixels - (<f64>sum / pixels) ** 2;
  const edgeVariance = <f64>edgeSquares / pixels - (<f64>edgeSum / pixels) ** 2;
  return Math.min(1, Math.sqrt(edgeVariance / (GAIN * (variance + NOISE))));
}
