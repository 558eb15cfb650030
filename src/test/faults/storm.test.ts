import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLocal, type LocalPlatform } from '../../cli/local/start-local.ts';
import { asOperator, makeEvent, makeTenant } from '../support/database.ts';
import { clientFor, eventually } from '../support/http.ts';
import { join, type Guest } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { isSoak } from '../support/soak.ts';
import { storedObjects } from '../support/stored-objects.ts';
import { badLine } from './storm/bad-line.ts';
import { numbersFrom, photoMaker } from './storm/files.ts';
import { sendStubbornly, type Sent } from './storm/stubborn.ts';

/**
 * An evening in bad weather: a fifth of all answers is lost, a third of all bodies breaks off at some byte, and now and
 * then everything is killed at once, objects of uploads, consumers and waiting messages included. The sweeper takes
 * what it finds for lost after a second, so that jobs come twice and in any order.
 */
const UPLOADS = isSoak ? 1_000 : 24;
const GUESTS = isSoak ? 16 : 6;
const KILLS = isSoak ? 8 : 1;
const SEED = Number(process.env['MOMENTIQUE_SEED'] ?? 20_261_121);
const MIB = 1024 * 1024;
const vars = { REQUEUE_AFTER_SECONDS: '1', REPUBLISH_AFTER_SECONDS: '1' };

const dataDir = mkdtempSync(path.join(tmpdir(), 'momentique-storm-'));
let local: LocalPlatform;
let port: number;

const start = async () => {
  local = await startLocal({ port, dataDir, seed: false, testControl: true, vars });
};

beforeAll(async () => {
  port = await freePort();
  await start();
  await makeTenant(local.databaseUrls.owner, 'venue');
}, 120_000);
afterAll(async () => {
  await local.stop().catch(() => undefined);
  rmSync(dataDir, { recursive: true, force: true });
});

const rowsOf = (slug: string) =>
  asOperator(local.databaseUrls.owner, async (db) => {
    const photos = await db.query<{ id: string; sha256: string; status: string; renditions: number }>(
      `select p.id, p.sha256, p.status, (select count(*)::int from photo_renditions r where r.photo_id = p.id) as renditions
       from photos p join events e on e.id = p.event_id where e.slug = $1`,
      [slug],
    );
    const intents = await db.query('select id from upload_intents');
    return { photos: photos.rows, intents: intents.rowCount };
  });

it(
  'every photo of a stormy evening is there once, byte for byte, and nothing else is',
  async () => {
    const random = numbersFrom(SEED);
    const { slug } = await makeEvent(local.databaseUrls.owner, 'venue', { moderation: 'after' });
    const client = clientFor(port, `venue.localhost:${port}`);
    const makePhoto = await photoMaker(random);
    const guests = await Promise.all(Array.from({ length: GUESTS }, () => join(client, slug)));
    const lines = guests.map(() => badLine(port, client.host, { random, drops: 0.2, cuts: 0.3 }));
    const sent: Sent[] = [];
    let begun = 0;

    async function evening(guest: Guest, n: number): Promise<void> {
      const line = lines[n];
      while (line && begun < UPLOADS) {
        begun += 1;
        sent.push(await sendStubbornly(line, { event: slug, guest, key: `${n}-${begun}`, random }, makePhoto()));
      }
    }
    const evenings = Promise.all(guests.map(evening));
    for (let kill = 1; kill <= KILLS; kill++) {
      const due = Math.floor((UPLOADS * kill) / (KILLS + 1));
      await Promise.race([evenings, eventually(async () => sent.length >= due, 'the next kill being due', 900_000)]);
      await local.kill();
      await start();
    }
    await evenings;

    expect(new Set(sent.map(({ photoId }) => photoId)).size).toBe(UPLOADS);
    const cuts = lines.reduce((sum, { counts }) => sum + counts.cut, 0);
    const dropped = lines.reduce((sum, { counts }) => sum + counts.dropped, 0);
    expect(cuts).toBeGreaterThan(UPLOADS / 10);
    expect(dropped).toBeGreaterThan(UPLOADS / 10);
    const again = sent.reduce((sum, one) => sum + one.again, 0);
    // A break costs a piece at most; a kill one of each upload under way.
    expect(again).toBeLessThanOrEqual((cuts + KILLS * GUESTS) * MIB);

    const shown = await eventually(
      async () => {
        const found = await rowsOf(slug);
        return found.photos.every((row) => row.status === 'approved') && found.intents === 0 ? found : null;
      },
      'all of them being published',
      isSoak ? 900_000 : 120_000,
    );
    expect(shown.photos).toHaveLength(UPLOADS);
    expect(new Map(shown.photos.map((row) => [row.id, row.sha256]))).toEqual(
      new Map(sent.map((one) => [one.photoId, one.sha256])),
    );
    for (const row of shown.photos) expect(row.renditions).toBeGreaterThan(0);

    await local.stop();
    const { objects, unfinished } = storedObjects(dataDir);
    expect(unfinished).toEqual([]);
    const originals = objects.filter(({ key }) => key.endsWith('/original'));
    expect(new Map(originals.map((one) => [one.key.split('/').at(-2), one.sha256()]))).toEqual(
      new Map(sent.map((one) => [one.photoId, one.sha256])),
    );
    const renditions = shown.photos.reduce((sum, row) => sum + row.renditions, 0);
    expect(objects.length - originals.length).toBe(renditions);
    console.log(
      `${UPLOADS} uploads, seed ${SEED}: ${dropped} answers lost, ${cuts} bodies cut, ${KILLS} kills; ` +
        `${sent.reduce((sum, one) => sum + one.asks, 0)} requests, ${(again / MIB).toFixed(2)} MiB received again`,
    );
  },
  isSoak ? 3_000_000 : 300_000,
);
