import { describe, expect, it } from 'vitest';
import { freeName, standIn } from './archive-rules.ts';

describe('names in an archive', () => {
  it('are there once, also for who does not tell capitals or accents apart', () => {
    const taken = new Set<string>();
    const names = ['A.jpg', 'a.jpg', 'e\u0301.jpg', '\u00e9.jpg', 'a.jpg', 'a (2).jpg', '.jpg', '.jpg'];
    expect(names.map((name) => freeName(name, taken))).toEqual([
      'A.jpg',
      'a (2).jpg',
      'e\u0301.jpg',
      '\u00e9 (2).jpg',
      'a (3).jpg',
      'a (2) (2).jpg',
      '.jpg',
      '.jpg (2)',
    ]);
  });
});

describe('what stands for a file that is not there', () => {
  const sizeOf = (bytes: number, from = 0) => [...standIn(bytes, from)].reduce((sum, part) => sum + part.length, 0);
  it.each([1, 50, 99, 100, 65_536, 200_000])('has exactly the %i bytes that were promised', (bytes) => {
    expect(sizeOf(bytes)).toBe(bytes);
  });
  it('says what happened, or completes what has been sent', () => {
    const [first] = [...standIn(200, 0)];
    expect(new TextDecoder().decode(first)).toMatch(/^This file could not be read/);
    expect(sizeOf(200, 150)).toBe(50);
    expect([...standIn(200, 150)][0]?.every((byte) => byte === 0)).toBe(true);
  });
});
