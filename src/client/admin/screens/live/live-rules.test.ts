import { describe, expect, it } from 'vitest';
import type { Screen } from '../../../../contract/screens.ts';
import { badOf, roundOf, standing } from '../check/check-rules.ts';
import { eventsToWatch, withPresence } from './live-rules.ts';

const of = (event: string | null) => ({ event: event === null ? null : { id: event, slug: event, name: event } });
const screen = (over: Partial<Screen> = {}): Screen =>
  ({
    id: 'one',
    status: 'offline',
    lastSeenAt: '2026-11-21T18:00:00.000Z',
    doubled: false,
    live: null,
    paused: false,
    ...over,
  }) as Screen;
const report = {
  showing: 'photo',
  layout: 'full',
  version: '1',
  skewMs: 3,
  transport: 'socket' as const,
  paused: true,
  since: '2026-11-21T18:00:01.000Z',
};
const presence = { screenId: 'one', online: true, lastSeenAt: '2026-11-21T18:00:05.000Z', doubled: true, report };

describe('rooms that are listened to', () => {
  it('are those of the events with most screens, no more than may be', () => {
    expect(eventsToWatch([of('b'), of('a'), of('c'), of('c'), of(null)], 2)).toEqual({ watched: ['c', 'a'], left: 1 });
    expect(eventsToWatch([of(null)], 2)).toEqual({ watched: [], left: 0 });
  });
});

describe('what a room says of a screen', () => {
  it('is how the screen is', () => {
    expect(withPresence(screen(), presence)).toMatchObject({
      status: 'online',
      lastSeenAt: presence.lastSeenAt,
      doubled: true,
      paused: true,
      live: { showing: 'photo' },
    });
    expect(withPresence(screen({ status: 'online' }), { ...presence, online: false })).toMatchObject({
      status: 'offline',
      paused: false,
    });
    expect(withPresence(screen(), undefined)).toEqual(screen());
  });

  it('does not change what staff have set of it, nor make it older', () => {
    const later = '2026-11-21T19:00:00.000Z';
    expect(withPresence(screen({ status: 'maintenance', lastSeenAt: later }), presence)).toMatchObject({
      status: 'maintenance',
      lastSeenAt: later,
    });
  });
});

describe('a round of checks', () => {
  const checked = (id: string, at: string | undefined, oks: boolean[]) =>
    screen({
      id,
      live: {
        ...report,
        ...(at ? { checkedAt: at } : {}),
        preflight: oks.map((ok) => ({ check: 'clock', ok, detail: '' })),
      },
    });

  it('counts those that have answered since they were asked, and those that found something', () => {
    const before = [screen({ id: 'new' }), checked('old', '2026-11-21T17:00:00.000Z', [false]), screen({ id: 'mute' })];
    const round = roundOf(before);
    expect(standing(round, before)).toEqual({ total: 3, done: 0, bad: 0 });
    const after = [
      checked('new', '2026-11-21T18:00:00.000Z', [true, true]),
      checked('old', '2026-11-21T18:00:00.000Z', [false, true]),
      screen({ id: 'mute' }),
      checked('other', '2026-11-21T18:00:00.000Z', [false]),
    ];
    expect(standing(round, after)).toEqual({ total: 3, done: 2, bad: 1 });
  });

  it('knows no faults of a screen that was never checked', () => {
    expect(badOf(screen())).toBeNull();
    expect(badOf(checked('a', undefined, [true, false, false]))).toBe(2);
  });
});
