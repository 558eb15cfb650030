import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { makePhoto, type Recipe } from '../../corpus/photos.ts';
import { createImageInspector } from '../../../domain/images/inspector.ts';
import { poisons, type Poison } from '../../corpus/poison.ts';
import { join, send, signIn } from '../../support/people.ts';
import { root } from '../../support/processes.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl } = setup();
const run = promisify(execFile);

/** One of each kind that is decoded here, small enough that a hundred of them take seconds. */
const KINDS: Recipe[] = [
  { type: 'image/jpeg', size: { width: 900, height: 600 }, exif: { orientation: 6, gps: true } },
  { type: 'image/jpeg', size: { width: 640, height: 480 }, progressive: true, profile: 'p3' },
  { type: 'image/jpeg', size: { width: 500, height: 500 }, space: 'b-w' },
  { type: 'image/png', size: { width: 400, height: 300 }, alpha: true },
  { type: 'image/png', size: { width: 320, height: 240 }, space: 'rgb16' },
  { type: 'image/webp', size: { width: 800, height: 600 } },
  { type: 'image/gif', size: { width: 300, height: 200 }, frames: 3 },
  { type: 'image/avif', size: { width: 240, height: 180 } },
];
const GOOD = 90;
const BAD = 10;
const GUESTS = 5;
/** Making them takes longer than all else: each guest sends each once, since 5 and 18 have no factor in common. */
const DIFFERENT = 18;
const DONE_MS = 120_000;

/** Nothing but its pixels is wrong; the others are refused while they are sent, and never come as far as the queue. */
function passesTheDoor({ bytes, refused }: Poison): boolean {
  const inspector = createImageInspector();
  try {
    inspector.push(bytes);
    inspector.finish();
    return refused;
  } catch {
    return false;
  }
}

it(
  'of a hundred mixed photos with ten poisonous ones among them ninety appear, and ten say why not',
  { timeout: 180_000 },
  async () => {
    const { slug } = await event({ moderation: 'after' });
    const staff = await signIn(acme, 'admin@acme.com');
    const guests = await Promise.all(Array.from({ length: GUESTS }, () => join(acme, slug)));
    const made = await Promise.all(
      Array.from({ length: DIFFERENT }, (_, n) => makePhoto({ ...KINDS[n % KINDS.length]!, photo: n })),
    );
    const good = Array.from({ length: GOOD }, (_, n) => made[n % DIFFERENT]!);
    const sendAs = (n: number, bytes: Uint8Array) =>
      send(acme, slug, guests[n % GUESTS]!, bytes, { 'content-type': 'application/octet-stream' });
    const accepted: string[] = [];
    const bad = new Map<string, string>();
    for (const { name, bytes } of (await poisons()).filter(passesTheDoor).slice(0, BAD)) {
      const sent = await sendAs(bad.size, bytes);
      expect([name, sent.status]).toEqual([name, 201]);
      bad.set(sent.json.photo.id, name);
      for (const photo of good.splice(0, Math.ceil(GOOD / BAD))) {
        const answer = await sendAs(accepted.length, photo);
        expect(answer.status).toBe(201);
        accepted.push(answer.json.photo.id);
      }
    }
    const list = async () => {
      const pages = await Promise.all(
        ['processing', 'approved', 'failed'].map((status) =>
          acme(`/api/v1/photos?event=${slug}&status=${status}&limit=200`, { headers: staff.headers }),
        ),
      );
      return pages.map((page) => page.json.items as { id: string; failure: { code: string } | null }[]);
    };
    await expect.poll(async () => (await list())[0]?.length, { timeout: DONE_MS, interval: 500 }).toBe(0);
    const [, approved = [], failed = []] = await list();
    expect(approved.map(({ id }) => id).sort()).toEqual(accepted.sort());
    expect(failed.map(({ id }) => id).sort()).toEqual([...bad.keys()].sort());
    for (const { id, failure } of failed) expect([bad.get(id), failure?.code]).toEqual([bad.get(id), 'photo.corrupt']);
  },
);

it('what photos took is there for whoever operates the platform', async () => {
  const command = ['src/cli/main.ts', 'photo', 'figures', '--database-url', ownerUrl, '--json'];
  const { stdout } = await run(process.execPath, command, { cwd: root });
  const { items, failures } = JSON.parse(stdout);
  expect(items.map((item: { type: string }) => item.type)).toEqual(expect.arrayContaining(['image/jpeg', 'image/png']));
  for (const item of items) {
    expect(item.peakMiB.max).toBeLessThanOrEqual(96);
    expect(item.ms.median).toBeGreaterThan(0);
  }
  expect(failures).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'photo.corrupt' })]));
  const shown = await run(process.execPath, command.slice(0, -1), { cwd: path.resolve(root) });
  expect(shown.stdout).toContain('image/jpeg');
});
