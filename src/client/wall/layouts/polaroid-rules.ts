import { chanceOf } from '../settings-rules.ts';

export interface Spot {
  /** centre, as a part of the place's width and height, from where lines begin */
  x: number;
  y: number;
  degrees: number;
}

/** Far from the last one each time, so that the eye travels; the last cell is the code's. */
const ORDER_WIDE = [0, 6, 2, 4, 1, 5, 3] as const;
const ORDER_TALL = [0, 5, 2, 4, 1, 3, 6] as const;
/** Of the place at each edge: a turned card is not cut. */
const MARGIN = 0.02;
export const SPOTS = ORDER_WIDE.length;

/** Where a card lies: cells of four by two (two by four on a tall screen), each card a little off and turned. */
export function spotOf(cell: number, id: string, isTall: boolean): Spot {
  const [columns, rows] = isTall ? [2, 4] : [4, 2];
  const index = (isTall ? ORDER_TALL : ORDER_WIDE)[cell % SPOTS] || 0;
  const [column, row] = [index % columns, Math.floor(index / columns)];
  const off = (salt: string, most: number) => (chanceOf(id, salt) * 2 - 1) * most;
  return {
    x: MARGIN + ((column + 0.5 + off('x', 0.08)) / columns) * (1 - 2 * MARGIN),
    y: MARGIN + ((row + 0.5 + off('y', 0.02)) / rows) * (1 - 2 * MARGIN),
    degrees: off('turn', 6),
  };
}
