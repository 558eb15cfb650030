import { blockIndex, keepBlock } from '../coefficients';
import { Component, componentAt } from '../component';
import { clearBlock } from '../dequantiser';
import { idct } from '../samples/idct';
import { blockAt } from '../samples/lines';
import { scanMember, scanMembers } from '../scan-header';
import { ranOut } from './bit-reader';
import { DAMAGED, decodeBlock } from './block';
import { hasUnit, isDamaged, reportDamage } from './units';

/** A block that is being decoded, and room behind it for what the scale does not need; see `dequantiser.ts`. */
export const scratch: usize = memory.data(144, 16);

/**
 * Decodes MCUs of an interleaved scan straight to samples.
 * @returns `end`, or the MCU that is damaged (which is reported) or not yet in the window
 */
export function decodeMcus(mcuRow: i32, first: i32, end: i32): i32 {
  for (let x = first; x < end; x++) {
    if (!hasUnit()) return x;
    for (let i = 0; i < scanMembers(); i++) {
      if (!decodeUnit(componentAt(scanMember(i)), mcuRow, x)) reportDamage();
    }
    if (ranOut()) reportDamage();
    if (isDamaged()) return x;
  }
  return end;
}

/** The blocks of one component in an MCU (A.2.3). */
function decodeUnit(component: Component, mcuRow: i32, mcu: i32): bool {
  const h = component.h;
  const wide = component.samplesWide;
  const high = component.samplesHigh;
  const stride = <usize>component.lineBytes;
  for (let y = 0; y < component.v; y++) {
    for (let x = 0; x < h; x++) {
      clearBlock(scratch);
      const places = decodeBlock(component, scratch);
      if (places === DAMAGED) return false;
      idct(scratch, places, wide, high, blockAt(component, mcuRow, y, mcu * h + x), stride);
    }
  }
  return true;
}

/**
 * Decodes MCUs of a sequential scan that has not all components: keeps their coefficients until the others come.
 * @returns as `decodeMcus`
 */
export function keepMcus(mcuRow: i32, first: i32, end: i32): i32 {
  for (let x = first; x < end; x++) {
    if (!hasUnit()) return x;
    for (let i = 0; i < scanMembers(); i++) {
      const component = componentAt(scanMember(i));
      const h = scanMembers() === 1 ? 1 : component.h;
      const v = scanMembers() === 1 ? 1 : component.v;
      for (let block = 0; block < h * v; block++) {
        const index = blockIndex(component, x * h + (block % h), mcuRow * v + block / h);
        clearBlock(scratch);
        if (decodeBlock(component, scratch) === DAMAGED) reportDamage();
        keepBlock(component, index, scratch);
      }
    }
    if (ranOut()) reportDamage();
    if (isDamaged()) return x;
  }
  return end;
}
