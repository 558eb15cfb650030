import { describe, expect, it } from 'vitest';
import { justify, passage, tileFor } from './mosaic-rules.ts';
import { spotOf, SPOTS } from './polaroid-rules.ts';
import { drift, fills } from './slide-rules.ts';

const TV = { width: 1920, height: 1080 };
const GAP = 8;

describe('a photo that has the whole screen', () => {
  it('fills it where little is cut off: a landscape does, a portrait does not', () => {
    expect(fills({ width: 1920, height: 1440 }, TV)).toBe(true);
    expect(fills({ width: 1920, height: 1280 }, TV)).toBe(true);
    expect(fills({ width: 1440, height: 1920 }, TV)).toBe(false);
    expect(fills({ width: 3000, height: 1000 }, TV)).toBe(false);
  });

  it('never shows an edge while it drifts', () => {
    for (let n = 0; n < 200; n++) {
      const { from, to } = drift(`photo-${n}`, true);
      for (const place of [from, to]) {
        const [, x = 0, y = 0, zoom = 1] = (
          /translate\(([-\d.]+)%?, ([-\d.]+)%?\) scale\(([\d.]+)\)/.exec(place) ?? []
        ).map(Number);
        expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual((zoom - 1) * 50);
      }
    }
  });
});

describe('a mosaic', () => {
  const shapes = [1.5, 0.75, 1.33, 0.7, 1.78, 1.5, 0.75, 1, 1.33, 0.75, 1.5, 0.8];

  it.each([1, 2, 3, 5, 7, 11, 12])(
    'of %i fills the screen, with the same gap everywhere and nothing over another',
    (count) => {
      const boxes = justify(shapes.slice(0, count), TV, GAP);
      expect(boxes).toHaveLength(count);
      const rows = [...new Set(boxes.map(({ y }) => y))];
      const last = boxes.at(-1)!;
      expect(last.y + last.height).toBeCloseTo(TV.height);
      for (const y of rows) {
        const row = boxes.filter((box) => box.y === y);
        expect(row.at(-1)!.x + row.at(-1)!.width).toBeCloseTo(TV.width);
        row.slice(1).forEach(({ x }, n) => expect(x - row[n]!.x - row[n]!.width).toBeCloseTo(GAP));
      }
    },
  );

  it('cuts no photo by more than a half', () => {
    const boxes = justify(shapes, TV, GAP);
    boxes.forEach(({ width, height }, n) => expect(Math.abs(Math.log(width / height / shapes[n]!))).toBeLessThan(0.5));
  });

  it('gives a newcomer an old tile of its own shape', () => {
    const tiles = [1.5, 0.75, 1.5, 0.75].map((aspect, since) => ({ aspect, since }));
    expect(tileFor(0.7, tiles)).toBe(1);
    expect(tileFor(1.6, tiles)).toBe(0);
  });

  it('ends where a tile belongs when it moves there, its picture even all the way', () => {
    const steps = passage({ x: 0, y: 0, width: 400, height: 300 }, { x: 500, y: 200, width: 200, height: 300 });
    expect(steps.at(-1)).toEqual({ outer: 'translate(0px, 0px) scale(1, 1)', inner: 'scale(1, 1)' });
    for (const { outer, inner } of steps) {
      const [a, b] = /scale\((.+), (.+)\)/.exec(outer)!.slice(1).map(Number) as [number, number];
      const [c, d] = /scale\((.+), (.+)\)/.exec(inner)!.slice(1).map(Number) as [number, number];
      expect(a * c).toBeCloseTo(b * d);
    }
  });
});

describe('prints on a table', () => {
  it.each([true, false])('lie apart and within the screen; tall: %s', (isTall) => {
    const spots = Array.from({ length: SPOTS[isTall ? 'upright' : 'wide'] }, (_, cell) =>
      spotOf(cell, `photo-${cell}`, isTall),
    );
    spots.forEach((one, n) => {
      expect(Math.min(one.x, one.y)).toBeGreaterThan(0.08);
      expect(Math.max(one.x, one.y)).toBeLessThan(0.92);
      for (const other of spots.slice(n + 1))
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(0.17);
    });
  });
});
