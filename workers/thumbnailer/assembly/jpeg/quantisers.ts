import { BAD_SEGMENT, DONE } from './status';

/** Quantisation tables (B.2.4.1): four of 64 values in zig-zag order, 16 bits each. */
const TABLE_BYTES = 128;
const tables: usize = memory.data(4 * 128, 16);
let defined = 0;

/** Row × 8 + column of each coefficient in zig-zag order (figure A.6). */
const zigzag: usize = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);

export function forgetQuantisers(): void {
  defined = 0;
}

/** Reads the tables of a DQT segment. @returns a status */
export function defineQuantisers(at: usize, bytes: i32): i32 {
  while (bytes > 0) {
    const precision = (<i32>load<u8>(at)) >> 4;
    const id = (<i32>load<u8>(at)) & 15;
    const length = 1 + (64 << precision);
    if (precision > 1 || id > 3 || bytes < length) return BAD_SEGMENT;
    for (let k = 0; k < 64; k++) {
      const from = at + 1 + (k << precision);
      const value = precision === 0 ? <u16>load<u8>(from) : bswap(load<u16>(from));
      store<u16>(tables + id * TABLE_BYTES + 2 * k, value);
    }
    defined |= 1 << id;
    at += length;
    bytes -= length;
  }
  return DONE;
}

export function hasQuantiser(id: i32): bool {
  return id >= 0 && id < 4 && ((defined >> id) & 1) !== 0;
}

export function quantiser(id: i32, k: i32): i32 {
  return <i32>load<u16>(tables + id * TABLE_BYTES + 2 * k);
}

/** Horizontal frequency of coefficient `k` of the zig-zag order. */
export function across(k: i32): i32 {
  return (<i32>load<u8>(zigzag + k)) & 7;
}

/** Vertical frequency. */
export function down(k: i32): i32 {
  return (<i32>load<u8>(zigzag + k)) >> 3;
}
