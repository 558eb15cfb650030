import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { freshPhoto, join, send, signIn } from '../support/people.ts';
import { pair } from '../support/screens.ts';
import { beginAt, head, patch } from '../support/tus.ts';
import { helperOf } from '../support/team.ts';
import { setup } from './setup.ts';

const { acme, endpointUrl } = setup();

const calls = async () => {
  const stats = (await (await fetch(`${endpointUrl}/stats`)).json()) as { sql: number; sockets: number };
  return stats.sql + stats.sockets;
};

/** How often each is asked for at the least, so that a call which only some of them make is seen. */
const TIMES = 12;
const DEADLINE_MS = 20_000;

/**
 * Calls that a request makes, apart from the host lookup. What the platform does meanwhile for others only adds
 * to them: the least of many is the request's own. It asks on while that is more than `expected`, because a busy
 * machine may take a whole dozen of requests for the work that an upload has left behind; a request that really
 * makes more calls never shows fewer.
 */
async function callsOf(ask: () => Promise<unknown>, expected: number): Promise<number> {
  const deadline = Date.now() + DEADLINE_MS;
  let least = Infinity;
  for (let n = 0; n < TIMES || (least > expected && Date.now() < deadline); n++) {
    const before = await calls();
    await ask();
    least = Math.min(least, (await calls()) - before);
  }
  return least;
}

/** @throws the assertion of a test when it makes more or fewer */
const expectCalls = async (ask: () => Promise<unknown>, expected: number): Promise<void> =>
  expect(await callsOf(ask, expected)).toBe(expected);

/** The same picture in another file. */
const anotherOf = (photo: Uint8Array): Uint8Array => Buffer.concat([photo, randomBytes(16)]);

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
    await expectCalls(() => acme(path, { headers }), 1);
  });
  it.each(['/healthz', '/admin', '/theme.css'])('%s makes none', async (path) => {
    await expectCalls(() => acme(path), 0);
  });
  it('carrying a resumable upload on, and asking how far it is, makes none', async () => {
    const address = await beginAt(acme, 'launch-party', guest, { length: 1_000_000 });
    const photo = await freshPhoto();
    let at = 0;
    await expectCalls(async () => {
      expect((await patch(acme, address, guest, at, photo.subarray(at, at + 1))).status).toBe(204);
      at += 1;
    }, 0);
    await expectCalls(() => head(acme, address, guest), 0);
    expect(at).toBeGreaterThanOrEqual(TIMES);
  });
  it('sending a photo makes three: who may, the note, the record', async () => {
    await expectCalls(async () => {
      const { status, text } = await send(acme, 'launch-party', guest, anotherOf(bytes));
      if (status !== 201) throw new Error(text);
    }, 3);
  });
  it('the last byte of a resumable upload makes two: where to, the record', async () => {
    const photo = anotherOf(bytes);
    const begin = () => beginAt(acme, 'launch-party', guest, { length: photo.length });
    const begun: string[] = [];
    for (let n = 0; n < 16; n += 1) begun.push(await begin());
    await expectCalls(async () => {
      const { status, text } = await patch(acme, begun.pop() ?? (await begin()), guest, 0, anotherOf(bytes));
      if (status !== 204) throw new Error(text);
    }, 2);
  });
  it('a rendition makes none', async () => {
    const photo = (await acme('/api/v1/events/launch-party/photos?limit=1')).json.items[0];
    await expectCalls(() => acme(photo.renditions[0].url), 0);
  });
});
