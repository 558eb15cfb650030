import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { busy } from '../../support/images.ts';
import { encodeJpeg, encodeWebp } from '../../support/image-encoders.ts';
import { freshPhoto, join, send, signIn, untilStatus, type Guest } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, ownerUrl } = setup();

const sample = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../support/samples/${name}`, import.meta.url)));
/** 1200 × 800 */
const HEIC = sample('photo.heic');
/** 96 × 64, one second */
const MP4 = sample('slow.mp4');
/** As a phone writes it: seconds since 1904 in the movie's header. */
new DataView(MP4.buffer).setUint32(
  Buffer.from(MP4).indexOf('mvhd') + 8,
  Date.UTC(2026, 10, 20, 18, 30) / 1000 + 2_082_844_800,
);

let serial = 0;
/** The same file with other bytes behind its end, so that it is another photo. */
const another = (file: Uint8Array): Uint8Array => {
  serial += 1;
  const box = new Uint8Array(16);
  new DataView(box.buffer).setUint32(0, box.length);
  box.set(new TextEncoder().encode('free'), 4);
  new DataView(box.buffer).setUint32(8, serial);
  new DataView(box.buffer).setUint32(12, Date.now() % 2 ** 32);
  return new Uint8Array([...file, ...box]);
};

async function party(over: Record<string, unknown> = {}) {
  const { slug, id } = await event(over);
  return { slug, id, guest: await join(acme, slug) };
}

const announce = (slug: string, guest: Guest, bytes: Uint8Array, type: string) =>
  acme(`/api/v1/events/${slug}/photos?preview=coming`, {
    method: 'POST',
    headers: { ...guest.headers, 'content-type': type },
    body: bytes,
  });
const putPreview = (slug: string, guest: Guest, photo: string, bytes: Uint8Array) =>
  acme(`/api/v1/events/${slug}/mine/${photo}/preview`, {
    method: 'PUT',
    headers: { ...guest.headers, 'content-type': 'image/jpeg' },
    body: bytes,
  });

describe('a HEIC photo', () => {
  it('appears with the picture that its sender’s browser made of it', async () => {
    const { slug, guest } = await party({ moderation: 'after' });
    const sent = await announce(slug, guest, another(HEIC), 'image/heic');
    expect([sent.status, sent.json.photo.preview, sent.json.photo.status]).toEqual([201, 'wanted', 'processing']);
    const { id } = sent.json.photo;
    const put = await putPreview(slug, guest, id, await freshPhoto(1200, 800));
    expect([put.status, put.json.photo.preview]).toEqual([201, 'stored']);
    const photo = await untilStatus(acme, slug, guest, id, 'approved', 'failed');
    expect(photo).toMatchObject({ status: 'approved', kind: 'photo', width: 1200, height: 800, preview: 'stored' });
    const shown = await acme(photo.renditions[0].url);
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/webp']);
  });

  it('has the size of the original, upright, and not that of its preview', async () => {
    const { slug, guest } = await party({ moderation: 'after' });
    const { json } = await announce(slug, guest, another(HEIC), 'image/heic');
    await putPreview(slug, guest, json.photo.id, await freshPhoto(400, 600));
    const photo = await untilStatus(acme, slug, guest, json.photo.id, 'approved', 'failed');
    expect(photo).toMatchObject({ status: 'approved', width: 800, height: 1200 });
  });

  it('that nobody announced a preview of fails with words that help, and its original is kept', async () => {
    const { slug, guest } = await party();
    const bytes = another(HEIC);
    const sent = await send(acme, slug, guest, bytes, { 'content-type': 'image/heic' });
    expect([sent.status, sent.json.photo.preview]).toEqual([201, 'missing']);
    const photo = await untilStatus(acme, slug, guest, sent.json.photo.id, 'failed');
    expect(photo.failure.code).toBe('photo.no_preview');
    const staff = await signIn(acme, 'admin@acme.com');
    const seen = await acme(`/api/v1/photos/${photo.id}`, { headers: staff.headers });
    expect(seen.json.photo).toMatchObject({ type: 'image/heic', bytes: bytes.length });
  });

  it('sent by a plain form is said to be one that nobody will see', async () => {
    const { slug } = await event();
    const form = new FormData();
    form.append('photos', new File([Buffer.from(another(HEIC))], 'IMG_1.HEIC', { type: 'image/heic' }));
    form.append('photos', new File([Buffer.from(await freshPhoto())], 'IMG_2.jpg', { type: 'image/jpeg' }));
    const body = new Response(form);
    const headers = { 'content-type': body.headers.get('content-type') as string };
    const bytes = new Uint8Array(await body.arrayBuffer());
    const page = await acme(`/e/${slug}/photos`, { method: 'POST', headers, body: bytes });
    const said = 'The host has it, but it cannot be shown in the gallery';
    expect([page.status, page.text.split(said).length - 1]).toEqual([200, 1]);
    expect(page.text.indexOf(said)).toBeLessThan(page.text.indexOf('IMG_2.jpg'));
  });

  it('is saved by a preview that comes after all', async () => {
    const { slug, guest } = await party({ moderation: 'after' });
    const sent = await send(acme, slug, guest, another(HEIC), { 'content-type': 'image/heic' });
    const { id } = await untilStatus(acme, slug, guest, sent.json.photo.id, 'failed');
    const put = await putPreview(slug, guest, id, await freshPhoto(600, 400));
    expect([put.status, put.json.photo.status]).toEqual([201, 'processing']);
    expect(await untilStatus(acme, slug, guest, id, 'approved')).toMatchObject({ failure: null });
  });

  it('whose preview was lost is given up by the sweeper', async () => {
    const { slug, guest } = await party();
    const { json } = await announce(slug, guest, another(HEIC), 'image/heic');
    const { id } = json.photo;
    const overdue = `update photos set preview_until = now() - interval '1 second' where id = $1`;
    await asOperator(ownerUrl, (client) => client.query(overdue, [id]));
    const photo = await untilStatus(acme, slug, guest, id, 'failed');
    expect([photo.preview, photo.failure.code]).toEqual(['missing', 'photo.no_preview']);
  });
});

describe('a preview', () => {
  it('sent again changes nothing', async () => {
    const { slug, guest } = await party({ moderation: 'after' });
    const { json } = await announce(slug, guest, another(HEIC), 'image/heic');
    const { id } = json.photo;
    const preview = await freshPhoto(600, 400);
    const answers = await Promise.all(Array.from({ length: 5 }, () => putPreview(slug, guest, id, preview)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 201]);
    const photo = await untilStatus(acme, slug, guest, id, 'approved');
    const late = await putPreview(slug, guest, id, await freshPhoto(600, 400));
    expect([late.status, late.json.photo]).toEqual([200, photo]);
  });

  it('of a photo that is decoded here is neither awaited nor taken', async () => {
    const { slug, guest } = await party();
    const sent = await announce(slug, guest, await freshPhoto(), 'image/jpeg');
    expect([sent.status, sent.json.photo.preview]).toEqual([201, null]);
    const put = await putPreview(slug, guest, sent.json.photo.id, await freshPhoto());
    expect([put.status, put.json.photo.preview]).toEqual([200, null]);
  });

  it('is the sender’s to send: nobody else’s, and not at another event or tenant', async () => {
    const { slug, guest } = await party();
    const elsewhere = await party();
    const { json } = await announce(slug, guest, another(HEIC), 'image/heic');
    const preview = await freshPhoto(600, 400);
    const other = await join(acme, slug);
    const foreign = await event({}, 'techstart');
    const stranger = await join(techstart, foreign.slug);
    const { id } = json.photo;
    expect((await putPreview(slug, other, id, preview)).status).toBe(404);
    expect((await putPreview(elsewhere.slug, elsewhere.guest, id, preview)).status).toBe(404);
    expect((await putPreview(slug, elsewhere.guest, id, preview)).status).toBe(403);
    const path = `/api/v1/events/${foreign.slug}/mine/${id}/preview`;
    expect((await techstart(path, { method: 'PUT', headers: stranger.headers, body: preview })).status).toBe(404);
    expect((await putPreview(slug, guest, id, preview)).status).toBe(201);
  });

  it('is not taken for a photo that its guest has deleted', async () => {
    const { slug, guest } = await party();
    const { json } = await announce(slug, guest, another(HEIC), 'image/heic');
    await acme(`/api/v1/events/${slug}/mine/${json.photo.id}`, { method: 'DELETE', headers: guest.headers });
    expect((await putPreview(slug, guest, json.photo.id, await freshPhoto(600, 400))).status).toBe(404);
  });

  it.each([
    ['of another shape', 422, 'photo.preview_mismatch', () => freshPhoto(600, 600)],
    ['larger than one may be', 422, 'photo.too_many_pixels', () => freshPhoto(3000, 2000)],
    ['of more bytes', 413, 'request.too_large', async () => new Uint8Array(4_000_001)],
    ['of a type that is itself none', 415, 'photo.unsupported_type', async () => HEIC],
    ['cut off', 422, 'photo.corrupt', async () => (await freshPhoto(600, 400)).subarray(0, 900)],
    ['that is empty', 400, 'photo.empty', async () => new Uint8Array()],
  ])('%s is refused, and a right one may follow', async (_name, status, code, make) => {
    const { slug, guest } = await party();
    const { json } = await announce(slug, guest, another(HEIC), 'image/heic');
    const refused = await putPreview(slug, guest, json.photo.id, await make());
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    const taken = await putPreview(slug, guest, json.photo.id, await encodeWebp(busy(600, 400)));
    expect(taken.status).toBe(201);
  });
});

describe('a video', () => {
  it('is shown by its poster, with what its file says of it', async () => {
    const { slug, guest } = await party({ moderation: 'after' });
    const sent = await announce(slug, guest, another(MP4), 'video/mp4');
    expect(sent.json.photo).toMatchObject({ kind: 'video', preview: 'wanted' });
    expect(sent.json.photo.durationMs).toBeGreaterThan(900);
    const { id } = sent.json.photo;
    const wrong = await putPreview(slug, guest, id, await freshPhoto(640, 480));
    expect([wrong.status, wrong.json.code]).toEqual([422, 'photo.preview_mismatch']);
    await putPreview(slug, guest, id, await freshPhoto(960, 640));
    const photo = await untilStatus(acme, slug, guest, id, 'approved', 'failed');
    expect(photo).toMatchObject({ status: 'approved', kind: 'video', width: 96, height: 64 });
    expect(photo.takenAt).toBe('2026-11-20T18:30:00.000Z');
    const list = await acme(`/api/v1/events/${slug}/photos`);
    expect(list.json.items[0]).toMatchObject({ id, kind: 'video', durationMs: sent.json.photo.durationMs });
    const page = await acme(`/e/${slug}`);
    expect(page.text).toContain('data-kind="video"');
  });

  it('turned by its phone is as high as it is shown', async () => {
    const { slug, guest } = await party({ moderation: 'after' });
    const { json } = await announce(slug, guest, another(sample('turned.mov')), 'video/quicktime');
    await putPreview(slug, guest, json.photo.id, await encodeJpeg(busy(64, 96)));
    const photo = await untilStatus(acme, slug, guest, json.photo.id, 'approved', 'failed');
    expect(photo).toMatchObject({ width: 64, height: 96 });
  });
});
