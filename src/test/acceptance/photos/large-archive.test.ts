import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { asOperator, makePhotos } from '../../support/database.ts';
import { freshPhoto, join, send, type Guest } from '../../support/people.ts';
import { isSoak } from '../../support/soak.ts';
import { readZipFile } from '../../support/zip-file.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, port } = setup();

/** Five videos of the largest size are more than 4 GiB, where offsets of a ZIP do not fit into 32 bits any more. */
const VIDEOS = 5;
const VIDEO_BYTES = isSoak ? 1_000_000_000 : 1_000_000;

const folder = mkdtempSync(path.join(tmpdir(), 'momentique-archive-'));
const file = path.join(folder, 'archive.zip');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Into a file with holes where there are zeros, so that gigabytes of them need no disk. @returns what was promised */
function download(slug: string, guest: Guest): Promise<{ status: number; promised: number; bytes: number }> {
  const address = `/api/v1/events/${slug}/mine/archive.zip`;
  const headers = { host: acme.host, ...guest.headers };
  return new Promise((resolve, reject) => {
    const fd = openSync(file, 'w');
    let bytes = 0;
    const asked = request({ host: '127.0.0.1', port, path: address, headers, agent: false }, (answer) => {
      answer.on('data', (chunk: Buffer) => {
        if (!chunk.equals(Buffer.alloc(chunk.length))) writeSync(fd, chunk, 0, chunk.length, bytes);
        bytes += chunk.length;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        ftruncateSync(fd, bytes);
        closeSync(fd);
        resolve({ status: answer.statusCode ?? 0, promised: Number(answer.headers['content-length']), bytes });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

it(`an archive of ${VIDEOS} videos of ${VIDEO_BYTES / 1e6} MB and a photo is as long as promised, and whole`, async () => {
  const { id, slug } = await event();
  const guest = await join(acme, slug);
  // Their files are missing, and what stands in for them is as long as they were.
  await makePhotos(
    ownerUrl,
    id,
    guest.id,
    Array.from({ length: VIDEOS }, () => ({ status: 'pending' })),
  );
  await asOperator(ownerUrl, (db) =>
    db.query("update photos set bytes = $2, created_at = now() - interval '1 day' where event_id = $1", [
      id,
      VIDEO_BYTES,
    ]),
  );
  // The last one: behind all of them.
  const photo = await freshPhoto(64, 64);
  expect((await send(acme, slug, guest, photo)).status).toBe(201);

  const begun = Date.now();
  const { status, promised, bytes } = await download(slug, guest);
  const seconds = (Date.now() - begun) / 1000;
  expect([status, bytes]).toEqual([200, promised]);
  expect(bytes).toBeGreaterThan(VIDEOS * VIDEO_BYTES);
  const { isZip64, entries } = readZipFile(file);
  expect(entries.map((entry) => entry.bytes)).toEqual([...Array(VIDEOS).fill(VIDEO_BYTES), photo.length]);
  expect(entries.at(-1)?.sha256).toBe(createHash('sha256').update(photo).digest('hex'));
  expect(new Set(entries.map(({ name }) => name)).size).toBe(VIDEOS + 1);
  expect(isZip64).toBe(bytes > 0xffffffff);
  console.log(`${bytes} bytes in ${seconds.toFixed(1)} s, ${isZip64 ? 'ZIP64' : 'ZIP'}`);
}, 900_000);
