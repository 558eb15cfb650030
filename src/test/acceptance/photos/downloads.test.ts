import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import ExifReader from 'exifreader';
import { describe, expect, it } from 'vitest';
import { concatBytes, seededRandom } from '../../support/images.ts';
import {
  box,
  locatedAvif,
  locatedGif,
  locatedJpeg,
  locatedPng,
  locatedTags,
  locatedWebp,
  locatedXmp,
  secretsIn,
} from '../../support/located-files.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { helperOf } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event } = setup();
const [owner, viewer, foreign] = await Promise.all([
  signIn(acme, 'admin@acme.com'),
  signIn(acme, 'viewer@acme.com'),
  signIn(techstart, 'admin@techstart.com'),
]);

/** An event with a photo that says where it was taken, in this status. */
async function party(over: Record<string, unknown> = {}, file?: Uint8Array) {
  const { slug } = await event({ moderation: 'after', ...over });
  const guest = await join(acme, slug, { name: 'Ada', ...(over['pin'] ? { pin: String(over['pin']) } : {}) });
  const bytes = file ?? (await locatedJpeg());
  const sent = await send(acme, slug, guest, bytes, { 'content-type': 'application/octet-stream' });
  const id: string = sent.json.photo.id;
  await untilStatus(acme, slug, guest, id, 'approved', 'pending');
  const at = `/api/v1/events/${slug}/photos/${id}/original`;
  const get = (headers: Record<string, string> = {}, path = at) => acme(path, { headers });
  const decide = (status: string) =>
    acme(`/api/v1/photos/${id}`, { method: 'PATCH', headers: owner.headers, body: { status } });
  return { slug, guest, bytes, id, at, get, decide };
}

function chunkNames(webp: Buffer): string[] {
  const names: string[] = [];
  for (let at = 12; at + 8 <= webp.length; at += 8 + Math.ceil(webp.readUInt32LE(at + 4) / 2) * 2) {
    names.push(webp.toString('latin1', at, at + 4));
  }
  return names;
}

const refused = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];

describe('the original of a photo', () => {
  it.each([
    ['image/jpeg', locatedJpeg],
    ['image/png', locatedPng],
    ['image/webp', locatedWebp],
    ['image/gif', locatedGif],
    ['image/avif', locatedAvif],
  ] as const)('as %s is had by a stranger without the place where it was taken', async (type, make) => {
    const { bytes, get, slug } = await party({}, await make());
    const file = await get();
    expect([file.status, file.headers['content-type']]).toEqual([200, type]);
    expect(secretsIn(bytes).length).toBeGreaterThan(3);
    expect(secretsIn(file.bytes)).toEqual([]);
    const tags = ExifReader.load(file.bytes, { expanded: true });
    expect([tags.gps, tags.xmp ?? {}]).toEqual([undefined, {}]);
    const turned = ['image/jpeg', 'image/png', 'image/webp'].includes(type);
    expect(tags.exif?.Orientation?.value).toBe(turned ? 6 : type === 'image/avif' ? 1 : undefined);
    const listed = (await acme(`/api/v1/events/${slug}/photos`)).json.items[0];
    expect((await get({}, listed.original)).bytes.equals(file.bytes)).toBe(true);
    expect(listed.renditions.length).toBeGreaterThan(0);
    for (const { url } of listed.renditions) {
      const { bytes: rendition } = await acme(url);
      expect(secretsIn(rendition)).toEqual([]);
      // A picture, its transparency, and nothing that is said about it.
      for (const name of chunkNames(rendition)) expect(['VP8 ', 'VP8L', 'VP8X', 'ALPH']).toContain(name);
    }
  });

  it.each([
    ['image/heic', 'photo.heic', 1200, 800],
    ['video/mp4', 'slow.mp4', 96, 64],
    ['video/quicktime', 'turned.mov', 64, 96],
    ['video/webm', 'short.webm', 96, 64],
  ])('as %s says nothing of places either, and plays in ranges', async (type, name, width, height) => {
    const { slug } = await event({
      moderation: 'after',
      settings: { downloads: type === 'image/heic' ? 'on' : 'off' },
    });
    const guest = await join(acme, slug);
    const plain = readFileSync(new URL(`../../support/samples/${name}`, import.meta.url));
    const extra = type === 'video/webm' ? locatedTags() : box('uuid', locatedXmp());
    const file = concatBytes(plain, extra);
    const sent = await acme(`/api/v1/events/${slug}/photos?preview=coming`, {
      method: 'POST',
      headers: { ...guest.headers, 'content-type': type },
      body: file,
    });
    const id: string = sent.json.photo.id;
    const put = await acme(`/api/v1/events/${slug}/mine/${id}/preview`, {
      method: 'PUT',
      headers: { ...guest.headers, 'content-type': 'image/jpeg' },
      body: await freshPhoto(width, height),
    });
    expect(put.status, put.text).toBe(201);
    const photo = await untilStatus(acme, slug, guest, id, 'approved', 'failed');
    const whole = await acme(photo.original);
    expect([whole.status, whole.headers['content-type']]).toEqual([200, type]);
    expect(whole.bytes.length).toBeGreaterThanOrEqual(plain.length);
    expect(secretsIn(file).length).toBeGreaterThan(1);
    expect(secretsIn(whole.bytes)).toEqual([]);
    const part = await acme(photo.original, { headers: { range: 'bytes=1000-1999' } });
    expect([part.status, part.bytes.equals(whole.bytes.subarray(1000, 2000))]).toEqual([206, true]);
  });

  it('has a digest that is fixed: of the whole file beside any part of it, and as its tag', async () => {
    const { bytes, get, at } = await party();
    const digestOf = (file: Uint8Array) => createHash('sha256').update(file).digest();
    const whole = await get();
    const digest = digestOf(whole.bytes);
    const told = { 'repr-digest': `sha-256=:${digest.toString('base64')}:`, etag: `"${digest.toString('hex')}"` };
    expect(whole.headers).toMatchObject({ ...told, 'content-length': String(whole.bytes.length) });
    const parts: Buffer[] = [];
    for (const range of ['0-99', '100-1999', '2000-']) {
      const part = await get({ range: `bytes=${range}`, 'if-range': told.etag });
      expect([part.status, part.headers]).toMatchObject([206, told]);
      parts.push(part.bytes);
    }
    expect(digestOf(Buffer.concat(parts)).equals(digest)).toBe(true);
    expect((await acme(at, { method: 'HEAD' })).headers).toMatchObject(told);
    expect((await get({ 'if-none-match': told.etag })).status).toBe(304);
    const received = await get(owner.headers, `${at}?as=received`);
    expect(received.headers['repr-digest']).toBe(`sha-256=:${digestOf(bytes).toString('base64')}:`);
  });

  it('names the place where its sender wants that, and says nothing else more for it', async () => {
    const { slug } = await event({ moderation: 'after' });
    const guest = await join(acme, slug);
    const upload = (body: Uint8Array, query: string) =>
      acme(`/api/v1/events/${slug}/photos${query}`, {
        method: 'POST',
        headers: { ...guest.headers, 'content-type': 'image/jpeg' },
        body,
      });
    expect(refused(await upload(await locatedJpeg(), '?location=yes'))).toEqual([400, 'request.invalid']);
    const outcomes: unknown[] = [];
    for (const [query, file] of [
      ['?location=keep', await locatedJpeg(6, {}, true)],
      ['', await locatedJpeg(3, {}, true)],
      ['?location=keep', await freshPhoto()],
    ] as const) {
      const sent = await upload(file, query);
      expect([sent.status, sent.json.photo.location, sent.json.photo.copy]).toEqual([201, 'none', false]);
      const photo = await untilStatus(acme, slug, guest, sent.json.photo.id, 'approved');
      const { bytes } = await acme(photo.original);
      const seen = (await acme(`/api/v1/photos/${photo.id}`, { headers: viewer.headers })).json.photo;
      expect([secretsIn(bytes), seen.location]).toEqual([[], photo.location]);
      outcomes.push([photo.location, ExifReader.load(bytes, { expanded: true }).gps !== undefined]);
    }
    expect(outcomes).toEqual([
      ['kept', true],
      ['removed', false],
      ['none', false],
    ]);
  });

  it('is a file to keep and nothing that runs', async () => {
    const { get, slug } = await party({ name: 'Fête “d’été”\\ 🎈' });
    const { headers } = await get();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
    });
    expect(headers['content-disposition']).toMatch(
      new RegExp(`^attachment; filename="${slug}-2026-11-21-1504-[0-9a-f]{4}\\.jpg"; filename\\*=UTF-8''F%C3%AAte`),
    );
    expect(headers['content-disposition']).not.toMatch(/[^\x20-\x7e]/);
  });

  it('comes in ranges that make the whole', async () => {
    const { get, at } = await party();
    const whole = await get();
    const etag = whole.headers['etag'] as string;
    const size = whole.bytes.length;
    expect(whole.headers['content-length']).toBe(String(size));
    const random = seededRandom(3);
    const parts: Buffer[] = [];
    for (let from = 0; from < size;) {
      const to = Math.min(size - 1, from + Math.floor(random() * 2_000));
      const part = await get({ range: `bytes=${from}-${to}`, 'if-range': etag });
      expect([part.status, part.headers['content-range'], part.headers['content-length']]).toEqual([
        206,
        `bytes ${from}-${to}/${size}`,
        String(to - from + 1),
      ]);
      parts.push(part.bytes);
      from = to + 1;
    }
    expect(Buffer.concat(parts).equals(whole.bytes)).toBe(true);
    const last = await get({ range: 'bytes=-7' });
    expect([last.status, last.bytes.equals(whole.bytes.subarray(-7))]).toEqual([206, true]);
    const beyond = await get({ range: `bytes=${size}-` });
    expect([...refused(beyond), beyond.headers['content-range']]).toEqual([
      416,
      'request.range_unsatisfiable',
      `bytes */${size}`,
    ]);
    expect((await get({ range: 'bytes=0-4', 'if-range': '"another"' })).status).toBe(200);
    expect((await get({ range: 'bytes=0-4,6-8' })).bytes.equals(whole.bytes)).toBe(true);
    for (const tag of [etag, `W/${etag}`]) {
      const known = await get({ 'if-none-match': tag });
      expect([known.status, known.bytes.length]).toEqual([304, 0]);
    }
    // A part of another encoding would not fit: here the comparison is strong.
    expect((await get({ range: 'bytes=0-4', 'if-range': `W/${etag}` })).status).toBe(200);
    const head = await acme(at, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.headers['etag'], head.bytes.length]).toEqual([
      200,
      String(size),
      etag,
      0,
    ]);
  });

  it('is its guest’s and the team’s until it is approved, and again when it is taken down', async () => {
    const { guest, get, decide, slug } = await party({ moderation: 'before' });
    const other = await join(acme, slug);
    const helper = await helperOf(acme, slug, owner.headers);
    const inside = [guest.headers, owner.headers, viewer.headers, helper.headers];
    const check = async (status: number) => {
      for (const headers of inside) expect((await get(headers)).status).toBe(200);
      for (const headers of [{}, other.headers]) expect((await get(headers)).status).toBe(status);
    };
    await check(404);
    await decide('approved');
    await check(200);
    await decide('rejected');
    await check(404);
  });

  it('is not for another tenant, another event, nor anybody who may not read the event', async () => {
    const { id, at, get } = await party({ visibility: 'pin', pin: '9753' });
    const elsewhere = await event();
    expect(refused(await get())).toEqual([401, 'auth.required']);
    expect(refused(await get((await join(acme, elsewhere.slug)).headers))).toEqual([403, 'event.pin_required']);
    expect((await get(foreign.headers)).status).toBe(401);
    expect((await techstart(at, { headers: foreign.headers })).status).toBe(404);
    const astray = `/api/v1/events/${elsewhere.slug}/photos/${id}/original`;
    expect(refused(await get(owner.headers, astray))).toEqual([404, 'photo.not_found']);
    const none = at.replace(id, randomUUID());
    expect(refused(await get(owner.headers, none))).toEqual([404, 'photo.not_found']);
  });

  it('is gone with the photo', async () => {
    const { get, guest, slug, id } = await party();
    await acme(`/api/v1/events/${slug}/mine/${id}`, { method: 'DELETE', headers: guest.headers });
    for (const headers of [{}, guest.headers, owner.headers]) {
      expect(refused(await get(headers))).toEqual([404, 'photo.not_found']);
    }
  });

  it('is for looking only where the host says so, and then still its guest’s', async () => {
    const { get, guest, slug } = await party();
    const patch = (downloads: unknown) =>
      acme(`/api/v1/events/${slug}`, { method: 'PATCH', headers: owner.headers, body: { downloads } });
    expect((await patch('perhaps')).status).toBe(400);
    expect((await patch('off')).json.event.settings.downloads).toBe('off');
    expect(refused(await get())).toEqual([403, 'event.downloads_off']);
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.items[0].original).toBeNull();
    expect((await acme(`/e/${slug}`)).text).not.toContain('/original');
    for (const headers of [guest.headers, owner.headers]) expect((await get(headers)).status).toBe(200);
    await patch('on');
    expect((await get()).status).toBe(200);
  });
});

describe('a photo as it was received', () => {
  it('is for members of the team, byte for byte', async () => {
    const { bytes, get, at, guest, slug } = await party();
    const helper = await helperOf(acme, slug, owner.headers);
    const file = await get(owner.headers, `${at}?as=received`);
    expect([file.status, file.bytes.equals(bytes)]).toEqual([200, true]);
    expect(file.headers['cache-control']).toBe('private, no-store');
    const part = await get({ ...owner.headers, range: 'bytes=5-104' }, `${at}?as=received`);
    expect([part.status, part.bytes.equals(Buffer.from(bytes.subarray(5, 105)))]).toEqual([206, true]);
    expect(refused(await get({}, `${at}?as=received`))).toEqual([401, 'auth.required']);
    for (const headers of [guest.headers, viewer.headers, helper.headers]) {
      expect(refused(await get(headers, `${at}?as=received`))).toEqual([403, 'access.denied']);
    }
    expect((await get(owner.headers, `${at}?as=sent`)).status).toBe(400);
  });
});

describe('a link to a file', () => {
  const linkTo = async (at: string, headers: Record<string, string>, query = '') =>
    acme(`${at}-link${query}`, { method: 'POST', headers });

  it('opens it for a browser that sends no token', async () => {
    const { at, bytes, get, slug } = await party({ moderation: 'before' });
    const helper = await helperOf(acme, slug, owner.headers);
    const link = await linkTo(at, owner.headers);
    expect(link.json).toEqual({ url: expect.stringContaining('/original?ticket='), expiresIn: 900 });
    expect(secretsIn((await get({}, link.json.url)).bytes)).toEqual([]);
    const received = await linkTo(at, owner.headers, '?as=received');
    expect((await get({}, received.json.url)).bytes.equals(bytes)).toBe(true);
    for (const { headers } of [viewer, helper]) {
      expect((await get({}, (await linkTo(at, headers)).json.url)).status).toBe(200);
      expect(refused(await linkTo(at, headers, '?as=received'))).toEqual([403, 'access.denied']);
    }
  });

  it('opens nothing else', async () => {
    const [one, other] = [await party({ moderation: 'before' }), await party({ moderation: 'before' })];
    const { url } = (await linkTo(one.at, owner.headers)).json as { url: string };
    const ticket = url.slice(url.indexOf('?'));
    expect(refused(await one.get({}, other.at + ticket))).toEqual([401, 'auth.required']);
    expect(refused(await one.get({}, `${url}x`))).toEqual([401, 'auth.required']);
    expect((await techstart(url)).status).toBe(401);
    expect((await one.get({ authorization: `Bearer ${ticket.slice('?ticket='.length)}` })).status).toBe(401);
  });
});
