import { reserve } from '../arena';
import { Component } from './component';
import { across, down, quantiser } from './quantisers';

/**
 * For each coefficient of a component, at 1 + its zig-zag index: where in a block it goes (low 16 bits, in bytes) and
 * what it is multiplied by (high 16 bits). A block is 8 columns of 8 coefficients of 16 bits, column by column, which
 * is the order in which `idct.ts` wants them; those that the scale does not need go behind it.
 */
const BLOCK_BYTES = 128;
const UNNEEDED = BLOCK_BYTES;

/** Bits of a place that are set for frequencies from 4 on, horizontal and vertical. */
export const HIGH_ACROSS = 64;
export const HIGH_DOWN = 8;
/** All bits of a place inside the block. */
export const PLACE = 127;

/** Makes the table from what DQT said last (B.2.4.1 lets it change between scans). @returns false without memory */
export function latchQuantiser(component: Component): bool {
  const table = reserve(4 * 65);
  if (table === 0) return false;
  store<u32>(table, UNNEEDED);
  for (let k = 0; k < 64; k++) {
    const place = isNeeded(component, k) ? across(k) * 16 + down(k) * 2 : UNNEEDED;
    store<u32>(table + 4 * k, ((<u32>quantiser(component.quantiser, k)) << 16) | place, 4);
  }
  component.dequantiser = table;
  return true;
}

export function isNeeded(component: Component, k: i32): bool {
  return ((component.needed >> (<u64>k)) & 1) !== 0;
}

export function clearBlock(block: usize): void {
  for (let i: usize = 0; i < <usize>BLOCK_BYTES; i += 16) v128.store(block + i, i64x2.splat(0));
}
