import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chooseFreePort } from '../../cli/local/ports.ts';
import { startLocal, type LocalPlatform } from '../../cli/local/start-local.ts';
import { launchBrowser } from '../support/browser.ts';
import { makeEvent, makeWaitingPhotos } from '../support/database.ts';
import { untilDone } from './cleanup.ts';
import { alternate, figureOf, medianOf, ratioOf } from './measure.ts';
import { versionOf, type BenchResult } from './report.ts';

export interface KeysSize {
  rounds: number;
  /** presses a side and round */
  presses: number;
  /** waiting photos of the reference and of the measured event */
  few: number;
  many: number;
}

const FULL: KeysSize = { rounds: 9, presses: 24, few: 50, many: 5_000 };
const KEYS = ['ArrowRight', 'a', 'z', 'ArrowRight', 'r', 'z'];
const PREFERRED_PORT = 9440;

/** How long a moderator's key takes to the next paint, with many photos waiting against few. */
export async function benchKeys(size: KeysSize = FULL): Promise<BenchResult> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  const starting = startLocal({ port: await chooseFreePort([PREFERRED_PORT]), dataDir, seed: true, quiet: true });
  let browser: Browser | undefined;
  const stop = async () => {
    await browser?.close();
    await starting.then(
      (local) => local.stop(),
      () => undefined,
    );
    rmSync(dataDir, { recursive: true, force: true });
  };
  return untilDone(stop, async () => {
    const local = await starting;
    browser = await launchBrowser();
    return measure(local, browser, size);
  });
}

async function measure(local: LocalPlatform, browser: Browser, size: KeysSize): Promise<BenchResult> {
  const lane = async (photos: number) => {
    const page = await openDesk(local, browser, photos);
    return async () => {
      await page.bringToFront();
      return medianOf(await press(page, size.presses));
    };
  };
  const lanes = [await lane(size.many), await lane(size.few)];
  await alternate(1, lanes);
  const [many = [], few = []] = await alternate(size.rounds, lanes);
  return {
    name: 'keys',
    input: [
      `the moderation desk at 1440 × 900 with ${size.many} photos waiting, most of them loaded, and with ${size.few};`,
      `${size.rounds} rounds of ${size.presses} presses each in turn (${KEYS.join(' ')}), a round counts by its median;`,
      'from the key’s event to the first frame after the page has answered it.',
    ],
    ratios: [
      {
        name: `${size.many} waiting`,
        reference: `${size.few} waiting`,
        figure: ratioOf(many, few),
        target: { is: 'at most', value: 1.5 },
      },
    ],
    lines: [
      { name: `key to paint, ${size.many} waiting (at most 100 wanted)`, unit: 'ms', figure: figureOf(many) },
      { name: `key to paint, ${size.few} waiting`, unit: 'ms', figure: figureOf(few) },
    ],
    versions: { chromium: browser.version(), preact: versionOf('preact') },
  };
}

async function openDesk(local: LocalPlatform, browser: Browser, photos: number): Promise<Page> {
  const { id, slug } = await makeEvent(local.databaseUrls.owner, 'acme');
  await makeWaitingPhotos(local.databaseUrls.owner, 'acme', id, photos, ['Ada', 'Ben', 'Cléo']);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' });
  const page = await context.newPage();
  await page.goto(`http://acme.localhost:${new URL(local.url).port}/admin/events/${slug}/photos`);
  await page.locator('#email').fill('admin@acme.com');
  await page.locator('#password').fill('password123');
  await page.locator('.sign-in button[type=submit]').click();
  await page.locator('[data-live=live]').waitFor();
  await page.locator('.stage [data-photo]').waitFor();
  await loadMost(page, photos);
  return page;
}

/** Thousands are in the page, not only waiting on the server, while keys are measured. */
async function loadMost(page: Page, photos: number): Promise<void> {
  await page.waitForFunction(
    (least) => {
      const strip = document.querySelector<HTMLElement>('.strip');
      if (strip) strip.scrollLeft = strip.scrollWidth;
      return strip !== null && strip.scrollWidth > least;
    },
    photos * 0.6 * 80,
    { polling: 50, timeout: 120_000 },
  );
}

/** @returns milliseconds of each press */
async function press(page: Page, presses: number): Promise<number[]> {
  await page.evaluate(() => {
    const took: number[] = [];
    Object.assign(window, { took });
    const note = (event: KeyboardEvent) => {
      const at = event.timeStamp;
      // The task after the frame's callbacks: the frame has been made by then.
      requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - at)));
    };
    const before = (window as unknown as { note?: typeof note }).note;
    if (before) document.removeEventListener('keydown', before, true);
    Object.assign(window, { note });
    document.addEventListener('keydown', note, true);
  });
  for (let n = 0; n < presses; n++) {
    await page.keyboard.press(KEYS[n % KEYS.length] as string);
    await page.waitForFunction((done) => (window as unknown as { took: number[] }).took.length >= done, n + 1);
  }
  return page.evaluate(() => (window as unknown as { took: number[] }).took);
}
