import { reserve } from '../arena';
import { Component, componentAt } from './component';
import { clearBlock, isNeeded } from './dequantiser';
import { jpegComponents } from './frame';
import { across, down } from './quantisers';

/**
 * Coefficients of photos that come in several scans (progressive, or one component after the other): of each block
 * only those that the scale needs, 16 bits each, column by column; and for refinements, which
 * depend on it, the set of all coefficients that are not zero (G.1.2.3), one bit each by zig-zag index.
 */
const BYTES_MAX: u64 = 1 << 30;

/** For each component and zig-zag index, where the coefficient is in what is kept of a block. */
const places: usize = memory.data(4 * 64, 16);
/** For those that are not kept. */
export const NOT_KEPT = 255;

/** @param hasSets only progressive photos need them @returns false without memory */
export function openCoefficients(hasSets: bool): bool {
  for (let i = 0; i < jpegComponents(); i++) {
    const component = componentAt(i);
    fillPlaces(component, placesOf(i));
    component.coefficientBytes = 2 * component.samplesWide * component.samplesHigh;
    const blocks = <u64>component.paddedWide * <u64>component.paddedHigh;
    const bytes = blocks * <u64>component.coefficientBytes;
    if (bytes > BYTES_MAX) return false;
    component.coefficients = reserve(<usize>bytes);
    if (component.coefficients === 0) return false;
    memory.fill(component.coefficients, 0, <usize>bytes);
    if (!hasSets || component.lastNeeded === 0) continue;
    component.nonZero = reserve((<usize>blocks) << 3);
    if (component.nonZero === 0) return false;
    memory.fill(component.nonZero, 0, (<usize>blocks) << 3);
  }
  return true;
}

export function placesOf(i: i32): usize {
  return places + ((<usize>i) << 6);
}

function fillPlaces(component: Component, to: usize): void {
  for (let k = 0; k < 64; k++) {
    const place = isNeeded(component, k) ? 2 * (across(k) * component.samplesHigh + down(k)) : NOT_KEPT;
    store<u8>(to + k, place);
  }
}

/** The set that holds coefficient `k` alone. */
export function setOf(k: i32): u64 {
  const index: u64 = k;
  const one: u64 = 1;
  return one << index;
}

export function blockIndex(component: Component, x: i32, y: i32): usize {
  return <usize>y * <usize>component.paddedWide + <usize>x;
}

export function coefficientsAt(component: Component, block: usize): usize {
  return component.coefficients + block * <usize>component.coefficientBytes;
}

/** Keeps what the scale needs of a block of a sequential photo, which is dequantised already. */
export function keepBlock(component: Component, index: usize, from: usize): void {
  let to = coefficientsAt(component, index);
  const columnBytes = <usize>(2 * component.samplesHigh);
  for (let u = 0; u < component.samplesWide; u++, from += 16, to += columnBytes) memory.copy(to, from, columnBytes);
}

/** The inverse of `keepBlock`. */
export function restoreBlock(component: Component, index: usize, to: usize): void {
  let from = coefficientsAt(component, index);
  const columnBytes = <usize>(2 * component.samplesHigh);
  clearBlock(to);
  for (let u = 0; u < component.samplesWide; u++, from += columnBytes, to += 16) memory.copy(to, from, columnBytes);
}

/**
 * Dequantises what is kept of a block of a progressive photo into one for `idct.ts`.
 * @returns the bits of all places (see `dequantiser.ts`) where coefficients are
 */
export function expandBlock(i: i32, component: Component, index: usize, to: usize): i32 {
  const from = coefficientsAt(component, index);
  const kept = placesOf(i);
  clearBlock(to);
  const dc = load<u32>(component.dequantiser, 4);
  store<i16>(to, <i32>load<i16>(from) * <i32>(dc >> 16));
  let seen = 0;
  if (component.nonZero === 0) return seen;
  let rest = load<u64>(component.nonZero + (index << 3)) & component.needed;
  for (rest &= ~1; rest !== 0; rest &= rest - 1) {
    const k = <usize>ctz(rest);
    const entry = load<u32>(component.dequantiser + (k << 2), 4);
    const value = <i32>load<i16>(from + <usize>load<u8>(kept + k)) * <i32>(entry >> 16);
    store<i16>(to + (entry & 0xffff), value);
    seen |= value === 0 ? 0 : <i32>(entry & 0xffff);
  }
  return seen;
}
