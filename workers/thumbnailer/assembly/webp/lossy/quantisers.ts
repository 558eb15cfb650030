import { BoolDecoder, readLiteral, readOptional } from './entropy/bool-decoder';
import { quantiserOf, SEGMENTS } from './segments';

/** Dequantisation factors (RFC 6386, 9.6 and 14.1). */

// prettier-ignore
const DC_FACTORS = memory.data<u8>([
  4, 5, 6, 7, 8, 9, 10, 10, 11, 12, 13, 14, 15, 16, 17, 17, 18, 19, 20, 20, 21, 21, 22, 22, 23, 23, 24, 25, 25, 26, 27,
  28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 46, 47, 48, 49, 50, 51, 52, 53, 54,
  55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 76, 77, 78, 79, 80, 81, 82,
  83, 84, 85, 86, 87, 88, 89, 91, 93, 95, 96, 98, 100, 101, 102, 104, 106, 108, 110, 112, 114, 116, 118, 122, 124, 126,
  128, 130, 132, 134, 136, 138, 140, 143, 145, 148, 151, 154, 157,
]);
// prettier-ignore
const AC_FACTORS = memory.data<u16>([
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34,
  35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 60, 62, 64, 66, 68,
  70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 100, 102, 104, 106, 108, 110, 112, 114, 116, 119, 122,
  125, 128, 131, 134, 137, 140, 143, 146, 149, 152, 155, 158, 161, 164, 167, 170, 173, 177, 181, 185, 189, 193, 197,
  201, 205, 209, 213, 217, 221, 225, 229, 234, 239, 245, 249, 254, 259, 264, 269, 274, 279, 284,
]);

/** Of each segment: factors of DC and AC of Y2, Y, and chroma, 16 bits each. */
const FACTORS_BYTES: usize = 12;
const factors: usize = memory.data(48, 4);
export const Y2: usize = 0;
export const Y: usize = 4;
export const CHROMA: usize = 8;

const INDEX_MAX: i32 = 127;
/** Chroma's DC factor is 132 at most. */
const CHROMA_DC_MAX: i32 = 117;

export function factorsOf(segment: usize): usize {
  return factors + segment * FACTORS_BYTES;
}

export function readQuantisers(decoder: BoolDecoder): void {
  const frames = readLiteral(decoder, 7);
  const yDc = readOptional(decoder, 4);
  const y2Dc = readOptional(decoder, 4);
  const y2Ac = readOptional(decoder, 4);
  const chromaDc = readOptional(decoder, 4);
  const chromaAc = readOptional(decoder, 4);
  for (let segment: usize = 0; segment < SEGMENTS; segment++) {
    const index = quantiserOf(segment, frames);
    const to = factorsOf(segment);
    store<u16>(to, 2 * dcFactor(index + y2Dc, INDEX_MAX));
    store<u16>(to, max(8, (acFactor(index + y2Ac) * 155) / 100), 2);
    store<u16>(to, dcFactor(index + yDc, INDEX_MAX), Y);
    store<u16>(to, acFactor(index), Y + 2);
    store<u16>(to, dcFactor(index + chromaDc, CHROMA_DC_MAX), CHROMA);
    store<u16>(to, acFactor(index + chromaAc), CHROMA + 2);
  }
}

function dcFactor(index: i32, most: i32): i32 {
  return load<u8>(DC_FACTORS + <usize>min(max(index, 0), most));
}

function acFactor(index: i32): i32 {
  return load<u16>(AC_FACTORS + ((<usize>min(max(index, 0), INDEX_MAX)) << 1));
}
