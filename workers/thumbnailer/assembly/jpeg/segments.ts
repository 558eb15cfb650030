import { segment } from '../env';
import { readApp0, readApp14 } from './colour-space';
import { defineTables } from './entropy/huffman';
import { goToMarker, setInterval } from './entropy/restarts';
import { jpegComponents, readFrame } from './frame';
import { defineQuantisers } from './quantisers';
import { readScan } from './scan-header';
import { BAD_SEGMENT, DONE, MORE, NEED_INPUT, NO_PICTURE, NOT_JPEG, UNSUPPORTED_PROCESS } from './status';
import { ahead, isLast, moveTo, position } from './window';

/** Markers and their segments (B.1.1, table B.1). */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DNL = 0xdc;
const DRI = 0xdd;
const DHT = 0xc4;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;

/** A segment that nobody wants and that is not all in the window: so many bytes are still to be passed. */
let unwanted: usize = 0;
let isOver = false;

export function forgetSegments(): void {
  unwanted = 0;
  isOver = false;
}

/** @returns DONE at the beginning of an image, else NEED_INPUT or NOT_JPEG */
export function readStart(): i32 {
  if (ahead() < 2) return isLast() ? NOT_JPEG : NEED_INPUT;
  if (load<u8>(position()) !== 0xff || <i32>load<u8>(position(), 1) !== SOI) return NOT_JPEG;
  moveTo(position() + 2);
  return DONE;
}

/**
 * Reads segments up to a scan, whose header is read, too.
 * @returns MORE when a scan begins, DONE at the end of the image, NEED_INPUT, or what is wrong
 */
export function readSegments(): i32 {
  while (true) {
    if (!passUnwanted()) return isLast() ? endEarly() : NEED_INPUT;
    if (isOver) return DONE;
    if (!goToMarker()) return isLast() ? endEarly() : NEED_INPUT;
    const at = position();
    const marker = <i32>load<u8>(at, 1);
    if (marker === EOI) {
      isOver = true;
      continue;
    }
    // RST, TEM and SOI have no segment.
    if ((marker >= 0xd0 && marker <= SOI) || marker === 1) {
      moveTo(at + 2);
      continue;
    }
    if (ahead() < 4) return isLast() ? endEarly() : NEED_INPUT;
    const bytes = <i32>bswap(load<u16>(at, 2)) - 2;
    if (bytes < 0) return BAD_SEGMENT;
    if (isWanted(marker)) {
      if (ahead() < <usize>bytes + 4) return isLast() ? endEarly() : NEED_INPUT;
      const status = readSegment(marker, at + 4, bytes);
      if (status !== DONE && status !== MORE) return status;
      moveTo(at + 4 + bytes);
      if (status === MORE) return MORE;
    } else {
      moveTo(at + 4);
      unwanted = bytes;
    }
  }
}

/** @returns false when the window ends before what is to be passed does */
function passUnwanted(): bool {
  const passed = min(unwanted, ahead());
  moveTo(position() + passed);
  unwanted -= passed;
  return unwanted === 0;
}

/** The file has no end of image. What came before may do. */
function endEarly(): i32 {
  return jpegComponents() > 0 ? DONE : NO_PICTURE;
}

/** Whether the image has come to its end as it should (EOI). */
export function hasEnded(): bool {
  return isOver;
}

function isFrame(marker: i32): bool {
  return marker >= 0xc0 && marker <= 0xcf && marker !== DHT && marker !== 0xc8 && marker !== 0xcc;
}

function isWanted(marker: i32): bool {
  if (marker >= 0xc0 && marker <= 0xdf) return true;
  return marker === APP0 || marker === APP1 || marker === APP2 || marker === APP14;
}

function readSegment(marker: i32, at: usize, bytes: i32): i32 {
  if (marker <= 0xc2 && marker >= 0xc0) return readFrame(marker, at, bytes);
  // Arithmetic coding (DAC, SOF9 and on), lossless and hierarchical processes, JPEG's own extensions, DNL.
  if (isFrame(marker) || marker === 0xc8 || marker === 0xcc || marker === DNL || marker > DRI) {
    if (marker < APP0) return UNSUPPORTED_PROCESS;
  }
  if (marker === DHT) return defineTables(at, bytes);
  if (marker === DQT) return defineQuantisers(at, bytes);
  if (marker === DRI) return readInterval(at, bytes);
  if (marker === APP0) readApp0(at, bytes);
  if (marker === APP14) readApp14(at, bytes);
  if (marker === APP1 || marker === APP2) segment(marker, at, bytes);
  if (marker !== SOS) return DONE;
  if (jpegComponents() === 0) return BAD_SEGMENT;
  const status = readScan(at, bytes);
  return status === DONE ? MORE : status;
}

function readInterval(at: usize, bytes: i32): i32 {
  if (bytes !== 2) return BAD_SEGMENT;
  setInterval(<i32>bswap(load<u16>(at)));
  return DONE;
}
