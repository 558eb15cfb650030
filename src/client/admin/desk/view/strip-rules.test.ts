import { describe, expect, it } from 'vitest';
import { centred, spanOf, STEP_PX } from './strip-rules.ts';

describe('the strip', () => {
  it('draws what can be seen of five thousand, and a little more', () => {
    const { from, to } = spanOf(2_000 * STEP_PX, 1_000, 5_000);
    expect(to - from).toBeLessThan(40);
    expect(from).toBeLessThan(2_000);
    expect(to).toBeGreaterThan(2_012);
  });

  it('draws nothing where there is nothing', () => {
    expect(spanOf(0, 1_000, 0)).toEqual({ from: 0, to: 0 });
    expect(spanOf(90_000, 1_000, 3)).toEqual({ from: 3, to: 3 });
  });

  it('brings a photo to the middle, but not beyond its ends', () => {
    expect(centred(0, 800, 100)).toBe(0);
    expect(centred(50, 800, 100)).toBe(50 * STEP_PX + STEP_PX / 2 - 400);
    expect(centred(99, 800, 100)).toBe(100 * STEP_PX - 800);
    expect(centred(1, 800, 3)).toBe(0);
  });
});
