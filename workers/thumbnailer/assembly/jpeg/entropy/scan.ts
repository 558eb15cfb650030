import { componentAt } from '../component';
import { isProgressive, mcusHigh, mcusWide } from '../frame';
import { noteDamage, noteDirectRow, noteKeptRows, noteLoss } from '../soundness';
import { greyMcus } from '../samples/lines';
import { approximationHigh, scanMember, scanMembers, spectralStart } from '../scan-header';
import { DONE, MORE, NEED_INPUT } from '../status';
import { ahead, isLast } from '../window';
import { decodeBands, forgetEnded } from './ac-scan';
import { openBits } from './bit-reader';
import { decodeDc } from './dc-scan';
import { refineBands } from './refinement-scan';
import { FOUND, nextRestart, NOT_YET, openRestarts, presentRestart, seekRestart, takeRestart } from './restarts';
import { decodeMcus, keepMcus } from './sequential-scan';
import { tookDamage } from './units';

/** Goes through the units of a scan, row by row (A.2), over restarts and damage. */

let isDirect = false;
let unitsWide = 0;
let unitsHigh = 0;
let row = 0;
let x = 0;
/** Units before this one are lost. */
let lostBefore = 0;
let isSeeking = false;
let isRowSound = true;
let isScanSound = true;

/** @param direct samples come out of the scan at once, so that lost ones must be made grey */
export function openUnits(direct: bool): void {
  isDirect = direct;
  const alone = componentAt(scanMember(0));
  unitsWide = scanMembers() === 1 ? alone.blocksWide : mcusWide();
  unitsHigh = scanMembers() === 1 ? alone.blocksHigh : mcusHigh();
  row = 0;
  x = 0;
  lostBefore = 0;
  isSeeking = false;
  isRowSound = true;
  isScanSound = true;
  tookDamage();
  openRestarts();
  openInterval();
}

/** At the beginning and after each restart marker (F.2.1.3.1, G.1.2). */
function openInterval(): void {
  openBits();
  forgetEnded();
  for (let i = 0; i < scanMembers(); i++) componentAt(scanMember(i)).prediction = 0;
}

/** Decodes to the end of a row. @returns NEED_INPUT, MORE after each row but the last, DONE */
export function decodeRow(): i32 {
  while (x < unitsWide) {
    if (isSeeking && !seek()) return NEED_INPUT;
    const unit = row * unitsWide + x;
    if (unit < lostBefore) {
      lose(min(unitsWide, x + lostBefore - unit));
      continue;
    }
    if (unit === nextRestart()) {
      if (ahead() < 2 && !isLast()) return NEED_INPUT;
      isSeeking = !takeRestart();
      if (isSeeking) continue;
      openInterval();
    }
    const end = <i32>min<i64>(unitsWide, <i64>x + nextRestart() - unit);
    x = decodeUnits(x, end);
    isSeeking = tookDamage();
    if (!isSeeking && x < end) return NEED_INPUT;
  }
  return endRow();
}

/** @returns false as long as there may be a restart marker ahead */
function seek(): bool {
  const found = seekRestart();
  if (found === NOT_YET) return false;
  isSeeking = false;
  isScanSound = false;
  // Where a file just ends, nothing that came before is wrong.
  if (found === FOUND || ahead() > 0) noteDamage(row);
  noteLoss();
  lostBefore = found === FOUND ? presentRestart() : i32.MAX_VALUE;
  openInterval();
  return true;
}

function lose(end: i32): void {
  if (isDirect) greyMcus(row, x, end);
  // Nobody waits for the rows of a scan that is kept.
  else if (lostBefore === i32.MAX_VALUE) row = unitsHigh - 1;
  isRowSound = false;
  x = end;
}

function endRow(): i32 {
  row += 1;
  x = 0;
  if (isDirect && isRowSound) noteDirectRow(row);
  if (!isDirect && isScanSound) noteKeptRows(row);
  isRowSound = true;
  return row < unitsHigh ? MORE : DONE;
}

function decodeUnits(first: i32, end: i32): i32 {
  if (isDirect) return decodeMcus(row, first, end);
  if (!isProgressive()) return keepMcus(row, first, end);
  if (spectralStart() === 0) return decodeDc(row, first, end, approximationHigh() !== 0);
  if (approximationHigh() === 0) return decodeBands(row, first, end);
  return refineBands(row, first, end);
}
