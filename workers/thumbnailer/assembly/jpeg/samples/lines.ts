import { reserve } from '../../arena';
import { Component, componentAt } from '../component';
import { jpegComponents, mcusHigh } from '../frame';
import { resultWidth } from '../scale';

/** Rings of lines of samples, one for each component, that hold the present row of MCUs and the one before. */

/** Behind each line, for whole vectors. */
const SPARE = 64;
/** What nothing is known about: coefficients that did not arrive are 0, and so is the middle of the range. */
const GREY: u8 = 128;

/** @returns false without memory */
export function openLines(): bool {
  for (let i = 0; i < jpegComponents(); i++) if (!openLinesOf(componentAt(i))) return false;
  return true;
}

function openLinesOf(component: Component): bool {
  component.lineBytes = (component.paddedWide * component.samplesWide + SPARE + 15) & ~15;
  component.lineCount = 2 * component.v * component.samplesHigh;
  component.lines = reserve(<usize>component.lineBytes * <usize>component.lineCount);
  if (component.lines === 0) return false;
  if (component.stretchWide === 1 && component.stretchHigh === 1) return true;
  const stretchedBytes = max(component.width * component.stretchWide, resultWidth()) + SPARE;
  component.stretched = reserve(<usize>stretchedBytes);
  const mixed = reserve(<usize>(2 * component.width + 2 * SPARE));
  // One sample before the first.
  component.mixed = mixed + 16;
  return component.stretched !== 0 && mixed !== 0;
}

/** Line `y` of the picture's samples, as long as the ring still holds it. */
export function lineOf(component: Component, y: i32): usize {
  return component.lines + <usize>(y % component.lineCount) * <usize>component.lineBytes;
}

/** Where the block goes that is the `x`th in its component's row of blocks. */
export function blockAt(component: Component, mcuRow: i32, rowInMcu: i32, x: i32): usize {
  const y = (mcuRow * component.v + rowInMcu) * component.samplesHigh;
  return lineOf(component, y) + <usize>(x * component.samplesWide);
}

/** Makes the MCUs from `first` to before `end` of a row grey. */
export function greyMcus(mcuRow: i32, first: i32, end: i32): void {
  for (let i = 0; i < jpegComponents(); i++) {
    const component = componentAt(i);
    const bytes = component.h * component.samplesWide;
    const top = mcuRow * component.v * component.samplesHigh;
    for (let y = top; y < top + component.v * component.samplesHigh; y++) {
      memory.fill(lineOf(component, y) + <usize>(first * bytes), GREY, <usize>((end - first) * bytes));
    }
  }
}

/** Samples of the component that are there after so many rows of MCUs. */
export function linesReady(component: Component, mcuRows: i32): i32 {
  if (mcuRows >= mcusHigh()) return component.height;
  return min(mcuRows * component.v * component.samplesHigh, component.height);
}
