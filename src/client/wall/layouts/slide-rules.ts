import { chanceOf } from '../settings-rules.ts';
import type { Size } from './layout.ts';

/** Whether a photo may fill the whole place: only when at most a quarter of it is cut off, as of a phone's 4:3 on 16:9. */
export function fills(photo: Size, place: Size): boolean {
  const ratio = photo.width / photo.height / (place.width / place.height);
  return ratio > 0.74 && ratio < 1.35;
}

/**
 * A slow drift, as a camera makes it: in or out, towards a point that the photo chooses. A photo that fills its
 * place never shows an edge of itself; one that stands whole moves less.
 */
export function drift(id: string, isFilled: boolean): { from: string; to: string } {
  const zoom = isFilled ? 1.09 : 1.035;
  const reach = isFilled ? (zoom - 1) * 50 * 0.8 : 0;
  const x = (chanceOf(id, 'x') * 2 - 1) * reach;
  const y = (chanceOf(id, 'y') * 2 - 1) * reach;
  const near = `translate(${x.toFixed(2)}%, ${y.toFixed(2)}%) scale(${zoom})`;
  const far = 'translate(0, 0) scale(1)';
  return chanceOf(id, 'way') < 0.5 ? { from: far, to: near } : { from: near, to: far };
}
