import { componentAt } from './component';
import { jpegComponents } from './frame';
import { CMYK, CMYK_INVERTED, GREY, RGB, YCBCR, YCCK_INVERTED } from './samples/colour';

/** What the components mean, which T.81 leaves open: JFIF's marker (APP0), Adobe's (APP14), or the identifiers. */
const NO_ADOBE = -1;
let isJfif = false;
let adobe: i32 = NO_ADOBE;

export function forgetColourSpace(): void {
  isJfif = false;
  adobe = NO_ADOBE;
}

export function readApp0(at: usize, bytes: i32): void {
  // "JFIF\0"
  if (bytes >= 5 && load<u32>(at) === 0x4649464a && load<u8>(at, 4) === 0) isJfif = true;
}

export function readApp14(at: usize, bytes: i32): void {
  // "Adobe", version, flags, transform
  if (bytes >= 12 && load<u32>(at) === 0x626f6441 && load<u8>(at, 4) === 0x65) adobe = <i32>load<u8>(at, 11);
}

export function colourSpace(): i32 {
  if (jpegComponents() === 1) return GREY;
  if (jpegComponents() === 4) {
    // Adobe's programs write inks inverted, and say so only by being Adobe's.
    if (adobe === 2) return YCCK_INVERTED;
    return adobe === NO_ADOBE ? CMYK : CMYK_INVERTED;
  }
  if (isJfif) return YCBCR;
  if (adobe !== NO_ADOBE) return adobe === 0 ? RGB : YCBCR;
  const isNamedRgb = componentAt(0).id === 0x52 && componentAt(1).id === 0x47 && componentAt(2).id === 0x42;
  return isNamedRgb ? RGB : YCBCR;
}
