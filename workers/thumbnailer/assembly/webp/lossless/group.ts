import { release, reserve } from '../../arena';
import { BROKEN, NO_MEMORY, OK } from '../status';
import { takeBits } from './bits';
import { readLengths } from './prefix-code';
import { Built, ENTRIES_MAX, ROOT_BITS, buildTable } from './prefix-table';

/**
 * The five prefix codes of a group (RFC 9649, 3.7.2.2). Fields of a record, all of 32 bits: where the tables of green
 * (with lengths and places of the colour cache), red, blue, alpha and distances lie, what kind of group it is, and
 * what the kind has.
 */
export const GREEN = 0;
export const RED = 4;
export const BLUE = 8;
export const ALPHA = 12;
export const DISTANCE = 16;
export const KIND = 20;
/** of `FIXED` groups, a colour; of `FIXED_BUT_GREEN` and `FIXED_ALPHA`, the parts of one that never change */
export const COLOUR = 24;
export const PACKED = 28;
export const GROUP_BYTES: usize = 32;

/** All four channels have a code of their own. */
export const ANY: u32 = 0;
/** Alpha is the same everywhere, as in every opaque picture. */
const FIXED_ALPHA: u32 = 1;
/** Red, blue and alpha are the same everywhere. */
export const FIXED_BUT_GREEN: u32 = 2;
/** One colour, of which no bits are written. */
export const FIXED: u32 = 3;
/** One lookup gives all four channels. */
export const SHORT: u32 = 4;

/** A packed entry has a colour, and how many bits it takes; or a symbol of green that is no literal. */
export const PACKED_BITS: u32 = 6;
export const NO_LITERAL: u32 = 0x100;

const CODES: usize = 5;
const DISTANCE_SYMBOLS: u32 = 40;

/** Reads the codes of a group into the record at `group`. @param greens symbols of green @returns a status */
export function readGroup(group: usize, greens: u32): i32 {
  let longest: u32 = 0;
  let fixed: u32 = 0;
  for (let code: usize = 0; code < CODES; code++) {
    const symbols: u32 = code === 0 ? greens : code < 4 ? 256 : DISTANCE_SYMBOLS;
    if (!readLengths(symbols)) return BROKEN;
    const table = reserve(ENTRIES_MAX << 2);
    if (table === 0) return NO_MEMORY;
    const entries = buildTable(table, ROOT_BITS, symbols);
    if (entries === 0) return BROKEN;
    // Only what the table takes is kept.
    release(table + (entries << 2));
    store<usize>(group + (code << 2), table);
    if (code < 4) longest += Built.longest;
    if (code < 4 && Built.longest === 0) fixed |= 1 << (<u32>code);
  }
  return settleKind(group, longest, fixed);
}

/** Passes the codes of a group that no pixel uses. */
export function skipGroup(greens: u32): i32 {
  for (let code: usize = 0; code < CODES; code++) {
    if (!readLengths(code === 0 ? greens : code < 4 ? 256 : DISTANCE_SYMBOLS)) return BROKEN;
  }
  return OK;
}

/** @param fixed bits 0 to 3: whether green, red, blue, alpha have one symbol only */
function settleKind(group: usize, longest: u32, fixed: u32): i32 {
  const green = load<u32>(load<usize>(group, GREEN)) >> 16;
  const red = load<u32>(load<usize>(group, RED)) & 0xff0000;
  const blue = load<u32>(load<usize>(group, BLUE)) >> 16;
  const alpha = (load<u32>(load<usize>(group, ALPHA)) << 8) & 0xff000000;
  store<u32>(group, ANY, KIND);
  store<u32>(group, 0, COLOUR);
  if (fixed === 15 && green < 256) {
    store<u32>(group, FIXED, KIND);
    store<u32>(group, alpha | red | (green << 8) | blue, COLOUR);
  } else if (longest <= PACKED_BITS) {
    return pack(group);
  } else if ((fixed & 14) === 14) {
    store<u32>(group, FIXED_BUT_GREEN, KIND);
    store<u32>(group, alpha | red | blue, COLOUR);
  } else if ((fixed & 8) !== 0) {
    store<u32>(group, FIXED_ALPHA, KIND);
    store<u32>(group, alpha, COLOUR);
  }
  return OK;
}

function pack(group: usize): i32 {
  const packed = reserve(8 << PACKED_BITS);
  if (packed === 0) return NO_MEMORY;
  store<usize>(group, packed, PACKED);
  store<u32>(group, SHORT, KIND);
  for (let bits: u32 = 0; bits < 1 << PACKED_BITS; bits++) {
    const green = load<u32>(load<usize>(group, GREEN) + (bits << 2));
    let length = green & 255;
    let colour = green >> 16;
    if (colour >= 256) length |= NO_LITERAL;
    else {
      const red = load<u32>(load<usize>(group, RED) + ((bits >> length) << 2));
      length += red & 255;
      const blue = load<u32>(load<usize>(group, BLUE) + ((bits >> length) << 2));
      length += blue & 255;
      const alpha = load<u32>(load<usize>(group, ALPHA) + ((bits >> length) << 2));
      length += alpha & 255;
      colour = (colour << 8) | (red & 0xff0000) | (blue >> 16) | ((alpha << 8) & 0xff000000);
    }
    store<u32>(packed + (bits << 3), colour);
    store<u32>(packed + (bits << 3), length, 4);
  }
  return OK;
}

/** Whether the picture has a colour cache, and how many bits its places have (RFC 9649, 3.6.2.3); -1 for impossible. */
export function readCacheBits(): i32 {
  if (takeBits(1) === 0) return 0;
  const bits = <i32>takeBits(4);
  return bits >= 1 && bits <= 11 ? bits : -1;
}
