/** The predictors that follow how the colours change (RFC 9649, 3.5.1); see `predictors.ts` for what they are given. */

/** 11: left or above, whichever is nearer, in all channels together, to left + above - above left. */
export function addSelected(from: usize, above: usize, to: usize, end: usize): void {
  let left = v128.load32_zero(to - 4);
  let corner = v128.load32_zero(above - 4);
  for (; to < end; to += 4, from += 4, above += 4) {
    const upper = v128.load32_zero(above);
    const toLeft = sumOf(differences(upper, corner));
    const toUpper = sumOf(differences(left, corner));
    const predicted = toLeft < toUpper ? left : upper;
    left = i8x16.add(v128.load32_zero(from), predicted);
    corner = upper;
    v128.store32_lane(to, left, 0);
  }
}

function differences(one: v128, other: v128): v128 {
  return v128.or(i8x16.sub_sat_u(one, other), i8x16.sub_sat_u(other, one));
}

/** Of four bytes. */
function sumOf(bytes: v128): i32 {
  return i32x4.extract_lane(i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)), 0);
}

/** 12: left + above - above left, as far as there are such colours. */
export function addGradient(from: usize, above: usize, to: usize, end: usize): void {
  let left = v128.load_ext<u8>(to - 4);
  const low = i16x8.splat(255);
  for (; to < end; to += 4, from += 4, above += 4) {
    const step = i16x8.sub(v128.load_ext<u8>(above), v128.load_ext<u8>(above - 4));
    const sum = i16x8.add(left, step);
    const predicted = i16x8.min_s(i16x8.max_s(sum, i16x8.splat(0)), low);
    left = v128.and(i16x8.add(v128.load_ext<u8>(from), predicted), low);
    v128.store32_lane(to, i8x16.narrow_i16x8_u(left, left), 0);
  }
}
