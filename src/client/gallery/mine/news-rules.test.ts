import { describe, expect, it } from 'vitest';
import { GATHER_MS, QUIET_MS, sayingOf, waitOf } from './news-rules.ts';

const published = (photoId: string) => ({ kind: 'published' as const, photoId });
const shown = (photoId: string) => ({ kind: 'shown' as const, photoId });

describe('news of own photos', () => {
  it('that come together are one sentence', () => {
    expect(sayingOf([published('a'), published('b'), published('a'), published('c')])).toEqual({
      kind: 'published',
      count: 3,
    });
    expect(sayingOf([])).toBeNull();
  });

  it('tell of the wall rather than of what leads to it', () => {
    expect(sayingOf([published('a'), shown('a')])).toEqual({ kind: 'shown', count: 1 });
    expect(sayingOf([published('a'), published('b'), published('c'), shown('a')])).toEqual({
      kind: 'published',
      count: 2,
    });
  });

  it('keep quiet for a while after each word', () => {
    expect(waitOf(-Infinity, 50_000)).toBe(GATHER_MS);
    expect(waitOf(50_000, 50_000)).toBe(QUIET_MS);
    expect(waitOf(50_000, 90_000)).toBe(GATHER_MS);
  });
});
