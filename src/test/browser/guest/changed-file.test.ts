import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { originalsOf } from '../../support/arrivals.ts';
import { freshPhoto, signIn } from '../../support/people.ts';
import { joinAt, setup, soon } from '../setup.ts';

const { acme, atAcme, event } = setup();

const AWAY = /ERR_|Failed to load resource/;
const CHANGED = 'It may have changed since';
/** More than goes in one piece, so that a part of it is read later. */
const SEVERAL_PIECES_BYTES = 6_000_000;

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'momentique-changed-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const arrived = async (slug: string): Promise<string[]> =>
  originalsOf(acme, slug, (await signIn(acme, 'operator@acme.com')).headers);

let clock = Date.UTC(2026, 6, 1);
/** As it was at a time, and a minute later than anything before it: Chromium looks at the seconds. */
function put(name: string, bytes: Buffer, time = (clock += 60_000)): number {
  writeFileSync(at(name), bytes);
  utimesSync(at(name), time / 1000, time / 1000);
  return time;
}

/** What is behind a photo's end is kept and not looked at. */
async function photo(bytes = 0): Promise<Buffer> {
  const small = await freshPhoto(64, 48);
  const padded = Buffer.alloc(Math.max(bytes, small.length));
  padded.set(small);
  return padded;
}

async function write(name: string, bytes = 0): Promise<Buffer> {
  const written = await photo(bytes);
  put(name, written);
  return written;
}
const at = (name: string) => path.join(folder, name);
const row = (page: Page, name: string) => page.locator('[data-upload]', { hasText: name });

it('that is overwritten before it was read is named, may be tried again, and holds up nobody', async () => {
  const { slug } = await event();
  const page = await atAcme(`/e/${slug}`, { expects: AWAY });
  await joinAt(page, 'Ada');
  // Nothing is read before the worker is there.
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/worker-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  const others = [await write('first.jpg'), await write('third.jpg')];
  const second = await photo();
  const time = put('second.jpg', second);
  await page.locator('#choose').setInputFiles(['first.jpg', 'second.jpg', 'third.jpg'].map(at));
  await row(page, 'third.jpg').waitFor();
  await write('second.jpg');
  release();
  await row(page, 'second.jpg').getByRole('alert').filter({ hasText: CHANGED }).waitFor();
  await page.locator('[data-status=pending]').nth(1).waitFor();
  expect(await arrived(slug)).toEqual(others.map(digest).sort());

  put('second.jpg', second, time);
  await row(page, 'second.jpg').getByRole('button', { name: 'Try again' }).click();
  await page.locator('[data-status=pending]').nth(2).waitFor();
  expect(await arrived(slug)).toEqual([...others, second].map(digest).sort());
});

it('that is overwritten after it was read arrives as it was chosen', async () => {
  const { slug } = await event();
  const page = await atAcme(`/e/${slug}`, { expects: AWAY });
  await joinAt(page, 'Ada');
  await page.route('**/uploads', () => undefined);
  const chosen = [await write('small.jpg'), await write('large.jpg', SEVERAL_PIECES_BYTES)];
  await page.locator('#choose').setInputFiles(['small.jpg', 'large.jpg'].map(at));
  await page.locator('[data-upload=sending]').nth(1).waitFor();
  await write('small.jpg', 50_000);
  rmSync(at('large.jpg'));
  await page.unroute('**/uploads');
  await page.getByRole('button', { name: 'Pause all' }).click();
  await page.getByRole('button', { name: 'Send all' }).click();
  await page.locator('[data-status=pending]').nth(1).waitFor();
  expect(await arrived(slug)).toEqual(chosen.map(digest).sort());
});

it('that is overwritten while a browser that keeps nothing sends it is not taken for a bad connection', async () => {
  const { slug } = await event();
  const page = await atAcme(`/e/${slug}`, { expects: AWAY });
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await page.reload();
  await joinAt(page, 'Ada');
  await write('large.jpg', SEVERAL_PIECES_BYTES);
  const other = await write('other.jpg');
  // The first piece has gone out, and nobody answers.
  const patched = page.waitForRequest((request) => request.method() === 'PATCH');
  await page.route('**/uploads/*', () => undefined);
  await page.locator('#choose').setInputFiles(['large.jpg', 'other.jpg'].map(at));
  await patched;
  const now = await write('large.jpg', SEVERAL_PIECES_BYTES);
  await page.unroute('**/uploads/*');
  await row(page, 'large.jpg').getByRole('button', { name: 'Pause' }).click();
  await row(page, 'large.jpg').getByRole('button', { name: 'Go on' }).click();
  await row(page, 'large.jpg').getByRole('alert').filter({ hasText: CHANGED }).waitFor();
  await page.locator('[data-status=pending]').waitFor();
  expect(await arrived(slug)).toEqual([digest(other)]);
  // Chosen again it is another file, and one row is enough for both.
  await page.locator('#choose').setInputFiles(at('large.jpg'));
  await page.locator('[data-status=pending]').nth(1).waitFor();
  await soon(() => page.locator('[data-upload]').count()).toBe(0);
  expect(await arrived(slug)).toEqual([other, now].map(digest).sort());
});
