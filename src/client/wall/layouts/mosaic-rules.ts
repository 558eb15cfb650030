import type { Size } from './layout.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const ROWS_MAX = 5;

/** Where rows begin so that their widths differ as little as may be: the squares of the differences are least. */
function rowsOf(aspects: readonly number[], rows: number): number[][] {
  const ideal = aspects.reduce((sum, aspect) => sum + aspect, 0) / rows;
  // best[r][n]: the first n in r rows
  const best: { cost: number; from: number }[][] = [aspects.map(() => ({ cost: Infinity, from: 0 }))];
  best[0]!.push({ cost: Infinity, from: 0 });
  best[0]![0] = { cost: 0, from: 0 };
  for (let row = 1; row <= rows; row++) {
    const line: { cost: number; from: number }[] = [{ cost: Infinity, from: 0 }];
    for (let end = 1; end <= aspects.length; end++) {
      let [cost, from, sum] = [Infinity, 0, 0];
      for (let start = end - 1; start >= 0; start--) {
        sum += aspects[start]!;
        const whole = best[row - 1]![start]!.cost + (sum - ideal) ** 2;
        if (whole < cost) [cost, from] = [whole, start];
      }
      line.push({ cost, from });
    }
    best.push(line);
  }
  const made: number[][] = [];
  for (let [row, end] = [rows, aspects.length]; row > 0; row--) {
    const { from } = best[row]![end]!;
    made.unshift(aspects.slice(from, end));
    end = from;
  }
  return made;
}

/**
 * Boxes that fill the whole place in rows, each as near to its picture's own shape as the number of rows allows.
 * @param aspects width by height of each, in order
 */
export function justify(aspects: readonly number[], { width, height }: Size, gap: number): Box[] {
  if (aspects.length === 0) return [];
  let best: { rows: number[][]; heights: number[]; loss: number } | null = null;
  for (let count = 1; count <= Math.min(ROWS_MAX, aspects.length); count++) {
    const rows = rowsOf(aspects, count);
    const heights = rows.map((row) => (width - gap * (row.length - 1)) / row.reduce((sum, aspect) => sum + aspect, 0));
    const stretch = (height - gap * (count - 1)) / heights.reduce((sum, one) => sum + one, 0);
    const loss = Math.abs(Math.log(stretch)) + 0.3 * Math.log(Math.max(...heights) / Math.min(...heights));
    if (!best || loss < best.loss) best = { rows, heights: heights.map((one) => one * stretch), loss };
  }
  const boxes: Box[] = [];
  let y = 0;
  best!.rows.forEach((row, at) => {
    const rowHeight = best!.heights[at]!;
    const sum = row.reduce((total, aspect) => total + aspect, 0);
    let x = 0;
    for (const aspect of row) {
      const boxWidth = ((width - gap * (row.length - 1)) * aspect) / sum;
      boxes.push({ x, y, width: boxWidth, height: rowHeight });
      x += boxWidth + gap;
    }
    y += rowHeight + gap;
  });
  return boxes;
}

/** Which of the tiles a newcomer takes: among the older half, the one whose shape it fits best. */
export function tileFor(aspect: number, tiles: readonly { aspect: number; since: number }[]): number {
  const older = tiles
    .map((tile, index) => ({ ...tile, index }))
    .sort((a, b) => a.since - b.since)
    .slice(0, Math.ceil(tiles.length / 2));
  const loss = (tile: { aspect: number }) => Math.abs(Math.log(tile.aspect / aspect));
  return older.reduce((best, tile) => (loss(tile) < loss(best) ? tile : best)).index;
}

const STEPS = 12;

/**
 * The way from one box to another as keyframes: of the tile, and of what is in it, which is scaled evenly all the
 * time and covers its tile, so that no picture is ever out of shape.
 */
export function passage(from: Box, to: Box): { outer: string; inner: string }[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const rest = (1 - step / STEPS) ** 3;
    const x = (from.x - to.x) * rest;
    const y = (from.y - to.y) * rest;
    const across = 1 + (from.width / to.width - 1) * rest;
    const down = 1 + (from.height / to.height - 1) * rest;
    const even = Math.max(across, down);
    return {
      outer: `translate(${x}px, ${y}px) scale(${across}, ${down})`,
      inner: `scale(${even / across}, ${even / down})`,
    };
  });
}
