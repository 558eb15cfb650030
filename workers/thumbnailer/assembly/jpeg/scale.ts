import { Component, componentAt } from './component';
import { ceilDivide, hSamplingMax, jpegComponents, jpegHeight, jpegWidth, vSamplingMax } from './frame';
import { across, down } from './quantisers';
import { DONE, UNSUPPORTED_SAMPLING } from './status';

/**
 * A block of 8 × 8 can be turned into n × n samples from its n × n lowest frequencies, which reduces the picture to
 * n eighths at less cost than decoding it. Components that have fewer samples than the picture are given more
 * samples per block where there are frequencies for it, so that they need no stretching or less of it.
 */
let eighths = 8;

/** Whether a result of n eighths has at least this size; one side may lack the half pixel by which sizes are rounded. */
function covers(n: i32, width: i32, height: i32): bool {
  const spareWidth = jpegWidth() * n - 8 * width;
  const spareHeight = jpegHeight() * n - 8 * height;
  return max(spareWidth, spareHeight) >= 0 && min(spareWidth, spareHeight) >= -4;
}

function scaled(side: i32, n: i32): i32 {
  return ceilDivide(side * n, 8);
}

/** The smallest scale whose result is at least this large, 8 when there is none. */
export function scaleFor(width: i32, height: i32): i32 {
  for (let n = 1; n < 8; n++) if (isOffered(n) && covers(n, width, height)) return n;
  return 8;
}

/** Seven eighths cost more than eight, and not every sampling fits every scale. */
function isOffered(n: i32): bool {
  for (let i = 0; i < jpegComponents(); i++) {
    const component = componentAt(i);
    if (samplesFor(component.h, hSamplingMax(), n, 8) === 0) return false;
    if (samplesFor(component.v, vSamplingMax(), n, 8) === 0) return false;
  }
  return n !== 7;
}

/**
 * Gives each component its size.
 * @param isFrugal with as few samples per block as the result allows, which takes less memory for coefficients
 * @returns a status
 */
export function applyScale(n: i32, isFrugal: bool): i32 {
  eighths = n;
  for (let i = 0; i < jpegComponents(); i++) {
    const component = componentAt(i);
    component.samplesWide = samplesFor(component.h, hSamplingMax(), n, isFrugal ? n : 8);
    component.samplesHigh = samplesFor(component.v, vSamplingMax(), n, isFrugal ? n : 8);
    if (component.samplesWide === 0 || component.samplesHigh === 0) return UNSUPPORTED_SAMPLING;
    component.stretchWide = (hSamplingMax() * n) / (component.h * component.samplesWide);
    component.stretchHigh = (vSamplingMax() * n) / (component.v * component.samplesHigh);
    component.width = scaled(ceilDivide(jpegWidth() * component.h, hSamplingMax()), component.samplesWide);
    component.height = scaled(ceilDivide(jpegHeight() * component.v, vSamplingMax()), component.samplesHigh);
    chooseCoefficients(component);
  }
  return DONE;
}

/** The most samples per block, up to `most`, that the result's n eighths are a multiple of; 0 when there are none. */
function samplesFor(factor: i32, factorMax: i32, n: i32, most: i32): i32 {
  for (let samples = most; samples > 0; samples--) if ((factorMax * n) % (factor * samples) === 0) return samples;
  return 0;
}

function chooseCoefficients(component: Component): void {
  component.needed = 0;
  for (let k = 0; k < 64; k++) {
    if (across(k) < component.samplesWide && down(k) < component.samplesHigh) {
      component.needed |= (<u64>1) << k;
      component.lastNeeded = k;
    }
  }
}

/** How many eighths of the photo's size the result has. */
export function jpegScale(): i32 {
  return eighths;
}

/** Size of the picture that goes to the reducer. */
export function resultWidth(): i32 {
  return scaled(jpegWidth(), eighths);
}

export function resultHeight(): i32 {
  return scaled(jpegHeight(), eighths);
}

/** What the photo fills of it: its last column and row may be partly outside. */
export function filledWidth(): f64 {
  return (<f64>jpegWidth() * eighths) / 8;
}

export function filledHeight(): f64 {
  return (<f64>jpegHeight() * eighths) / 8;
}
