import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocal, type LocalPlatform } from '../../cli/local/start-local.ts';
import { asOperator, makeEvent, makeTenant } from '../support/database.ts';
import { clientFor, eventually } from '../support/http.ts';
import { freshPhoto, join, listen, send, untilStatus, type Guest } from '../support/people.ts';
import { freePort } from '../support/ports.ts';

/**
 * What breaks at a venue, for real: the machine loses power in the middle of a batch, the database
 * goes away, an answer is lost after its COMMIT. Nothing may be lost, nothing doubled.
 */
const dataDir = mkdtempSync(path.join(tmpdir(), 'momentique-faults-'));
let local: LocalPlatform;
let port: number;

const start = async () => {
  local = await startLocal({ port, dataDir, seed: false, testControl: true, vars: { REQUEUE_AFTER_SECONDS: '4' } });
};
const control = (fault: Record<string, unknown>) =>
  fetch(`${local.endpointUrl}/control`, { method: 'POST', body: JSON.stringify(fault) }).then((answer) => {
    expect(answer.status).toBeLessThan(300);
  });
const client = () => clientFor(port, `venue.localhost:${port}`);

/** What a guest's page does: the same key again until there is an answer that is final. */
async function sendUntilTaken(event: string, guest: Guest, bytes: Uint8Array, key: string) {
  return eventually(
    async () => {
      const answer = await send(client(), event, guest, bytes, { 'idempotency-key': key }).catch(() => null);
      return answer && answer.status < 300 ? answer.json.photo : null;
    },
    'a photo being taken',
    60_000,
  );
}

async function publishedOf(slug: string) {
  const list = await client()(`/api/v1/events/${slug}/photos?limit=200`);
  return { ids: list.json.items.map((one: { id: string }) => one.id) as string[], seq: list.json.seq as number };
}

const rowsOf = (slug: string) =>
  asOperator(local.databaseUrls.owner, async (db) => {
    const photos = await db.query(
      `select p.status, p.sha256, (select count(*)::int from photo_renditions r where r.photo_id = p.id) as renditions
       from photos p join events e on e.id = p.event_id where e.slug = $1`,
      [slug],
    );
    const outbox = await db.query(
      'select count(*)::int as n from outbox o join events e on e.id = o.event_id where e.slug = $1',
      [slug],
    );
    return { photos: photos.rows, outbox: outbox.rows[0].n as number };
  });

beforeAll(async () => {
  port = await freePort();
  await start();
  await makeTenant(local.databaseUrls.owner, 'venue');
}, 120_000);

afterAll(async () => {
  await local.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('nothing is lost and nothing doubled', () => {
  it('when everything is killed while a batch runs', async () => {
    const { slug } = await makeEvent(local.databaseUrls.owner, 'venue', { moderation: 'after' });
    const guest = await join(client(), slug);
    const photos = await Promise.all(Array.from({ length: 12 }, () => freshPhoto(1600, 1200)));
    const keys = photos.map(() => randomUUID());
    const taken = await Promise.all(photos.map((bytes, n) => sendUntilTaken(slug, guest, bytes, keys[n] ?? '')));
    await eventually(async () => (await publishedOf(slug)).ids.length > 1, 'the batch being under way');
    await local.kill();
    await start();
    await eventually(async () => (await publishedOf(slug)).ids.length === 12, 'all twelve being published', 60_000);
    const again = await Promise.all(photos.map((bytes, n) => sendUntilTaken(slug, guest, bytes, keys[n] ?? '')));
    expect(again.map((photo) => photo.id)).toEqual(taken.map((photo) => photo.id));
    await eventually(async () => (await rowsOf(slug)).outbox === 0, 'the outbox being empty');
    const { photos: rows } = await rowsOf(slug);
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row).toMatchObject({ status: 'approved', renditions: 3 });
    const socket = await listen(client(), port, slug);
    const { epoch } = await socket.next((frame) => frame.type === 'hello');
    socket.close();
    const replay = await listen(client(), port, slug, {}, `${epoch}.0`);
    await replay.next((frame) => frame.type === 'photo.approved' && frame.seq === 12);
    const told = replay.frames.filter((frame) => frame.type === 'photo.approved');
    expect(told.map((frame) => frame.seq)).toEqual(Array.from({ length: 12 }, (_one, n) => n + 1));
    expect(new Set(told.map((frame) => frame.photo.id)).size).toBe(12);
    replay.close();
  }, 180_000);

  it('when the database is gone for ten seconds', async () => {
    const { slug } = await makeEvent(local.databaseUrls.owner, 'venue', { moderation: 'after' });
    const guest = await join(client(), slug);
    const before = await sendUntilTaken(slug, guest, await freshPhoto(), randomUUID());
    await control({ cut: 10_000 });
    const during = await send(client(), slug, guest, await freshPhoto());
    expect([during.status, during.json.code]).toEqual([503, 'unavailable']);
    expect(during.headers['retry-after']).toBeDefined();
    expect((await client()(`/e/${slug}`)).status).toBe(503);
    const after = await sendUntilTaken(slug, guest, await freshPhoto(), randomUUID());
    for (const { id } of [before, after]) await untilStatus(client(), slug, guest, id, 'approved');
    await eventually(async () => (await publishedOf(slug)).seq === 2, 'both being told to the room', 60_000);
    expect((await rowsOf(slug)).photos).toHaveLength(2);
  }, 120_000);

  it.each([
    ['that made the photo', 'insert into "photos"', 0],
    ['that made the photo, and then the line for ten seconds', 'insert into "photos"', 10_000],
    ['that ended its processing', 'update "photos"', 0],
    ['that emptied the outbox', 'delete from "outbox"', 2_000],
  ])(
    'when the answer to the COMMIT is lost %s',
    async (_name, matching, thenMs) => {
      const { slug } = await makeEvent(local.databaseUrls.owner, 'venue', { moderation: 'after' });
      const guest = await join(client(), slug);
      await control({ cutAfterCommit: { matching, thenMs } });
      const bytes = await freshPhoto();
      const key = randomUUID();
      const first = await sendUntilTaken(slug, guest, bytes, key);
      const again = await sendUntilTaken(slug, guest, bytes, key);
      expect(again.id).toBe(first.id);
      await eventually(
        async () => (await publishedOf(slug).catch(() => null))?.seq === 1,
        'the photo being told',
        60_000,
      );
      await eventually(async () => (await rowsOf(slug)).outbox === 0, 'the outbox being empty');
      const { photos } = await rowsOf(slug);
      expect(photos).toEqual([expect.objectContaining({ status: 'approved', renditions: 2 })]);
    },
    120_000,
  );

  it('when twenty uploads break off, each at another byte', async () => {
    const { slug } = await makeEvent(local.databaseUrls.owner, 'venue');
    const guest = await join(client(), slug);
    const photo = await freshPhoto(900, 900);
    const { request } = await import('node:http');
    await Promise.all(
      Array.from(
        { length: 20 },
        (_one, n) =>
          new Promise<void>((resolve) => {
            const outgoing = request({
              host: '127.0.0.1',
              port,
              path: `/api/v1/events/${slug}/photos`,
              method: 'POST',
              headers: {
                host: client().host,
                ...guest.headers,
                'content-type': 'image/jpeg',
                'content-length': String(photo.length),
              },
            });
            outgoing.on('error', () => resolve());
            outgoing.on('close', () => resolve());
            outgoing.write(photo.subarray(0, Math.floor((photo.length * (n + 1)) / 22)), () =>
              setTimeout(() => outgoing.destroy(), 30),
            );
          }),
      ),
    );
    expect((await rowsOf(slug)).photos).toEqual([]);
    const taken = await sendUntilTaken(slug, guest, photo, randomUUID());
    await untilStatus(client(), slug, guest, taken.id, 'pending');
  }, 60_000);
});
