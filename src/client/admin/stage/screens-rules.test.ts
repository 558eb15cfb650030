import { expect, it } from 'vitest';
import type { Screen } from '../../../contract/screens.ts';
import { onlineFirst, withPresence } from './screens-rules.ts';

const screen = (over: Partial<Screen>) =>
  ({ id: 'a', status: 'offline', live: null, doubled: false, ...over }) as Screen;
const report = {
  showing: 'photo',
  layout: 'full',
  version: '1',
  skewMs: 0,
  transport: 'socket' as const,
  paused: false,
  since: '2026-06-20T18:00:00.000Z',
};
const told = { screenId: 'a', online: true, lastSeenAt: '2026-06-20T18:00:00.000Z', doubled: false, report };

it('a screen is as its room has told of it last', () => {
  expect(withPresence(screen({}), told)).toMatchObject({ status: 'online', live: { showing: 'photo' } });
  expect(withPresence(screen({ status: 'online' }), { ...told, online: false })).toMatchObject({ status: 'offline' });
  expect(withPresence(screen({ status: 'online' }), undefined).status).toBe('online');
});

it('what staff have set of a screen stays, and so does what is known where nothing newer is told', () => {
  const known = screen({ status: 'maintenance', live: report });
  expect(withPresence(known, { ...told, report: null })).toMatchObject({ status: 'maintenance', live: report });
});

it('those that are there stand first', () => {
  const screens = [screen({ id: 'a' }), screen({ id: 'b', status: 'online' }), screen({ id: 'c', status: 'error' })];
  expect(onlineFirst(screens).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
});
