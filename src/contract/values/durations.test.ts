import { expect, it } from 'vitest';
import { formatDuration } from './durations.ts';

it.each([
  [1, '0:01'],
  [7_400, '0:07'],
  [59_600, '1:00'],
  [750_000, '12:30'],
  [3_723_000, '1:02:03'],
])('%i ms play for %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
