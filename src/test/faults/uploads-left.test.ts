import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLocal, type LocalPlatform } from '../../cli/local/start-local.ts';
import { asOperator, makeEvent, makeTenant } from '../support/database.ts';
import { clientFor, eventually, type Answer } from '../support/http.ts';
import { freshPhoto, join, send, untilStatus } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { storedObjects, storedUploads } from '../support/stored-objects.ts';
import { begin, beginAt, head, patch, receipt, TUS } from '../support/tus.ts';

/** A platform on which what nobody carries on is over in seconds instead of a day. */
const TTL_SECONDS = 6;
const MIB = 1024 * 1024;

const dataDir = mkdtempSync(path.join(tmpdir(), 'momentique-left-'));
let local: LocalPlatform;
let port: number;

beforeAll(async () => {
  port = await freePort();
  const vars = { UPLOAD_TTL_SECONDS: String(TTL_SECONDS) };
  local = await startLocal({ port, dataDir, seed: false, vars });
  await makeTenant(local.databaseUrls.owner, 'venue');
}, 120_000);
afterAll(async () => {
  await local.stop().catch(() => undefined);
  rmSync(dataDir, { recursive: true, force: true });
});

/** A movie with nothing behind its end. */
function movie(bytes: number): Uint8Array {
  const start = readFileSync(new URL('../support/samples/fast.mp4', import.meta.url));
  const file = Buffer.alloc(bytes);
  start.copy(file);
  file.writeUInt32BE(bytes - start.length, start.length);
  file.write('free', start.length + 4);
  return file;
}

/** Rows that all objects of uploads keep together. */
const keptInObjects = (): number => storedUploads(dataDir).reduce((sum, { rows }) => sum + rows, 0);

/** `Upload-Expires` as seconds from now. */
const secondsLeft = (answer: Answer): number =>
  (Date.parse(String(answer.headers['upload-expires'])) - Date.now()) / 1000;

it('uploads that nobody carries on are over at the time that was told, and leave nothing', async () => {
  const { slug } = await makeEvent(local.databaseUrls.owner, 'venue');
  const client = clientFor(port, `venue.localhost:${port}`);
  const guest = await join(client, slug);
  const photo = await freshPhoto(900, 600);
  const large = movie(14 * MIB);
  const sent = await send(client, slug, guest, await freshPhoto(64, 64));
  await untilStatus(client, slug, guest, sent.json.photo.id, 'pending');

  // Never begun to send; a part of a photo; so much of a movie that the store has parts of it.
  const begun = await begin(client, slug, guest, { length: photo.length });
  expect(secondsLeft(begun)).toBeGreaterThan(0);
  expect(secondsLeft(begun)).toBeLessThanOrEqual(TTL_SECONDS + 1);
  const some = await beginAt(client, slug, guest, { length: photo.length });
  const half = Math.floor(photo.length / 2);
  const one = await patch(client, some, guest, 0, photo.subarray(0, half));
  const parts = await beginAt(client, slug, guest, { length: large.length });
  const two = await patch(client, parts, guest, 0, large.subarray(0, 11 * MIB));
  for (const answer of [one, two]) {
    expect(answer.status, answer.text).toBe(204);
    expect(secondsLeft(answer)).toBeGreaterThan(0);
    expect(secondsLeft(answer)).toBeLessThanOrEqual(TTL_SECONDS + 1);
  }
  const left = [String(begun.headers['location']), some, parts];
  expect(keptInObjects()).toBeGreaterThan(11);
  for (const address of left.slice(1)) expect(secondsLeft(await head(client, address, guest))).toBeGreaterThan(0);
  // One that is carried on in time waits as long again, and is whole in the end.
  const kept = await beginAt(client, slug, guest, { length: photo.length });
  const first = await patch(client, kept, guest, 0, photo.subarray(0, 1000));
  await eventually(async () => secondsLeft(first) < TTL_SECONDS - 3, 'half of its time being over');
  const more = await patch(client, kept, guest, 1000, photo.subarray(1000, 2000));
  expect(Date.parse(String(more.headers['upload-expires']))).toBeGreaterThan(
    Date.parse(String(first.headers['upload-expires'])),
  );

  const gone = await Promise.all(
    left.map((address) =>
      eventually(async () => {
        const answer = await head(client, address, guest);
        return answer.status === 200 ? null : answer;
      }, `${address} being over`),
    ),
  );
  for (const answer of gone) {
    expect([404, 410]).toContain(answer.status);
    expect(answer.headers['tus-resumable']).toBe('1.0.0');
    expect(answer.headers['upload-offset']).toBeUndefined();
  }
  expect((await patch(client, kept, guest, 2000, photo.subarray(2000))).status).toBe(204);
  for (const address of left) {
    const late = await patch(client, address, guest, 0, photo);
    expect([404, 410], late.text).toContain(late.status);
    expect(['upload.not_found', 'upload.gone']).toContain(late.json.code);
    const end = await client(address, { method: 'DELETE', headers: { ...TUS, ...guest.headers } });
    expect([404, 410]).toContain(end.status);
  }
  const { json } = await eventually(async () => {
    const answer = await receipt(client, kept, guest);
    return answer.json?.photo ? answer : null;
  }, 'the one that was carried on being a photo');

  // Nothing of them is in Postgres, in the store, or in the objects that kept them.
  await eventually(
    async () =>
      (await asOperator(local.databaseUrls.owner, (db) => db.query('select id from upload_intents'))).rowCount === 0,
    'no note of an upload being left',
  );
  const mine = await client(`/api/v1/events/${slug}/mine`, { headers: guest.headers });
  const ids = [sent.json.photo.id, json.photo.id].toSorted();
  expect(mine.json.items.map((own: { id: string }) => own.id).toSorted()).toEqual(ids);
  await untilStatus(client, slug, guest, json.photo.id, 'pending');
  const rows = await asOperator(local.databaseUrls.owner, (db) =>
    db.query<{ id: string; bytes: string }>('select id, bytes from photos order by id'),
  );
  expect(rows.rows.map(({ id }) => id)).toEqual(ids);
  // The receipt of what has ended is kept as long, and then its object is empty as well.
  await eventually(async () => (await receipt(client, kept, guest)).status === 404, 'the receipt being forgotten');
  await eventually(async () => keptInObjects() === 0, 'all objects of uploads being empty');
  await local.stop();
  const { objects, unfinished } = storedObjects(dataDir);
  expect(unfinished).toEqual([]);
  expect([...new Set(objects.map(({ key }) => key.split('/')[4]))].toSorted()).toEqual(ids);
}, 120_000);
