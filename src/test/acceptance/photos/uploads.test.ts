import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeJpeg } from '../../support/image-encoders.ts';
import { busy, hugePngHeader, textAsJpeg, truncated, withDeclaredSize } from '../../support/images.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, event } = setup();
const digest = (bytes: Uint8Array) => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

async function joined(over: Record<string, unknown> = {}) {
  const { slug, id } = await event(over);
  return { slug, id, guest: await join(acme, slug) };
}

describe('the same photo again', () => {
  it('with the same key and body is the same photo', async () => {
    const { slug, guest } = await joined();
    const photo = await freshPhoto();
    const key = { 'idempotency-key': randomUUID(), 'content-digest': digest(photo) };
    const first = await send(acme, slug, guest, photo, key);
    const second = await send(acme, slug, guest, photo, key);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json.photo.id).toBe(first.json.photo.id);
  });
  it('with the same key and another body is refused', async () => {
    const { slug, guest } = await joined();
    const key = { 'idempotency-key': randomUUID() };
    await send(acme, slug, guest, await freshPhoto(), key);
    const second = await send(acme, slug, guest, await freshPhoto(), key);
    expect(second.status).toBe(422);
    expect(second.json.code).toBe('idempotency.mismatch');
  });
  it('sent twenty times at once makes one photo', async () => {
    const { slug, guest } = await joined();
    const photo = await freshPhoto();
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(acme, slug, guest, photo, key)));
    expect(answers.map((one) => one.status).toSorted()).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
    expect(new Set(answers.map((one) => one.json.photo.id)).size).toBe(1);
    const mine = await acme(`/api/v1/events/${slug}/mine`, { headers: guest.headers });
    expect(mine.json.items).toHaveLength(1);
  });
  it('by the same guest is the first, by another a row of its own that only staff see as a duplicate', async () => {
    const { slug, guest } = await joined();
    const other = await join(acme, slug);
    const photo = await freshPhoto();
    const first = await send(acme, slug, guest, photo);
    const again = await send(acme, slug, guest, photo);
    const copy = await send(acme, slug, other, photo);
    expect([first.status, again.status, copy.status]).toEqual([201, 200, 201]);
    expect(again.json.photo.id).toBe(first.json.photo.id);
    expect(copy.json.photo).not.toHaveProperty('duplicateOf');
    const staff = await signIn(acme, 'admin@acme.com');
    const seen = await acme(`/api/v1/photos/${copy.json.photo.id}`, { headers: staff.headers });
    expect(seen.json.photo).toMatchObject({
      duplicateOf: first.json.photo.id,
      sha256: createHash('sha256').update(photo).digest('hex'),
      bytes: photo.length,
      type: 'image/jpeg',
    });
    const list = await acme(`/api/v1/photos?event=${slug}&duplicates=true`, { headers: staff.headers });
    expect(list.json.items.map(({ id }: { id: string }) => id)).toEqual([copy.json.photo.id]);
  });
});

describe('what is no photo', () => {
  it.each([
    ['an empty body', 400, 'photo.empty', async () => new Uint8Array(), {}],
    [
      'a type that is no image',
      415,
      'photo.unsupported_type',
      () => freshPhoto(),
      { 'content-type': 'application/pdf' },
    ],
    ['text renamed to .jpg', 415, 'photo.unsupported_type', async () => textAsJpeg(), {}],
    ['a truncated JPEG', 422, 'photo.corrupt', async () => truncated(await freshPhoto()), {}],
    ['a photo of 0×0', 422, 'photo.corrupt', async () => withDeclaredSize(await freshPhoto(), 0, 0), {}],
    ['a PNG that says 30,000×30,000', 422, 'photo.too_many_pixels', async () => hugePngHeader(30_000, 30_000), {}],
    [
      'a JPEG header that lies',
      422,
      'photo.corrupt',
      async () => withDeclaredSize(await encodeJpeg(busy(64, 64)), 4000, 3000),
      {},
    ],
    [
      '225 megapixels',
      422,
      'photo.too_many_pixels',
      async () => withDeclaredSize(await freshPhoto(), 15_000, 15_000),
      {},
    ],
    ['101 MB', 413, 'photo.too_large', async () => new Uint8Array(101_000_000), {}],
    [
      'a wrong digest',
      422,
      'photo.digest_mismatch',
      () => freshPhoto(),
      { 'content-digest': digest(new Uint8Array([1])) },
    ],
    ['a digest that is none', 400, 'request.invalid', () => freshPhoto(), { 'content-digest': 'sha-256=nonsense' }],
    ['a key with a line break in it', 400, 'request.invalid', () => freshPhoto(), { 'idempotency-key': 'a b' }],
  ])('%s answers %i %s', async (_name, status, code, make, headers) => {
    const { slug, guest } = await joined();
    const answer = await send(acme, slug, guest, await make(), headers);
    expect({ status: answer.status, code: answer.json?.code }).toEqual({ status, code });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const mine = await acme(`/api/v1/events/${slug}/mine`, { headers: guest.headers });
    expect(mine.json.items).toEqual([]);
  });
  it('without a length answers 411', async () => {
    const { slug, guest } = await joined();
    const answer = await acme(`/api/v1/events/${slug}/photos`, {
      method: 'POST',
      headers: { ...guest.headers, 'content-type': 'image/jpeg' },
      body: await freshPhoto(),
      chunked: true,
    });
    expect([answer.status, answer.json.code]).toEqual([411, 'request.length_required']);
  });
  it('damaged inside becomes failed, with words for the guest, and is no reason to stop', async () => {
    const { slug, guest } = await joined();
    const photo = await freshPhoto(1200, 900);
    // A Huffman table replaced by zeros: the header is right, and no decoder can read the rest.
    const table = Buffer.from(photo).indexOf(Buffer.from([0xff, 0xc4]));
    photo.fill(0, table + 5, table + 21);
    const bad = await send(acme, slug, guest, photo);
    const good = await send(acme, slug, guest, await freshPhoto());
    expect([bad.status, good.status]).toEqual([201, 201]);
    const failed = await untilStatus(acme, slug, guest, bad.json.photo.id, 'failed');
    expect(failed.failure.code).toBe('photo.corrupt');
    expect(failed.failure.message).toMatch(/\w{3,}/);
    await untilStatus(acme, slug, guest, good.json.photo.id, 'pending');
    const staff = await signIn(acme, 'admin@acme.com');
    const decided = await acme(`/api/v1/photos/${bad.json.photo.id}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { status: 'approved' },
    });
    expect([decided.status, decided.json.code]).toEqual([409, 'photo.not_ready']);
  });
});

describe('who may send', () => {
  it('nobody, once uploads are closed', async () => {
    const { slug, guest } = await joined({ uploads: 'closed' });
    const answer = await send(acme, slug, guest, await freshPhoto());
    expect([answer.status, answer.json.code]).toEqual([403, 'event.uploads_closed']);
  });
  it('nobody, before the event opens or after it closes', async () => {
    const early = await joined({ opens_at: new Date(Date.now() + 3_600_000) });
    const late = await joined({ closes_at: new Date(Date.now() - 1000) });
    for (const { slug, guest } of [early, late]) {
      expect((await send(acme, slug, guest, await freshPhoto())).json.code).toBe('event.uploads_closed');
    }
  });
  it('no guest of another event', async () => {
    const here = await joined();
    const there = await joined();
    const answer = await send(acme, here.slug, there.guest, await freshPhoto());
    expect([answer.status, answer.json.code]).toEqual([403, 'access.denied']);
  });
  it('nobody to an event that does not exist', async () => {
    const { guest } = await joined();
    const answer = await send(acme, 'no-such-event', guest, await freshPhoto());
    expect([answer.status, answer.json.code]).toEqual([404, 'event.not_found']);
  });
});

it('a plain form with too many files says of each that is left what to do', async () => {
  const { slug } = await event();
  const form = new FormData();
  for (let n = 1; n <= 22; n++) form.append('photos', new File(['no photo'], `file ${n}.jpg`, { type: 'image/jpeg' }));
  const body = new Response(form);
  const headers = { 'content-type': body.headers.get('content-type') as string };
  const page = await acme(`/e/${slug}/photos`, {
    method: 'POST',
    headers,
    body: new Uint8Array(await body.arrayBuffer()),
  });
  const left = page.text.slice(page.text.indexOf('file 21.jpg'));
  expect([page.status, left.split('That is too much at once. Please send less.').length - 1]).toEqual([200, 2]);
  expect(left).toContain('file 22.jpg');
});
