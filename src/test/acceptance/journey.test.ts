import { describe, expect, it } from 'vitest';
import { freshPhoto, join, listen, send, signIn, untilStatus } from '../support/people.ts';
import { withExif } from '../support/images.ts';
import { setup } from './setup.ts';

const { acme, event, port } = setup();

describe('one photo, the whole way', () => {
  it('is sent, waits, is approved, and is in the gallery and on every socket within a second', async () => {
    const { id: eventId, slug } = await event();
    const staff = await signIn(acme, 'admin@acme.com');
    const guest = await join(acme, slug, { name: 'Ada' });
    const [desk, phone, wall] = await Promise.all([
      listen(acme, port, slug, staff.headers),
      listen(acme, port, slug, guest.headers),
      listen(acme, port, slug),
    ]);
    const hello = await wall.next((frame) => frame.type === 'hello');
    expect(hello).toMatchObject({ v: 1, role: 'viewer', seq: 0 });

    const sent = await send(acme, slug, guest, await freshPhoto(2400, 1600));
    expect(sent.status).toBe(201);
    const { id } = sent.json.photo;
    expect(sent.json.photo).toMatchObject({ status: 'processing', renditions: [], by: 'Ada' });

    const waiting = await desk.next((frame) => frame.type === 'photo.pending' && frame.photo.id === id);
    expect(waiting.photo).toMatchObject({ width: 2400, height: 1600, by: 'Ada', duplicateOf: null, eventId });
    expect(waiting.seq).toBeUndefined();
    await phone.next((frame) => frame.type === 'photo.status' && frame.id === id && frame.status === 'pending');
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.items).toEqual([]);

    const started = Date.now();
    const decided = await acme(`/api/v1/photos/${id}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { status: 'approved' },
    });
    expect(decided.json.photo.status).toBe('approved');
    const shown = await wall.next((frame) => frame.type === 'photo.approved' && frame.photo.id === id);
    expect(Date.now() - started).toBeLessThan(1000);
    expect(shown.seq).toBe(1);
    expect(shown.photo.renditions.map((one: { width: number }) => one.width)).toEqual([320, 960, 1920]);
    expect(shown.photo).not.toHaveProperty('sha256');
    await phone.next((frame) => frame.type === 'photo.status' && frame.status === 'approved');

    const list = await acme(`/api/v1/events/${slug}/photos`);
    expect(list.json.items.map((one: { id: string }) => one.id)).toEqual([id]);
    expect(list.json.epoch).toBe(hello.epoch);
    const page = await acme(`/e/${slug}`);
    expect(page.text).toContain(shown.photo.renditions[0].url);

    const rendition = await acme(shown.photo.renditions[1].url);
    expect(rendition.status).toBe(200);
    expect(rendition.headers).toMatchObject({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' });
    expect(rendition.headers['cache-control']).toContain('immutable');
    expect(rendition.bytes.subarray(8, 12).toString()).toBe('WEBP');

    await acme(`/api/v1/photos/${id}`, { method: 'PATCH', headers: staff.headers, body: { status: 'rejected' } });
    await wall.next((frame) => frame.type === 'photo.removed' && frame.id === id && frame.seq === 2);
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.items).toEqual([]);
    for (const socket of [desk, phone, wall]) socket.close();
  });

  it('is turned upright, loses its metadata and keeps the time it was taken', async () => {
    const { slug } = await event({ moderation: 'after' });
    const guest = await join(acme, slug);
    const photo = withExif(await freshPhoto(800, 400), {
      orientation: 6,
      dateTimeOriginal: '2026:06:20 18:00:00',
      offset: '+02:00',
    });
    const sent = await send(acme, slug, guest, photo);
    const done = await untilStatus(acme, slug, guest, sent.json.photo.id, 'approved');
    expect(done).toMatchObject({ width: 400, height: 800, takenAt: '2026-06-20T16:00:00.000Z' });
    const rendition = await acme(done.renditions[0].url);
    for (const mark of ['Exif', 'EXIF', 'XMP ', 'GPS']) expect(rendition.bytes.includes(mark)).toBe(false);
  });

  it('is deleted by its guest for everybody at once, and its objects are gone', async () => {
    const { slug } = await event({ moderation: 'after' });
    const guest = await join(acme, slug);
    const stranger = await join(acme, slug);
    const wall = await listen(acme, port, slug);
    const sent = await send(acme, slug, guest, await freshPhoto());
    const { id } = sent.json.photo;
    const shown = await wall.next((frame) => frame.type === 'photo.approved' && frame.photo.id === id);
    const path = `/api/v1/events/${slug}/mine/${id}`;
    expect((await acme(path, { method: 'DELETE', headers: stranger.headers })).status).toBe(404);
    expect((await acme(path, { method: 'DELETE', headers: guest.headers })).status).toBe(204);
    expect((await acme(path, { method: 'DELETE', headers: guest.headers })).status).toBe(204);
    await wall.next((frame) => frame.type === 'photo.removed' && frame.id === id);
    expect((await acme(`/api/v1/events/${slug}/mine`, { headers: guest.headers })).json.items).toEqual([]);
    await expect.poll(async () => (await acme(shown.photo.renditions[0].url)).status, { timeout: 5000 }).toBe(404);
    wall.close();
  });

  it('is missed by nobody who was away: since brings what came after', async () => {
    const { slug } = await event({ moderation: 'after' });
    const guest = await join(acme, slug);
    const first = await listen(acme, port, slug);
    const hello = await first.next((frame) => frame.type === 'hello');
    first.close();
    for (let n = 0; n < 3; n++) {
      const sent = await send(acme, slug, guest, await freshPhoto());
      await untilStatus(acme, slug, guest, sent.json.photo.id, 'approved');
    }
    const list = async () => (await acme(`/api/v1/events/${slug}/photos`)).json;
    await expect.poll(async () => (await list()).seq).toBe(3);
    const again = await listen(acme, port, slug, {}, `${hello.epoch}.1`);
    await again.next((frame) => frame.type === 'photo.approved' && frame.seq === 3);
    expect(again.frames.filter((frame) => frame.type === 'photo.approved').map((frame) => frame.seq)).toEqual([2, 3]);
    const stranger = await listen(acme, port, slug, {}, 'another-epoch.7');
    const reset = await stranger.next((frame) => frame.type === 'reset');
    expect(reset).toMatchObject({ epoch: hello.epoch, seq: 3 });
    expect((await acme(reset.snapshotUrl)).json.items).toHaveLength(3);
    again.close();
    stranger.close();
  });
});
