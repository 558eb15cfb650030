import { Component, componentAt, forgetComponents } from './component';
import {
  BAD_SEGMENT,
  DONE,
  TOO_MANY_PIXELS,
  UNSUPPORTED_COMPONENTS,
  UNSUPPORTED_PRECISION,
  UNSUPPORTED_PROCESS,
} from './status';

/** The frame header (B.2.2). */

/** Above every limit of the host's table; what it bounds is the time that an empty file of a lying size can take. */
const PIXELS_MAX: i64 = 1 << 28;
/** A.2.2 */
const SAMPLING_MAX = 4;

let wide = 0;
let high = 0;
let count = 0;
let progressive = false;
let hMax = 1;
let vMax = 1;

export function forgetFrame(): void {
  forgetComponents();
  wide = 0;
  high = 0;
  count = 0;
}

/** Reads SOF0, SOF1 or SOF2. @returns a status */
export function readFrame(marker: i32, at: usize, bytes: i32): i32 {
  if (bytes < 6 || count > 0) return BAD_SEGMENT;
  if (load<u8>(at) !== 8) return UNSUPPORTED_PRECISION;
  const height = <i32>bswap(load<u16>(at, 1));
  const width = <i32>bswap(load<u16>(at, 3));
  const components = <i32>load<u8>(at, 5);
  if (width === 0) return BAD_SEGMENT;
  // Told by a DNL segment after the first scan (B.2.5); no camera does it.
  if (height === 0) return UNSUPPORTED_PROCESS;
  if (<i64>width * <i64>height > PIXELS_MAX) return TOO_MANY_PIXELS;
  if (components !== 1 && components !== 3 && components !== 4) return UNSUPPORTED_COMPONENTS;
  if (bytes !== 6 + 3 * components) return BAD_SEGMENT;
  for (let i = 0; i < components; i++) {
    if (!readComponent(componentAt(i), at + 6 + 3 * i, components === 1)) return BAD_SEGMENT;
    for (let j = 0; j < i; j++) if (componentAt(j).id === componentAt(i).id) return BAD_SEGMENT;
  }
  wide = width;
  high = height;
  count = components;
  progressive = marker === 0xc2;
  measureBlocks();
  return DONE;
}

function readComponent(component: Component, at: usize, isAlone: bool): bool {
  const sampling = <i32>load<u8>(at, 1);
  const h = sampling >> 4;
  const v = sampling & 15;
  if (h < 1 || v < 1 || h > SAMPLING_MAX || v > SAMPLING_MAX) return false;
  component.id = <i32>load<u8>(at);
  // The factors of a single component have nothing to relate to: its MCU is one block (A.2.2).
  component.h = isAlone ? 1 : h;
  component.v = isAlone ? 1 : v;
  component.quantiser = <i32>load<u8>(at, 2);
  return component.quantiser < 4;
}

/** A.1.1, A.2.2 and A.2.4 */
function measureBlocks(): void {
  hMax = 1;
  vMax = 1;
  for (let i = 0; i < count; i++) {
    hMax = max(hMax, componentAt(i).h);
    vMax = max(vMax, componentAt(i).v);
  }
  for (let i = 0; i < count; i++) {
    const component = componentAt(i);
    component.blocksWide = ceilDivide(ceilDivide(wide * component.h, hMax), 8);
    component.blocksHigh = ceilDivide(ceilDivide(high * component.v, vMax), 8);
    component.paddedWide = mcusWide() * component.h;
    component.paddedHigh = mcusHigh() * component.v;
    component.damagedFrom = high;
  }
}

export function ceilDivide(value: i32, by: i32): i32 {
  return (value + by - 1) / by;
}

/** Pixels of the photo as the header says. */
export function jpegWidth(): i32 {
  return wide;
}

export function jpegHeight(): i32 {
  return high;
}

export function jpegComponents(): i32 {
  return count;
}

export function isProgressive(): bool {
  return progressive;
}

export function hSamplingMax(): i32 {
  return hMax;
}

export function vSamplingMax(): i32 {
  return vMax;
}

export function mcusWide(): i32 {
  return ceilDivide(wide, 8 * hMax);
}

export function mcusHigh(): i32 {
  return ceilDivide(high, 8 * vMax);
}
