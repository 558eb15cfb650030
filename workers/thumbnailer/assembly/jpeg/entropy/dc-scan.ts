import { blockIndex, coefficientsAt } from '../coefficients';
import { Component, componentAt } from '../component';
import { approximationLow, scanMember, scanMembers } from '../scan-header';
import { ranOut, takeBits } from './bit-reader';
import { decodeDifference, NO_DIFFERENCE } from './block';
import { hasUnit, isDamaged, reportDamage } from './units';

/**
 * First bits of DC, or one more of them (G.1.2.1).
 * @returns `end`, or the unit that is damaged (which is reported) or not yet in the window
 */
export function decodeDc(row: i32, first: i32, end: i32, isRefinement: bool): i32 {
  for (let x = first; x < end; x++) {
    if (!hasUnit()) return x;
    for (let i = 0; i < scanMembers(); i++) {
      if (!decodeUnit(componentAt(scanMember(i)), row, x, isRefinement)) reportDamage();
    }
    if (ranOut()) reportDamage();
    if (isDamaged()) return x;
  }
  return end;
}

function decodeUnit(component: Component, row: i32, unit: i32, isRefinement: bool): bool {
  const h = scanMembers() === 1 ? 1 : component.h;
  const v = scanMembers() === 1 ? 1 : component.v;
  for (let y = 0; y < v; y++) {
    for (let x = 0; x < h; x++) {
      const at = coefficientsAt(component, blockIndex(component, unit * h + x, row * v + y));
      if (isRefinement) {
        store<i16>(at, (<i32>load<i16>(at)) | ((<i32>takeBits(1)) << approximationLow()));
        continue;
      }
      const difference = decodeDifference(component.dcTable);
      if (difference === NO_DIFFERENCE) return false;
      component.prediction += difference;
      store<i16>(at, component.prediction << approximationLow());
    }
  }
  return true;
}
