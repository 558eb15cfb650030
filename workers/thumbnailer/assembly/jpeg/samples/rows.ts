import { Component, componentAt } from '../component';
import { colourSpace } from '../colour-space';
import { jpegComponents } from '../frame';
import { resultHeight, resultWidth } from '../scale';
import { DONE, NO_MEMORY } from '../status';
import { lineOf, linesReady } from './lines';
import { doubleLine, mixLines, narrowLine, stretchLine } from './stretch';
import { writePixels } from './colour';
import { pushRow, reducerRow } from '../../picture/reducer';

/** Rows of pixels from lines of samples. */
let next = 0;

export function openRows(): void {
  next = 0;
}

/** Sends all rows to the reducer that so many rows of MCUs are enough for. @returns a status */
export function sendRows(mcuRows: i32): i32 {
  const width = resultWidth();
  for (; next < resultHeight() && isReady(next, mcuRows); next++) {
    writePixels(colourSpace(), line(0), line(1), line(2), line(3), reducerRow(), width);
    if (pushRow() !== 0) return NO_MEMORY;
  }
  return DONE;
}

/** A pixel in the lower half of a stretched sample needs the one below, too. */
function isReady(y: i32, mcuRows: i32): bool {
  for (let i = 0; i < jpegComponents(); i++) {
    const component = componentAt(i);
    const lowest = min((y + (component.stretchHigh >> 1)) / component.stretchHigh, component.height - 1);
    if (lowest >= linesReady(component, mcuRows)) return false;
  }
  return true;
}

function line(i: i32): usize {
  if (i >= jpegComponents()) return 0;
  const component = componentAt(i);
  if (component.stretchWide === 1 && component.stretchHigh === 1) return lineOf(component, next);
  return stretched(component, next);
}

function stretched(component: Component, y: i32): usize {
  const factor = component.stretchHigh;
  const near = min(y / factor, component.height - 1);
  const offset = 2 * (y % factor) + 1 - factor;
  const far = min(max(near + (offset < 0 ? -1 : 1), 0), component.height - 1);
  const weight = (8 * abs(offset)) / (2 * factor);
  mixLines(lineOf(component, near), lineOf(component, far), weight, component.mixed, component.width);
  stretchAcross(component, offset < 0);
  return component.stretched;
}

/** With libjpeg's roundings, which alternate so that no column and no row is brighter than its neighbours. */
function stretchAcross(component: Component, isUpper: bool): void {
  const mixed = component.mixed;
  const to = component.stretched;
  const width = component.width;
  if (component.stretchWide === 1) narrowLine(mixed, to, width, isUpper ? 2 : 4);
  else if (component.stretchWide > 2) stretchLine(mixed, to, width, component.stretchWide);
  else if (component.stretchHigh === 1) doubleLine(mixed, to, width, 8, 16);
  else doubleLine(mixed, to, width, 16, 14);
}
