import { chanceOf } from '../settings-rules.ts';

export interface Spot {
  /** centre, as a part of the place's width and height, from where lines begin */
  x: number;
  y: number;
  degrees: number;
}

/** Far from the last one each time, so that the eye travels; the last cell is the code's. */
const ORDER_WIDE = [0, 6, 2, 4, 1, 5, 3] as const;
const ORDER_TALL = [0, 3, 4, 1, 2] as const;
/** Of the place at each edge: a turned card is not cut. */
const MARGIN = 0.02;
export const SPOTS = { wide: ORDER_WIDE.length, upright: ORDER_TALL.length };

/** Eight places on a wide screen; six on a tall one, whose cards have room for a name. */
export const gridOf = (isTall: boolean) => (isTall ? { columns: 2, rows: 3 } : { columns: 4, rows: 2 });

/** Where a card lies, each a little off and turned. */
export function spotOf(cell: number, id: string, isTall: boolean): Spot {
  const { columns, rows } = gridOf(isTall);
  const order = isTall ? ORDER_TALL : ORDER_WIDE;
  const index = order[cell % order.length] || 0;
  const [column, row] = [index % columns, Math.floor(index / columns)];
  const off = (salt: string, most: number) => (chanceOf(id, salt) * 2 - 1) * most;
  return {
    x: MARGIN + ((column + 0.5 + off('x', isTall ? 0.03 : 0.08)) / columns) * (1 - 2 * MARGIN),
    y: MARGIN + ((row + 0.5 + off('y', 0.02)) / rows) * (1 - 2 * MARGIN),
    degrees: off('turn', 6),
  };
}
