import { describe, expect, it } from 'vitest';
import { changedGroups } from './group-rules.ts';

const spread = { mode: 'spread', name: 'Hall' } as const;
const mirror = { mode: 'mirror', name: 'Hall' } as const;
const screen = (group: object | null, over: object = {}) => ({
  eventId: 'e',
  layout: { group },
  status: 'offline' as const,
  revokedAt: null,
  ...over,
});

describe('the groups that hear of a screen', () => {
  it('are the one that it leaves and the one that it joins', () => {
    expect(changedGroups(screen(spread), screen(mirror))).toEqual([
      { eventId: 'e', group: spread },
      { eventId: 'e', group: mirror },
    ]);
    expect(changedGroups(null, screen(spread))).toEqual([{ eventId: 'e', group: spread }]);
    expect(changedGroups(screen(spread), screen(null))).toEqual([{ eventId: 'e', group: spread }]);
    expect(changedGroups(screen(spread), screen(spread, { eventId: 'f' }))).toHaveLength(2);
  });

  it('are none where it stays, or hangs alone', () => {
    const renamed = { ...screen({ name: 'Hall', mode: 'spread' }), layout: { group: spread, seconds: 30 } };
    expect(changedGroups(screen(spread), renamed)).toEqual([]);
    expect(changedGroups(screen(null), screen(null, { eventId: 'f' }))).toEqual([]);
    expect(changedGroups(screen(spread, { eventId: null }), screen(spread, { eventId: null }))).toEqual([]);
  });

  it('lose a screen that is revoked or taken out of service, and get it back', () => {
    expect(changedGroups(screen(spread), screen(spread, { revokedAt: new Date() }))).toHaveLength(1);
    expect(changedGroups(screen(spread), screen(spread, { status: 'decommissioned' }))).toHaveLength(1);
    expect(changedGroups(screen(spread, { status: 'decommissioned' }), screen(spread))).toHaveLength(1);
    expect(changedGroups(screen(spread), screen(spread, { status: 'maintenance' }))).toEqual([]);
  });
});
