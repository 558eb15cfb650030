/** One photo of the strip and the space after it, in pixels. */
export const STEP_PX = 80;
/** Drawn beyond both edges, so that scrolling shows no holes. */
const BEYOND = 8;

export interface Span {
  from: number;
  /** one after the last */
  to: number;
}

/** The photos to draw for a scroll position, of `total`. */
export function spanOf(scrollPx: number, widthPx: number, total: number): Span {
  const from = Math.max(0, Math.floor(scrollPx / STEP_PX) - BEYOND);
  return { from: Math.min(from, total), to: Math.min(total, Math.ceil((scrollPx + widthPx) / STEP_PX) + BEYOND) };
}

/** Where to scroll so that a photo is in the middle, as far as the ends allow. */
export function centred(place: number, widthPx: number, total: number): number {
  const wanted = place * STEP_PX + STEP_PX / 2 - widthPx / 2;
  return Math.max(0, Math.min(wanted, total * STEP_PX - widthPx));
}
