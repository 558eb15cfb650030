import { expandBlock, restoreBlock } from '../coefficients';
import { componentAt } from '../component';
import { PLACE } from '../dequantiser';
import { scratch } from '../entropy/sequential-scan';
import { isProgressive, jpegComponents } from '../frame';
import { idct } from './idct';
import { blockAt } from './lines';

/** Makes samples of a row of MCUs whose coefficients were kept. */
export function restoreMcus(mcuRow: i32): void {
  for (let i = 0; i < jpegComponents(); i++) {
    const component = componentAt(i);
    for (let y = 0; y < component.v; y++) {
      let index = <usize>((mcuRow * component.v + y) * component.paddedWide);
      for (let x = 0; x < component.paddedWide; x++, index++) {
        let places = PLACE;
        if (isProgressive()) places = expandBlock(i, component, index, scratch);
        else restoreBlock(component, index, scratch);
        const to = blockAt(component, mcuRow, y, x);
        idct(scratch, places, component.samplesWide, component.samplesHigh, to, <usize>component.lineBytes);
      }
    }
  }
}
