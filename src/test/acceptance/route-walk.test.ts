import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../support/http.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../support/people.ts';
import { pair } from '../support/screens.ts';
import { helperOf } from '../support/team.ts';
import { beginAt, TUS } from '../support/tus.ts';
import { setup } from './setup.ts';

/**
 * Every route of the OpenAPI document × everybody who might knock. The document says who may call
 * (`x-access`); this walk sees whether it is so, and a route that is new is walked by itself.
 */
const { acme, techstart, event } = setup();

type Access =
  | 'anyone'
  | 'reader'
  | 'guest'
  | 'insider'
  | 'moderator'
  | 'screen'
  | 'pairing'
  | 'owner'
  | 'admin'
  | 'member'
  | 'viewer';
const CALLERS = [
  'nobody',
  'guest',
  'guest of another event',
  'viewer',
  'helper',
  'helper of another event',
  'owner of another tenant',
  'screen',
  'screen of another tenant',
] as const;
type Caller = (typeof CALLERS)[number];

const document = (await acme('/api/v1/openapi.json')).json;
interface Row {
  method: string;
  path: string;
  access: Access;
}
const rows: Row[] = Object.entries(document.paths as Record<string, Record<string, { 'x-access': Access }>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, spec]) => ({ method: method.toUpperCase(), path, access: spec['x-access'] })),
);

// A private world: an event with a PIN, so that what a stranger may see and a guest may is not the same.
const { slug } = await event({ visibility: 'pin', pin: '9753', moderation: 'after' });
const elsewhere = await event();
const [guest, stranger, viewer, foreign] = await Promise.all([
  join(acme, slug, { pin: '9753' }),
  join(acme, elsewhere.slug),
  signIn(acme, 'viewer@acme.com'),
  signIn(techstart, 'admin@techstart.com'),
]);
const sent = await send(acme, slug, guest, await freshPhoto());
const photoId: string = sent.json.photo.id;
await untilStatus(acme, slug, guest, photoId, 'approved');
const organiser = await signIn(acme, 'operator@acme.com');
const helper = await helperOf(acme, slug, organiser.headers);
const helperElsewhere = await helperOf(acme, elsewhere.slug, organiser.headers);
const made = await acme(`/api/v1/events/${slug}/albums`, {
  method: 'POST',
  headers: organiser.headers,
  body: { name: 'Walk' },
});
const albumId: string = made.json.album.id;
const uploadId = String((await beginAt(acme, slug, guest, { length: 1_000 })).split('/').at(-1));

const screen = await pair(acme, organiser.headers, slug, { name: 'Walk' });
const screenElsewhere = await pair(techstart, foreign.headers, 'demo-day', { name: 'Walk' });
const madeSite = await acme('/api/v1/sites', {
  method: 'POST',
  headers: organiser.headers,
  body: { name: 'Walk', timeZone: 'Europe/Berlin' },
});
const siteId: string = madeSite.json.site.id;

/** Bodies of what moderators do, so that nothing but who they are can be refused. */
const DECIDING: Record<string, unknown> = {
  'PATCH /api/v1/photos/{id}': { status: 'approved' },
  'POST /api/v1/photos/bulk': { ids: [photoId], status: 'approved' },
  'POST /api/v1/events/{event}/photos/bulk-rule': { from: 'rejected', status: 'pending' },
  'POST /api/v1/events/{event}/albums': { name: 'Walk' },
  'POST /api/v1/events/{event}/albums/order': { ids: [albumId] },
  'PATCH /api/v1/events/{event}/albums/{album}': { name: 'Walk' },
  'POST /api/v1/events/{event}/albums/{album}/photos': { ids: [photoId] },
  'PATCH /api/v1/events/{event}/guests/{guest}': { trust: 'auto' },
  'POST /api/v1/events/{event}/hold': {},
  'PATCH /api/v1/events/{event}/reports/{id}': { outcome: 'kept' },
  'POST /api/v1/events/{event}/spotlight': { photoId },
};

const headersOf: Record<Caller, Record<string, string>> = {
  nobody: {},
  guest: guest.headers,
  'guest of another event': stranger.headers,
  viewer: viewer.headers,
  helper: helper.headers,
  'helper of another event': helperElsewhere.headers,
  'owner of another tenant': foreign.headers,
  screen: screen.headers,
  'screen of another tenant': screenElsewhere.headers,
};

/** Bodies of what guests do, likewise. */
const OWN: Record<string, unknown> = {
  'PATCH /api/v1/events/{event}/me': { name: 'Walk' },
  'PATCH /api/v1/events/{event}/mine/{photo}': { caption: 'Walk' },
};

/** A call that would succeed if its caller were allowed to make it. */
async function ask(row: Row, caller: Caller): Promise<Ask & { path: string }> {
  // Deletions name what does not exist, so that the walk does not saw off its branch; but nothing of another
  // event may go whatever is named.
  const isNothing = row.method === 'DELETE' && caller !== 'helper of another event';
  const photo = isNothing ? randomUUID() : photoId;
  const path = row.path
    .replace('{event}', slug)
    .replace('{photo}', photo)
    .replace('{guest}', guest.id)
    .replace('{album}', isNothing ? randomUUID() : albumId)
    .replace('{helper}', isNothing ? randomUUID() : helper.id)
    .replace('{user}', randomUUID())
    .replace('{session}', randomUUID())
    .replace('{site}', isNothing ? randomUUID() : siteId)
    .replace('screens/{id}', `screens/${isNothing ? randomUUID() : screen.id}`)
    .replace('{device}', randomUUID())
    .replace('{link}', randomUUID())
    .replace('{announcement}', randomUUID())
    .replace('{rehearsal}', randomUUID())
    .replace('{upload}', isNothing ? randomUUID() : uploadId)
    .replace('{code}', 'ABCDEF')
    .replace('{id}', photo)
    .replace('{key}', 'A'.repeat(64))
    .replace('{file}', '320.webp')
    .replace('{rest}', 'events');
  const headers = { ...headersOf[caller] };
  // Whoever erases themselves walks no further.
  if (row.method === 'DELETE' && row.path.endsWith('/me') && caller === 'guest') {
    Object.assign(headers, (await join(acme, slug, { pin: '9753' })).headers);
  }
  if (row.method === 'GET' && row.path === '/api/v1/photos') return { path: `${path}?event=${slug}`, headers };
  if (row.method === 'GET') return { path, headers };
  headers['origin'] = acme.origin;
  const call = { path, method: row.method, headers };
  const decision = DECIDING[`${row.method} ${row.path}`] ?? OWN[`${row.method} ${row.path}`];
  if (decision) return { ...call, body: decision };
  if (row.path.includes('/uploads')) {
    const bytes = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    const asPatch = row.path.endsWith('{upload}') ? { 'x-http-method-override': 'PATCH', ...bytes } : {};
    return { ...call, headers: { ...headers, ...TUS, 'upload-length': '1000', ...asPatch } };
  }
  if (row.path.endsWith('/photos') && row.path.startsWith('/api/')) {
    return { ...call, headers: { ...headers, 'content-type': 'image/jpeg' }, body: await freshPhoto(64, 64) };
  }
  if (row.path.endsWith('/join')) {
    return { ...call, headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: 'pin=9753' };
  }
  if (row.path === '/e/{event}/photos') {
    return { ...call, headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--\r\n' };
  }
  if (row.path === '/api/v1/screens/me/report') return { ...call, body: {} };
  if (row.path === '/api/v1/receipts/verify') return { ...call, body: { receipt: 'a.b.c' } };
  if (row.path.endsWith('/session')) return { ...call, body: { pin: '9753' } };
  if (row.path.endsWith('/login')) return { ...call, body: { email: 'nobody@example.com', password: 'x' } };
  if (row.path.endsWith('/reports')) return { ...call, body: { reason: 'other' } };
  if (row.method === 'PATCH') return { ...call, body: { status: 'approved' } };
  return call;
}

const isScreen = (caller: Caller): boolean => caller === 'screen' || caller === 'screen of another tenant';

/** What a caller must get at a route of this access: 'in', or one of these refusals. */
function expected(access: Access, caller: Caller): 'in' | number[] {
  if (caller === 'owner of another tenant') return [401];
  // A screen's credential opens the doors of screens, of its own tenant; everywhere else it is no credential at all.
  if (access === 'screen') return caller === 'screen' ? 'in' : caller === 'nobody' || isScreen(caller) ? [401] : [403];
  if (isScreen(caller)) return [401];
  // Nobody here holds the secret of a code.
  if (access === 'pairing') return caller === 'nobody' ? [401] : [403];
  if (access === 'anyone') return 'in';
  if (access === 'reader') {
    if (caller === 'guest of another event') return [403];
    return caller === 'nobody' || caller === 'helper of another event' ? [401] : 'in';
  }
  if (access === 'guest') {
    if (caller === 'guest') return 'in';
    return caller === 'guest of another event' ? [403, 404] : [401];
  }
  const isModerators = access === 'moderator' || access === 'insider';
  if (caller === 'helper') return isModerators ? 'in' : [403];
  if (caller === 'helper of another event') return isModerators ? [404] : [403];
  if (caller !== 'viewer') return [401];
  return access === 'viewer' || access === 'insider' ? 'in' : [403];
}

/** Pages answer a stranger with their door: the PIN form, 200, and no photo. */
const isPage = (row: Row) => !row.path.startsWith('/api/');

describe.each(rows)('$method $path ($access)', (row) => {
  it.each(CALLERS)('as %s', async (caller) => {
    const { path, ...call } = await ask(row, caller);
    const answer = await acme(path, call);
    const rule = expected(row.access, caller);
    expect(answer.status, answer.text.slice(0, 200)).toBeLessThan(500);
    expect(answer.text).not.toMatch(/at \w+ \(|\.ts:\d+/);
    // Anyone may knock at these, and only the refresh cookie opens: a session of another kind is none there.
    if (row.path.endsWith('/auth/refresh')) {
      expect([answer.status, answer.json.code]).toEqual([401, 'auth.required']);
      return;
    }
    if (row.path.endsWith('/auth/logout')) {
      // Without that cookie a token of another tenant is what it is everywhere.
      expect(answer.status).toBe(caller === 'owner of another tenant' || isScreen(caller) ? 401 : 204);
      return;
    }
    // Many at once are answered one by one: none of them is of the helper's event.
    if (row.path.endsWith('/bulk') && caller === 'helper of another event') {
      expect(answer.json.results).toEqual([{ id: photoId, ok: false, code: 'photo.not_found' }]);
      return;
    }
    if (rule === 'in') {
      const refusals = ['auth.required', 'access.denied', 'event.pin_required', 'helper.ended'];
      expect(refusals, answer.text.slice(0, 200)).not.toContain(answer.json?.code);
      return;
    }
    if (isPage(row) && answer.status === 200) {
      expect(answer.text).toContain('name="pin"');
      expect(answer.text).not.toContain('/i/');
      return;
    }
    expect(rule, `${answer.status} ${answer.text.slice(0, 200)}`).toContain(answer.status);
  });
});

it('the document knows every route and says who may call it', () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(row.access, row.path).toBeTruthy();
});
