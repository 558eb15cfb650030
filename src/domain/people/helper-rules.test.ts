import { describe, expect, it } from 'vitest';
import { helperState, isInTime, takesHelpers } from './helper-rules.ts';

const NOW = new Date('2026-06-20T18:00:00Z');
const hours = (n: number) => new Date(NOW.getTime() + n * 3600_000);
const event = { status: 'live' as const, endsAt: null, deletedAt: null };
const fresh = { createdAt: hours(-30), revokedAt: null, redeemedAt: null, sessionHash: null, expiresAt: hours(24) };
const used = { ...fresh, redeemedAt: hours(-1), sessionHash: 'x' };

describe('an event takes helpers', () => {
  it.each([
    ['before it begins', { status: 'draft' as const }, true],
    ['while it is live', {}, true],
    ['and on the morning after, until somebody closes it', { endsAt: hours(-100) }, true],
    ['not when it is closed', { status: 'closed' as const }, false],
    ['not when it is archived', { status: 'archived' as const }, false],
    ['not when it is deleted', { deletedAt: NOW }, false],
  ])('%s', (_name, over, takes) => expect(takesHelpers({ ...event, ...over })).toBe(takes));
});

describe('the time of a helper lasts', () => {
  it.each([
    ['where the event has no end', null, hours(-100), true],
    ['until twelve hours after the event', hours(-11.99), hours(-100), true],
    ['and no longer', hours(-12), hours(-100), false],
    ['twelve hours for somebody invited after its end', hours(-100), hours(-11.99), true],
    ['and no longer for them either', hours(-100), hours(-12), false],
  ])('%s', (_name, endsAt, createdAt, lasts) => expect(isInTime({ createdAt }, { ...event, endsAt }, NOW)).toBe(lasts));
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
