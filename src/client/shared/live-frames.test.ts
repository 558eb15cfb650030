import { expect, it } from 'vitest';
import { sinceSchema } from '../../contract/live.ts';
import { sinceText } from './live-frames.ts';

it('a position is written as the server reads it, also that of an event without a room', () => {
  const position = { epoch: crypto.randomUUID(), seq: 12 };
  expect(sinceSchema.parse(sinceText(position))).toEqual(position);
  expect(sinceSchema.safeParse(sinceText({ epoch: '', seq: 0 })).success).toBe(true);
});
