import { forgetColourSpace } from './colour-space';
import { componentAt } from './component';
import { isNeeded, latchQuantiser } from './dequantiser';
import { forgetTables } from './entropy/huffman';
import { setInterval } from './entropy/restarts';
import { decodeRow, openUnits } from './entropy/scan';
import { forgetFrame, isProgressive, jpegComponents, mcusHigh } from './frame';
import { openPicture } from './opening';
import { forgetQuantisers } from './quantisers';
import { fillCosines } from './samples/cosines';
import { restoreMcus } from './samples/restore';
import { sendRows } from './samples/rows';
import { scaleFor } from './scale';
import { approximationLow, openScan, scanMember, scanMembers, spectralEnd, spectralStart } from './scan-header';
import { forgetSegments, hasEnded, readSegments, readStart } from './segments';
import { forgetSoundness, goodRows, noteLoss } from './soundness';
import { BAD_CALL, BAD_SEGMENT, DONE, MORE, NEED_INPUT, NO_MEMORY, TOO_MANY_SCANS } from './status';
import { openWindow } from './window';

/** What is to be done next. */
const START = 0;
const HEADER = 1;
const READY = 2;
/** Between scans that are kept. */
const SEGMENTS = 3;
const SCAN = 4;
/** All scans are there; samples are made of them. */
const SAMPLES = 5;
const COMPLETE = 6;
const FAILED = 7;

/** Each scan may take a look at each block. Encoders write some ten. */
const SCANS_MAX = 100;

let state = FAILED;
let isDirect = false;
let rowsDone = 0;
let scans = 0;

/** Begins with a new file. @returns a status */
export function jpegOpen(): i32 {
  forgetFrame();
  forgetTables();
  forgetQuantisers();
  forgetColourSpace();
  forgetSegments();
  forgetSoundness();
  setInterval(0);
  fillCosines();
  state = START;
  scans = 0;
  rowsDone = 0;
  return openWindow() ? DONE : fail(NO_MEMORY);
}

/** Reads up to the first scan. @returns DONE, NEED_INPUT or what is wrong */
export function jpegHeader(): i32 {
  if (state === START) {
    const status = readStart();
    if (status !== DONE) return status === NEED_INPUT ? status : fail(status);
    state = HEADER;
  }
  if (state !== HEADER) return BAD_CALL;
  const status = readSegments();
  if (status === NEED_INPUT) return status;
  if (status === DONE) return fail(BAD_SEGMENT);
  if (status !== MORE) return fail(status);
  state = READY;
  return DONE;
}

function fail(status: i32): i32 {
  state = FAILED;
  return status;
}

/** Whether coefficients must be kept until all scans are there; known with the header. */
export function jpegIsCostly(): bool {
  return isProgressive() || scanMembers() !== jpegComponents();
}

/**
 * Chooses the scale and makes room.
 * @param width of the picture that is wanted, as it lies in the file, at most the photo's; `height` too
 * @returns a status
 */
export function jpegStart(width: i32, height: i32): i32 {
  if (state !== READY) return BAD_CALL;
  isDirect = !jpegIsCostly();
  const n = scaleFor(width, height);
  let status = openPicture(n, false, isDirect, width, height);
  if (status === NO_MEMORY && !isDirect) status = openPicture(n, true, isDirect, width, height);
  if (status === DONE) status = beginScan();
  return status === DONE ? status : fail(status);
}

function beginScan(): i32 {
  scans += 1;
  if (scans > SCANS_MAX) return TOO_MANY_SCANS;
  if (isSkipped()) {
    // Its bits are passed when the next marker is looked for.
    state = SEGMENTS;
    return DONE;
  }
  const status = openScan();
  if (status !== DONE) return status;
  openUnits(isDirect);
  state = SCAN;
  return DONE;
}

/** A band of AC that the scale shows nothing of, and that no refinement will ask about. */
function isSkipped(): bool {
  if (!isProgressive() || spectralStart() === 0) return false;
  const component = componentAt(scanMember(0));
  if (component.nonZero === 0) return true;
  if (approximationLow() > 0) return false;
  for (let k = spectralStart(); k <= spectralEnd(); k++) if (isNeeded(component, k)) return false;
  return true;
}

/** Works at most a row of MCUs or blocks long. @returns DONE, MORE, NEED_INPUT or what is wrong */
export function jpegStep(): i32 {
  if (state === SCAN) return stepScan();
  if (state === SEGMENTS) return stepSegments();
  if (state === SAMPLES) return stepSamples();
  return state === COMPLETE ? DONE : BAD_CALL;
}

function stepScan(): i32 {
  const status = decodeRow();
  if (status === NEED_INPUT) return status;
  if (isDirect) return sendNextRows();
  if (status === DONE) state = SEGMENTS;
  return MORE;
}

function stepSegments(): i32 {
  const status = readSegments();
  if (status === NEED_INPUT) return status;
  if (status === MORE) {
    const begun = beginScan();
    if (begun === DONE) return MORE;
    if (begun === TOO_MANY_SCANS || begun === NO_MEMORY) return fail(begun);
  }
  // The end of the file, or a segment that makes no sense: what came before stands.
  if (!hasEnded()) noteLoss();
  for (let i = 0; i < jpegComponents(); i++) {
    const component = componentAt(i);
    if (component.dequantiser === 0 && !latchQuantiser(component)) return fail(NO_MEMORY);
  }
  state = SAMPLES;
  return MORE;
}

function stepSamples(): i32 {
  restoreMcus(rowsDone);
  return sendNextRows();
}

function sendNextRows(): i32 {
  rowsDone += 1;
  const status = sendRows(rowsDone);
  if (status !== DONE) return fail(status);
  if (rowsDone < mcusHigh()) return MORE;
  state = COMPLETE;
  return DONE;
}

/** Rows of the photo, of its full height, that are as they were meant; the rest is grey. */
export function jpegGoodRows(): i32 {
  return goodRows(isDirect);
}
