import { mark, release, reserve } from '../../arena';
import { BROKEN, NO_MEMORY, OK } from '../status';
import { isOverrun, takeBits } from './bits';
import { prepareDistances } from './distances';
import { GROUP_BYTES, readCacheBits, readGroup, skipGroup } from './group';
import { Coded } from './coded';
import { decodePixels } from './pixels';
import { openWindow, pixelsAt } from './window';

const GREENS: u32 = 256 + 24;
const PIECE = 65_536;

/** Blocks of 2^bits pixels that cover so many. */
export function blocksOf(pixels: i32, bits: i32): i32 {
  return (pixels + (1 << bits) - 1) >> bits;
}

/**
 * Reads a picture that serves another one: codes of its own, but neither groups nor transforms (RFC 9649, 3.8.3).
 * @param to room for width × height pixels, ARGB @returns a status
 */
export function readSmallPicture(width: i32, height: i32, to: usize): i32 {
  const before = mark();
  let status = openPicture(width, height, false);
  // Taken piece by piece, before it leaves the window.
  for (let done = 0; status === OK && done < Coded.pixels;) {
    const next = min(done + PIECE, Coded.pixels);
    status = decodePixels(next);
    if (status !== OK) break;
    for (; done < next; done++, to += 4) store<u32>(to, load<u32>(pixelsAt(done)));
  }
  release(before);
  return status;
}

/** Reads everything before the pixels. @param isWhole whether it is the picture itself @returns a status */
export function openPicture(width: i32, height: i32, isWhole: bool): i32 {
  prepareDistances();
  const cacheBits = readCacheBits();
  if (cacheBits < 0) return BROKEN;
  let status: i32 = OK;
  let groups: usize = 0;
  let blockBits = 0;
  let blocksAcross = 0;
  let blocksDown = 0;
  if (isWhole && takeBits(1) === 1) {
    blockBits = <i32>takeBits(3) + 2;
    blocksAcross = blocksOf(width, blockBits);
    blocksDown = blocksOf(height, blockBits);
    groups = reserve((<usize>blocksAcross * <usize>blocksDown) << 2);
    if (groups === 0) return NO_MEMORY;
    status = readSmallPicture(blocksAcross, blocksDown, groups);
  } else {
    groups = reserve(GROUP_BYTES);
    if (groups === 0) return NO_MEMORY;
  }
  if (status !== OK || isOverrun()) return status !== OK ? status : BROKEN;
  Coded.cacheBits = cacheBits;
  Coded.cache = 0;
  const greens = GREENS + (cacheBits > 0 ? 1 << cacheBits : 0);
  status = blocksAcross > 0 ? readGroups(groups, blocksAcross * blocksDown, greens) : readGroup(groups, greens);
  if (status !== OK) return status;
  if (cacheBits > 0) {
    Coded.cache = reserve((<usize>4) << cacheBits);
    if (Coded.cache === 0) return NO_MEMORY;
    memory.fill(Coded.cache, 0, (<usize>4) << cacheBits);
  }
  Coded.groups = groups;
  Coded.blockBits = blockBits;
  Coded.blocksAcross = blocksAcross;
  Coded.width = width;
  Coded.pixels = width * height;
  Coded.column = 0;
  Coded.row = 0;
  return openWindow(Coded.pixels) ? OK : NO_MEMORY;
}

/**
 * Reads all groups (RFC 9649, 3.7.2.2), keeps those that a block uses, and writes where its group lies in the place of
 * each block's number.
 */
function readGroups(blocks: usize, count: i32, greens: u32): i32 {
  const end = blocks + ((<usize>count) << 2);
  let last: u32 = 0;
  for (let at = blocks; at < end; at += 4) last = max(last, numberOf(at));
  const records = reserve((<usize>last + 1) << 2);
  if (records === 0) return NO_MEMORY;
  memory.fill(records, 0, (<usize>last + 1) << 2);
  for (let at = blocks; at < end; at += 4) store<u32>(records + (numberOf(at) << 2), 1);
  for (let group: u32 = 0; group <= last; group++) {
    const record = records + (group << 2);
    if (load<u32>(record) === 0) {
      if (skipGroup(greens) !== OK) return BROKEN;
      continue;
    }
    const fields = reserve(GROUP_BYTES);
    if (fields === 0) return NO_MEMORY;
    const status = readGroup(fields, greens);
    if (status !== OK) return status;
    store<usize>(record, fields);
  }
  for (let at = blocks; at < end; at += 4) store<u32>(at, load<u32>(records + (numberOf(at) << 2)));
  return OK;
}

/** Red and green of an entropy picture's pixel are its group's number. */
function numberOf(block: usize): u32 {
  return (load<u32>(block) >> 8) & 0xffff;
}
