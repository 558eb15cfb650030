import { describe, expect, it } from 'vitest';
import { freshPhoto, join, signIn } from '../support/people.ts';
import { pair } from '../support/screens.ts';
import { beginAt, head, patch } from '../support/tus.ts';
import { helperOf } from '../support/team.ts';
import { setup } from './setup.ts';

const { acme, endpointUrl } = setup();

const calls = async () => {
  const stats = (await (await fetch(`${endpointUrl}/stats`)).json()) as { sql: number; sockets: number };
  return stats.sql + stats.sockets;
};

/**
 * Calls that a request makes, apart from the host lookup. What the platform does meanwhile for others only adds
 * to them, more on a busy machine: the least of many is the request's own.
 */
async function callsOf(ask: () => Promise<unknown>): Promise<number> {
  const counts: number[] = [];
  for (let n = 0; n < 12; n++) {
    const before = await calls();
    await ask();
    counts.push((await calls()) - before);
  }
  return Math.min(...counts);
}

describe('a read makes one call to the database', async () => {
  const guest = await join(acme, 'launch-party');
  const staff = await signIn(acme, 'admin@acme.com');
  const helper = await helperOf(acme, 'launch-party', staff.headers);
  const screen = await pair(acme, staff.headers, 'launch-party');
  const id = (await acme('/api/v1/events/launch-party/photos?limit=1')).json.items[0].id;
  const bytes = await freshPhoto();
  const done = await beginAt(acme, 'launch-party', guest, { length: bytes.length, body: bytes });
  it.each([
    ['/', {}],
    ['/e/launch-party', {}],
    ['/e/launch-party', guest.headers],
    ['/e/launch-party/wall', {}],
    ['/api/v1/events/launch-party/photos', {}],
    ['/api/v1/events/launch-party/photos', staff.headers],
    ['/api/v1/events/launch-party/mine', guest.headers],
    // The receipt of an upload that is done, with its photo as it is now.
    [done, guest.headers],
    ['/api/v1/events/launch-party/me', guest.headers],
    ['/api/v1/events/launch-party/mine/requests', guest.headers],
    ['/api/v1/events', staff.headers],
    ['/api/v1/events/launch-party', staff.headers],
    ['/api/v1/events/launch-party/tables', staff.headers],
    ['/api/v1/photos?event=launch-party', staff.headers],
    [`/api/v1/photos/${id}`, staff.headers],
    [`/api/v1/events/launch-party/photos/${id}/original`, {}],
    [`/api/v1/events/launch-party/photos/${id}/original`, staff.headers],
    ['/api/v1/photos?event=launch-party&status=pending&reported=true&q=a', staff.headers],
    [`/api/v1/photos/${id}/decisions`, staff.headers],
    ['/api/v1/events/launch-party/guests', staff.headers],
    ['/api/v1/events/launch-party/reports', staff.headers],
    ['/api/v1/events/launch-party/albums', staff.headers],
    ['/api/v1/events/launch-party/albums', guest.headers],
    ['/api/v1/auth/me', staff.headers],
    ['/api/v1/auth/sessions', staff.headers],
    ['/api/v1/members', staff.headers],
    ['/api/v1/tenant', staff.headers],
    ['/api/v1/tenant/consent', staff.headers],
    ['/api/v1/events/launch-party/helpers', staff.headers],
    ['/api/v1/sites', staff.headers],
    ['/api/v1/devices', staff.headers],
    ['/api/v1/screens', staff.headers],
    ['/api/v1/screens/links', staff.headers],
    [`/api/v1/screens/${screen.id}`, staff.headers],
    ['/api/v1/events/launch-party/announcements', staff.headers],
    ['/api/v1/events/launch-party/panic', staff.headers],
    ['/api/v1/events/launch-party/stage', staff.headers],
    ['/api/v1/screens/me', screen.headers],
    ['/api/v1/screens/me/photos', screen.headers],
    ['/api/v1/screens/me/commands', screen.headers],
    ['/api/v1/events/launch-party', helper.headers],
    ['/api/v1/photos?event=launch-party', helper.headers],
  ] as [string, Record<string, string>][])('%s', async (path, headers) => {
    expect(await callsOf(() => acme(path, { headers }))).toBe(1);
  });
  it.each(['/healthz', '/admin', '/theme.css'])('%s makes none', async (path) => {
    expect(await callsOf(() => acme(path))).toBe(0);
  });
  it('carrying a resumable upload on, and asking how far it is, makes none', async () => {
    const address = await beginAt(acme, 'launch-party', guest, { length: 1_000_000 });
    const photo = await freshPhoto();
    let at = 0;
    expect(await callsOf(async () => patch(acme, address, guest, at++, photo.subarray(at - 1, at)))).toBe(0);
    expect(await callsOf(() => head(acme, address, guest))).toBe(0);
    expect(at).toBe(12);
  });
  it('a rendition makes none', async () => {
    const photo = (await acme('/api/v1/events/launch-party/photos?limit=1')).json.items[0];
    expect(await callsOf(() => acme(photo.renditions[0].url))).toBe(0);
  });
});
