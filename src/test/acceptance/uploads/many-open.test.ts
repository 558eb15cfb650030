import { expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import type { Answer } from '../../support/http.ts';
import { freshPhoto, join } from '../../support/people.ts';
import { forgetPeak, runtimeMemory } from '../../support/runtime-memory.ts';
import { isSoak } from '../../support/soak.ts';
import { storedUploads } from '../../support/stored-objects.ts';
import { begin, patch } from '../../support/tus.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, dataDir, pids } = setup();

const BEGINNINGS = isSoak ? 10_000 : 200;
const AT_ONCE = 50;
const MOST_OPEN = 20;
const MIB = 1024 * 1024;

it(`${BEGINNINGS} uploads that one guest begins are twenty, and nobody else notices`, async () => {
  const { id, slug } = await event();
  const greedy = await join(acme, slug);
  const objects = storedUploads(dataDir).length;
  const before = runtimeMemory(pids);
  if (before) forgetPeak(pids);

  const counts: Record<string, number> = {};
  const waits: number[] = [];
  const count = ({ status, json, headers }: Answer) => {
    const kind = status === 201 ? 'begun' : `${status} ${json?.code}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (status !== 201) waits.push(Number(headers['retry-after']));
  };
  let others = 0;
  for (let sent = 0; sent < BEGINNINGS; sent += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, () => begin(acme, slug, greedy, { length: 1_000_000 }));
    // Somebody else, in the middle of it.
    if ((sent / AT_ONCE) % 20 === 1) {
      const guest = await join(acme, slug);
      const photo = await freshPhoto(64, 64);
      const begun = await begin(acme, slug, guest, { length: photo.length });
      expect(begun.status, begun.text).toBe(201);
      expect((await patch(acme, String(begun.headers['location']), guest, 0, photo)).status).toBe(204);
      others += 1;
    }
    for (const answer of await Promise.all(batch)) count(answer);
  }

  expect(Object.keys(counts).toSorted()).toEqual(['429 rate.limited', '429 upload.too_many', 'begun']);
  expect(counts['begun']).toBe(MOST_OPEN);
  expect(counts['429 upload.too_many']).toBeGreaterThan(0);
  expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(BEGINNINGS);
  for (const wait of waits) expect(wait).toBeGreaterThan(0);

  const rows = await asOperator(ownerUrl, (db) =>
    db.query<{ guest_id: string }>('select guest_id from upload_intents where event_id = $1', [id]),
  );
  expect(rows.rows.filter((row) => row.guest_id === greedy.id)).toHaveLength(MOST_OPEN);
  const photos = await asOperator(ownerUrl, (db) => db.query('select id from photos where event_id = $1', [id]));
  expect(photos.rowCount).toBe(others);
  expect(storedUploads(dataDir).length - objects).toBe(MOST_OPEN + others);

  const after = runtimeMemory(pids);
  const inMib = (bytes = 0) => Math.round(bytes / MIB);
  console.log(
    `${BEGINNINGS} begun by one guest: ${JSON.stringify(counts)}, ${others} by others; ` +
      `the runtime had ${inMib(before?.now)} MiB, then at most ${inMib(after?.peak)}, ${inMib(after?.now)} at the end`,
  );
  if (before && after) expect(after.now - before.now).toBeLessThan(256 * MIB);
}, 900_000);
