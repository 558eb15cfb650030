import { describe, expect, it } from 'vitest';
import { chooseTwins, judgeTransfer, mergeStanding } from './merge-rules.ts';

const now = new Date('2026-11-21T20:00:00Z');
const guest = { name: null, tableCode: null, blockedAt: null, blockedBy: null, trust: 'auto' as const, devices: 1 };

describe('one person of two', () => {
  it('keeps their own name and table, and takes over what they lack', () => {
    const from = { ...guest, name: 'Ada', tableCode: 'one' };
    expect(mergeStanding(from, guest)).toMatchObject({ name: 'Ada', tableCode: 'one', devices: 2 });
    expect(mergeStanding(from, { ...guest, name: 'Bea', tableCode: 'two' })).toMatchObject({
      name: 'Bea',
      tableCode: 'two',
    });
  });

  it.each(['from', 'into'] as const)('is blocked where %s was', (who) => {
    const blocked = { ...guest, blockedAt: now, blockedBy: 'somebody' };
    const merged = who === 'from' ? mergeStanding(blocked, guest) : mergeStanding(guest, blocked);
    expect(merged).toMatchObject({ blockedAt: now, blockedBy: 'somebody' });
  });

  it.each([
    { from: 'always', into: 'auto', trust: 'auto' },
    { from: 'auto', into: 'always', trust: 'always' },
    { from: 'never', into: 'always', trust: 'never' },
    { from: 'always', into: 'never', trust: 'never' },
  ] as const)('of $from and $into is trusted $trust', ({ from, into, trust }) => {
    expect(mergeStanding({ ...guest, trust: from }, { ...guest, trust: into }).trust).toBe(trust);
  });
});

it.each([
  { from_status: 'approved', into_status: 'pending', kept: 'f' },
  { from_status: 'pending', into_status: 'pending', kept: 'i' },
  { from_status: 'rejected', into_status: 'processing', kept: 'i' },
  { from_status: 'processing', into_status: 'failed', kept: 'f' },
])('of the same photo $from_status and $into_status one stays', ({ kept, ...statuses }) => {
  expect(chooseTwins([{ from: 'f', into: 'i', ...statuses }])[0]?.kept).toBe(kept);
});

it('of a photo and its smaller copy the photo stays', () => {
  const twin = { from: 'f', into: 'i', from_status: 'pending', into_status: 'approved', into_awaits: true };
  expect(chooseTwins([twin])).toEqual([{ dropped: 'i', kept: 'f' }]);
});

it('of three that are the same in two ways something stays', () => {
  const twin = (into: string, into_status: string) => ({ from: 'f', into, from_status: 'pending', into_status });
  expect(chooseTwins([twin('i', 'approved'), twin('j', 'failed')])).toEqual([{ dropped: 'f', kept: 'i' }]);
  expect(chooseTwins([twin('i', 'failed'), twin('j', 'approved')])).toEqual([
    { dropped: 'i', kept: 'j' },
    { dropped: 'f', kept: 'j' },
  ]);
});

describe('a link to another device', () => {
  const link = { expiresAt: new Date(now.getTime() + 1), pinVersion: 1, usedAt: null, usedKeyHash: null };
  const judge = (over: object, key: string | null = null, event = { pinVersion: 1 }, isAdmitted = false) =>
    judgeTransfer({ ...link, ...over }, event, isAdmitted, key, now);
  it('works once, in its time', () => {
    expect(judge({})).toBe('use');
    expect(judge({ usedAt: now })).toBe('refuse');
    expect(judge({ expiresAt: now })).toBe('refuse');
    expect(judgeTransfer(undefined, { pinVersion: 1 }, true, null, now)).toBe('refuse');
  });
  it('waits for the PIN of whoever is not in, where that has changed', () => {
    const changed = { pinVersion: 2 };
    expect(judge({}, null, changed)).toBe('pin');
    expect(judge({}, null, changed, true)).toBe('use');
    expect(judge({ expiresAt: now }, null, changed)).toBe('refuse');
    expect(judge({ usedAt: now, usedKeyHash: 'a' }, 'b', changed)).toBe('refuse');
    expect(judge({ usedAt: now, usedKeyHash: 'a' }, 'a', changed)).toBe('pin');
  });
  it('works again for the same request, whose answer was lost', () => {
    expect(judge({ usedAt: now, usedKeyHash: 'a' }, 'a')).toBe('again');
    expect(judge({ usedAt: now, usedKeyHash: 'a' }, 'b')).toBe('refuse');
    expect(judge({ usedAt: now, usedKeyHash: null }, null)).toBe('refuse');
  });
});
