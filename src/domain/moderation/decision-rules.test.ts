import { describe, expect, it } from 'vitest';
import { judge } from './decision-rules.ts';

describe('a decision', () => {
  it.each([
    ['pending', 'approved', undefined, 'change'],
    ['rejected', 'approved', undefined, 'change'],
    ['pending', 'approved', 'pending', 'change'],
    ['approved', 'approved', undefined, 'leave'],
    ['approved', 'approved', 'pending', 'leave'],
    ['rejected', 'approved', 'pending', 'photo.changed'],
    ['pending', 'approved', 'rejected', 'photo.changed'],
    ['processing', 'approved', undefined, 'photo.not_ready'],
    ['failed', 'rejected', 'pending', 'photo.not_ready'],
  ] as const)('on one that is %s, for %s, by somebody who saw %s: %s', (now, to, from, verdict) =>
    expect(judge(now, to, from)).toBe(verdict),
  );
});
