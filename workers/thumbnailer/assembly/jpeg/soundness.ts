import { Component, componentAt } from './component';
import { jpegComponents, jpegHeight, isProgressive, vSamplingMax } from './frame';
import { scanMember, scanMembers, spectralEnd, spectralStart } from './scan-header';

/**
 * How much of the picture is what the photographer saw. In a scan that becomes samples at once, a row of MCUs is good
 * when none of them was lost. When scans are kept, a row of pixels is good when all components have their DC, and the
 * first one some AC if the scale shows any, and no scan was damaged at or before it: then it may be coarser than it
 * was to be (the file ends early), but not wrong.
 */
let directRows = 0;
let isWhole = true;

export function forgetSoundness(): void {
  directRows = 0;
  isWhole = true;
}

/** Something of the picture is missing. */
export function noteLoss(): void {
  isWhole = false;
}

/** @param row of units of the present scan in which something cannot be decoded */
export function noteDamage(row: i32): void {
  for (let i = 0; i < scanMembers(); i++) {
    const component = componentAt(scanMember(i));
    component.damagedFrom = min(component.damagedFrom, pixelRows(component, row));
  }
}

/** A row of MCUs without loss has come. @param rows how many there have been, lost ones too */
export function noteDirectRow(rows: i32): void {
  const alone = componentAt(0);
  directRows += pixelRows(alone, rows) - pixelRows(alone, rows - 1);
}

/** So many rows of units have come without any loss. */
export function noteKeptRows(rows: i32): void {
  for (let i = 0; i < scanMembers(); i++) {
    const component = componentAt(scanMember(i));
    const pixels = pixelRows(component, rows);
    if (spectralStart() === 0) component.rowsWithDc = max(component.rowsWithDc, pixels);
    if (spectralEnd() > 0) component.rowsWithAc = max(component.rowsWithAc, pixels);
  }
}

/** Rows of pixels that so many rows of the present scan's units are. */
function pixelRows(component: Component, rows: i32): i32 {
  const perUnit = scanMembers() === 1 ? (8 * vSamplingMax()) / component.v : 8 * vSamplingMax();
  return min(jpegHeight(), rows * perUnit);
}

/** Rows of the photo that are as they were meant; the rest is grey or wrong. @param direct see `scan.ts` */
export function goodRows(direct: bool): i32 {
  if (direct) return directRows;
  let rows = jpegHeight();
  for (let i = 0; i < jpegComponents(); i++) {
    const component = componentAt(i);
    rows = min(rows, min(component.rowsWithDc, component.damagedFrom));
  }
  const first = componentAt(0);
  return first.lastNeeded > 0 && isProgressive() ? min(rows, first.rowsWithAc) : rows;
}

/** Whether all of the picture has come. */
export function jpegIsWhole(): bool {
  return isWhole;
}
