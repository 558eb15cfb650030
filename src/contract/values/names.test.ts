import { describe, expect, it } from 'vitest';
import { eventNameSchema } from '../event-writes.ts';
import { cleanName } from './names.ts';

const RLM = '\u200f';

describe('a name', () => {
  it.each([
    ['  Launch\t\n Party ', 'Launch Party'],
    ['Party\u0000\u0007\u001b', 'Party'],
    [
      '🎉 Fête 👩‍👩‍👧 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
      '🎉 Fête 👩‍👩‍👧 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
    ['❤️', '❤️'],
    [`حفل زفاف${RLM} 2026`, `حفل زفاف${RLM} 2026`],
    ['می‌خواهم', 'می‌خواهم'],
    ['Café', 'Caf\u00e9'],
    ['Cafe\u0301', 'Caf\u00e9'],
    ['\u202eytrap', 'ytrap'],
    ['a\u202ab\u202bc\u202cd\u202de', 'abcde'],
    ['\u2067حفل\u2069', '\u2067حفل\u2069'],
    ['\u2067حفل', 'حفل'],
    ['حفل\u2069', 'حفل'],
    ['\u2066a\u2067b\u2069', 'a\u2067b\u2069'],
    ['\u2069\u2066a', 'a'],
    ['a\u200b\ufeff\u2060\u00adb', 'ab'],
    ['x\u{e0041}y', 'xy'],
    [' \u200d a \u200d', 'a'],
    ['a\ud800b', 'ab'],
    ['١٢٣', '١٢٣'],
    ['!', '!'],
  ])('%j is kept as %j', (given, kept) => expect(cleanName(given)).toBe(kept));

  it.each([
    '',
    '   ',
    '\u200b',
    RLM,
    '\u202e\u202d',
    '\u2066\u2069',
    '\u0000\u0001',
    '\u200d\u200d',
    '\u3164',
    '\u2800',
    '\ufe0f',
    '\u0301',
    '\ufeff \u00a0 \u2003',
    '\u{e0041}',
  ])('%j is empty', (given) => expect(cleanName(given)).toBe(''));

  it('stays as it is when it is cleaned again', () => {
    for (const name of ['\u2066a\u2067b\u2069', ' \u200d\u200d a', '\u202e \u202e b', 'a\u200b\u0301'])
      expect(cleanName(cleanName(name))).toBe(cleanName(name));
  });

  it('has at most 200 characters, an emoji being one', () => {
    expect(eventNameSchema.safeParse('🎉'.repeat(200)).success).toBe(true);
    expect(eventNameSchema.safeParse('🎉'.repeat(201)).success).toBe(false);
    expect(eventNameSchema.safeParse('x'.repeat(300)).success).toBe(false);
    expect(eventNameSchema.safeParse(`${'x'.repeat(200)}   `).success).toBe(true);
    expect(eventNameSchema.safeParse('\u200b').success).toBe(false);
    expect(eventNameSchema.safeParse(7).success).toBe(false);
  });
});
