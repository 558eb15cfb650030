import { describe, expect, it } from 'vitest';
import { asOperator, makePhotos } from '../../support/database.ts';
import { freshPhoto, join, send, type Guest } from '../../support/people.ts';
import { readZip } from '../../support/zip.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl } = setup();

const archive = (slug: string, guest: Pick<Guest, 'headers'>, method = 'GET') =>
  acme(`/api/v1/events/${slug}/mine/archive.zip`, { method, headers: guest.headers });

describe('what a guest has sent, as one archive', () => {
  it('is byte for byte as it came, of known length, whatever the host thinks of it', async () => {
    const { slug } = await event({ name: 'Äpfel/Birnen 🎉' });
    const [ada, ben] = await Promise.all([join(acme, slug), join(acme, slug)]);
    const photos = await Promise.all([freshPhoto(64, 64), freshPhoto(80, 64)]);
    for (const photo of photos) expect((await send(acme, slug, ada, photo)).status).toBe(201);
    await send(acme, slug, ben, await freshPhoto(64, 64));
    const head = await archive(slug, ada, 'HEAD');
    const answer = await archive(slug, ada);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(answer.bytes.length),
      'cache-control': 'private, no-store',
    });
    expect(head.headers['content-length']).toBe(answer.headers['content-length']);
    expect(answer.headers['content-disposition']).toContain(
      `filename="${slug}.zip"; filename*=UTF-8''%C3%84pfel%20Birnen`,
    );
    const entries = readZip(answer.bytes);
    expect(entries.map((entry) => entry.bytes)).toEqual(photos.map((photo) => Buffer.from(photo)));
    for (const { name } of entries) expect(name).toMatch(/^Äpfel Birnen 🎉 \d{4}-\d{2}-\d{2}-\d{4}-[0-9a-f]{4}\.jpg$/);
  });

  it('is empty before anything was sent, and for guests of this event only', async () => {
    const [{ slug }, elsewhere] = [await event(), await event()];
    expect(readZip((await archive(slug, await join(acme, slug))).bytes)).toEqual([]);
    const stranger = await archive(slug, await join(acme, elsewhere.slug));
    expect([stranger.status, stranger.json.code]).toEqual([403, 'access.denied']);
    expect((await archive(slug, { headers: { authorization: '' } })).status).toBe(401);
  });

  it('is whole and as long as promised also where a file is missing, which it says in its place', async () => {
    const { id, slug } = await event();
    const ada = await join(acme, slug);
    const photo = await freshPhoto(64, 64);
    await makePhotos(ownerUrl, id, ada.id, [{ status: 'approved' }]);
    await send(acme, slug, ada, photo);
    const [missing, there] = readZip((await archive(slug, ada)).bytes);
    expect(there?.bytes).toEqual(Buffer.from(photo));
    expect([missing?.bytes.length, missing?.bytes.toString('utf8', 0, 27)]).toEqual([
      1000,
      'This file could not be read',
    ]);
  });

  it('of more than a page of photos has every one, by names of their own', async () => {
    const { id, slug } = await event();
    const ada = await join(acme, slug);
    await makePhotos(
      ownerUrl,
      id,
      ada.id,
      Array.from({ length: 1_001 }, () => ({ status: 'pending' })),
    );
    await asOperator(ownerUrl, (client) =>
      client.query("update photos set bytes = 10, created_at = timestamptz '2026-01-01' where event_id = $1", [id]),
    );
    const entries = readZip((await archive(slug, ada)).bytes);
    expect(entries).toHaveLength(1_001);
    expect(new Set(entries.map((entry) => entry.name)).size).toBe(1_001);
  });
});
