import { expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import type { Answer } from '../../support/http.ts';
import { freshPhoto, join } from '../../support/people.ts';
import { runtimeMemory } from '../../support/runtime-memory.ts';
import { isSoak } from '../../support/soak.ts';
import { storedUploads } from '../../support/stored-objects.ts';
import { begin, patch } from '../../support/tus.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, dataDir, pids } = setup();

const BEGINNINGS = isSoak ? 10_000 : 200;
const AT_ONCE = 50;
const MOST_OPEN = 20;
const QUESTIONS = isSoak ? 2_000 : 50;

/** Asks so often, many at once. @returns KiB in memory that each has cost the runtime in the end; 0 where nobody knows */
async function growth(times: number, ask: () => Promise<unknown>): Promise<number> {
  const before = runtimeMemory(pids)?.now ?? 0;
  for (let asked = 0; asked < times; asked += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return Math.round(((runtimeMemory(pids)?.now ?? 0) - before) / 1024 / times);
}

it(`${BEGINNINGS} uploads that one guest begins are twenty, and nobody else notices`, async () => {
  const { id, slug } = await event();
  const greedy = await join(acme, slug);
  const objects = storedUploads(dataDir).length;
  // Whatever is asked of it, the local runtime grows for a while: a beginning may not cost more than a question does.
  const growthOfQuestions = await growth(QUESTIONS, () => acme('/healthz'));

  const counts: Record<string, number> = {};
  const waits: number[] = [];
  const count = ({ status, json, headers }: Answer) => {
    const kind = status === 201 ? 'begun' : `${status} ${json?.code}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (status !== 201) waits.push(Number(headers['retry-after']));
  };
  let others = 0;
  async function sendAsAnother(): Promise<void> {
    const guest = await join(acme, slug);
    const photo = await freshPhoto(64, 64);
    const begun = await begin(acme, slug, guest, { length: photo.length });
    expect(begun.status, begun.text).toBe(201);
    expect((await patch(acme, String(begun.headers['location']), guest, 0, photo)).status).toBe(204);
    others += 1;
  }
  let sent = 0;
  const growthOfBeginnings = await growth(BEGINNINGS, async () => {
    const answer = begin(acme, slug, greedy, { length: 1_000_000 });
    sent += 1;
    if (sent % 1_000 === AT_ONCE) await sendAsAnother();
    count(await answer);
  });

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

  console.log(
    `${BEGINNINGS} begun by one guest: ${JSON.stringify(counts)}, ${others} by others; the runtime grew by ` +
      `${growthOfBeginnings} KiB for each, by ${growthOfQuestions} KiB for each of ${QUESTIONS} questions before`,
  );
  // Of a few it says nothing: then it is the first of their kind that cost.
  if (isSoak) expect(growthOfBeginnings).toBeLessThanOrEqual(Math.max(2 * growthOfQuestions, 200));
}, 900_000);
