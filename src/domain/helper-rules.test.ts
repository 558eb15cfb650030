import { describe, expect, it } from 'vitest';
import { helperState, takesHelpers } from './helper-rules.ts';

const NOW = new Date('2026-06-20T18:00:00Z');
const hours = (n: number) => new Date(NOW.getTime() + n * 3600_000);
const event = { status: 'live' as const, endsAt: null, deletedAt: null };
const fresh = { revokedAt: null, redeemedAt: null, sessionHash: null, expiresAt: hours(24) };
const used = { ...fresh, redeemedAt: hours(-1), sessionHash: 'x' };

describe('an event has helpers', () => {
  it.each([
    ['a draft', { status: 'draft' as const }, true],
    ['while it is live', {}, true],
    ['until twelve hours after its end', { endsAt: hours(-11.99) }, true],
    ['and no longer', { endsAt: hours(-12) }, false],
    ['not when it is closed', { status: 'closed' as const }, false],
    ['not when it is archived', { status: 'archived' as const }, false],
    ['not when it is deleted', { deletedAt: NOW }, false],
  ])('%s', (_name, over, has) => expect(takesHelpers({ ...event, ...over }, NOW)).toBe(has));
});

describe('a helper', () => {
  it.each([
    ['waiting', fresh, event],
    ['expired', { ...fresh, expiresAt: NOW }, event],
    ['active', used, event],
    ['active', { ...used, expiresAt: hours(-1) }, event],
    ['left', { ...used, sessionHash: null }, event],
    ['revoked', { ...used, revokedAt: NOW }, event],
    ['revoked', { ...fresh, revokedAt: NOW }, { ...event, status: 'closed' as const }],
    ['ended', used, { ...event, status: 'closed' as const }],
    ['ended', fresh, { ...event, endsAt: hours(-13) }],
  ])('is %s', (state, grant, at) => expect(helperState(grant, at, NOW)).toBe(state));
});
