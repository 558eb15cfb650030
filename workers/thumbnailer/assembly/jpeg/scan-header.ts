import { componentAt } from './component';
import { latchQuantiser } from './dequantiser';
import { AC, DC, PROGRESSIVE_AC, tableFor } from './entropy/huffman';
import { jpegComponents, isProgressive } from './frame';
import { hasQuantiser } from './quantisers';
import { BAD_SEGMENT, DONE, NO_MEMORY } from './status';

/** The scan header (B.2.3). */

/** In an MCU of several components (B.2.3). */
const BLOCKS_MAX = 10;

let count = 0;
/** Indices of the scan's components. */
const members: usize = memory.data(4);
const tableIds: usize = memory.data(4);
let bandStart = 0;
let bandEnd = 63;
let bitHigh = 0;
let bitLow = 0;

/** Reads SOS without its consequences. @returns a status */
export function readScan(at: usize, bytes: i32): i32 {
  count = 0;
  const listed = bytes > 0 ? <i32>load<u8>(at) : 0;
  if (listed < 1 || listed > jpegComponents() || bytes !== 4 + 2 * listed) return BAD_SEGMENT;
  for (let i = 0; i < listed; i++) {
    if (!readMember(i, <i32>load<u8>(at + 1 + 2 * i), <i32>load<u8>(at + 2 + 2 * i))) return BAD_SEGMENT;
  }
  at += 1 + 2 * listed;
  bandStart = <i32>load<u8>(at);
  bandEnd = <i32>load<u8>(at, 1);
  bitHigh = (<i32>load<u8>(at, 2)) >> 4;
  bitLow = (<i32>load<u8>(at, 2)) & 15;
  count = listed;
  if (count > 1 && blocksInMcu() > BLOCKS_MAX) return BAD_SEGMENT;
  if (isProgressive()) return isBand() ? DONE : BAD_SEGMENT;
  // Whatever is written there by sequential encoders, it is this.
  bandStart = 0;
  bandEnd = 63;
  bitHigh = 0;
  bitLow = 0;
  return DONE;
}

function blocksInMcu(): i32 {
  let blocks = 0;
  for (let i = 0; i < count; i++) blocks += componentAt(scanMember(i)).h * componentAt(scanMember(i)).v;
  return blocks;
}

function readMember(i: i32, id: i32, ids: i32): bool {
  for (let j = 0; j < jpegComponents(); j++) {
    if (componentAt(j).id !== id) continue;
    // In the frame's order, each once.
    if (i > 0 && j <= <i32>load<u8>(members + i - 1)) return false;
    store<u8>(members + i, j);
    store<u8>(tableIds + i, ids);
    return true;
  }
  return false;
}

/** G.1.1.1: DC alone, for any components, or a band of AC of one. */
function isBand(): bool {
  if (bitLow > 13 || (bitHigh !== 0 && bitHigh !== bitLow + 1)) return false;
  if (bandStart === 0) return bandEnd === 0;
  return count === 1 && bandEnd >= bandStart && bandEnd < 64;
}

/** Makes ready what the scan's components need. @returns a status */
export function openScan(): i32 {
  for (let i = 0; i < count; i++) {
    const component = componentAt(scanMember(i));
    const ids = <i32>load<u8>(tableIds + i);
    component.prediction = 0;
    component.dcTable = 0;
    component.acTable = 0;
    if (component.dequantiser === 0) {
      if (!hasQuantiser(component.quantiser)) return BAD_SEGMENT;
      if (!latchQuantiser(component)) return NO_MEMORY;
    }
    if (bandStart === 0 && bitHigh === 0) {
      component.dcTable = tableFor(DC, ids >> 4);
      if (component.dcTable === 0) return BAD_SEGMENT;
    }
    if (bandEnd > 0) {
      component.acTable = tableFor(isProgressive() ? PROGRESSIVE_AC : AC, ids & 15);
      if (component.acTable === 0) return BAD_SEGMENT;
    }
  }
  return DONE;
}

/** How many components the scan has. */
export function scanMembers(): i32 {
  return count;
}

/** Index of the scan's `i`th component in the frame. */
export function scanMember(i: i32): i32 {
  return <i32>load<u8>(members + i);
}

/** First and last coefficient (Ss, Se), and the bits that came before and come now (Ah, Al). */
export function spectralStart(): i32 {
  return bandStart;
}

export function spectralEnd(): i32 {
  return bandEnd;
}

export function approximationHigh(): i32 {
  return bitHigh;
}

export function approximationLow(): i32 {
  return bitLow;
}
