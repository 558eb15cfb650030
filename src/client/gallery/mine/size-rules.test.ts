import { describe, expect, it } from 'vitest';
import { sizeText } from './size-rules.ts';

const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '').replace('\u00a0', ' ');

describe('a size', () => {
  it.each([
    [400, '0.4 kB'],
    [48_300_000, '48 MB'],
    [4_830_000, '4.8 MB'],
    [999_600, '1 MB'],
    [1_240_000_000, '1.2 GB'],
    [5_000_000_000_000, '5,000 GB'],
  ])('of %i bytes is said as %s', (bytes, text) => {
    expect(plain(sizeText('en', bytes))).toBe(text);
  });

  it('has the sign of the language', () => {
    expect(plain(sizeText('de', 4_830_000))).toBe('4,8 MB');
  });
});
