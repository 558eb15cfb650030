import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { joinAt, PHONE } from '../../browser/setup.ts';
import { launchBrowser } from '../../support/browser.ts';
import { eventually } from '../../support/http.ts';
import { untilDone } from '../cleanup.ts';
import { figureOf } from '../measure.ts';
import type { Line, Ratio } from '../report.ts';
import { photoFiles } from './photos.ts';
import type { Venue } from './platform.ts';

export interface PhoneSize {
  rounds: number;
  photos: number;
  bytes: number;
  /** what the link carries upwards, bytes a second */
  linkBytes: number;
}

const LATENCY_MS = 40;
const LONG_TASK_MS = 50;
const SLOWER = 4;
const PATIENCE_MS = 600_000;

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var longTasks: number[];
}

/** The choice of photos, in a fresh browser, over a link of its own. */
async function choice(browser: Browser, venue: Venue, slug: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(`${venue.client.origin}/e/${slug}`);
  await joinAt(page, 'Ada');
  return page;
}

async function link(page: Page, uploadThroughput: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: -1,
    uploadThroughput,
  });
}

const arrived = (venue: Venue, page: Page, slug: string, count: number) =>
  eventually(
    async () => {
      const held = await page.evaluate(
        (event) => fetch(`/api/v1/events/${event}/mine?limit=200`).then((answer) => answer.json()),
        slug,
      );
      return (held as { items: unknown[] }).items.length >= count;
    },
    'all photos having arrived',
    PATIENCE_MS,
  );

/** From the choice of the files until the page says that all of them are sent. @returns milliseconds */
async function sendAll(browser: Browser, venue: Venue, files: string[], size: PhoneSize): Promise<number> {
  const slug = await venue.event();
  const page = await choice(browser, venue, slug);
  await link(page, size.linkBytes);
  const started = performance.now();
  await page.locator('#choose').setInputFiles(files);
  await page.locator('[data-upload]').first().waitFor({ state: 'attached' });
  await page.waitForFunction(
    () => document.querySelectorAll('[data-upload]').length === 0 && !document.querySelector('.bar-line'),
    undefined,
    { timeout: PATIENCE_MS, polling: 50 },
  );
  const took = performance.now() - started;
  await arrived(venue, page, slug, files.length);
  await page.context().close();
  return took;
}

/** In the page: whether so many files have been read, digested and put into the outbox. */
const keptFiles = (count: number): Promise<boolean> =>
  new Promise((resolve) => {
    const opening = indexedDB.open('momentique-outbox');
    opening.onsuccess = () => {
      const database = opening.result;
      const asking = database.transaction('uploads').objectStore('uploads').getAll();
      asking.onsuccess = () => {
        database.close();
        const kept = (asking.result as { stored: string; sha256: string | null }[]).filter(
          ({ stored, sha256 }) => stored === 'kept' && sha256 !== null,
        );
        resolve(kept.length === count);
      };
    };
  });

/** While so many photos are copied and digested on a phone a quarter as fast, nothing being sent. @returns longest task, ms */
async function longestTask(browser: Browser, venue: Venue, files: string[]): Promise<number> {
  const page = await choice(browser, venue, await venue.event());
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  // Creation alone is held up, so that every file is prepared and none is sent.
  await page.route('**/uploads*', () => undefined);
  await page.evaluate(() => globalThis.longTasks.splice(0));
  await page.locator('#choose').setInputFiles(files);
  await page.waitForFunction(keptFiles, files.length, { timeout: PATIENCE_MS, polling: 500 });
  const tasks = await page.evaluate(() => globalThis.longTasks);
  await page.context().close();
  return Math.max(1, ...tasks);
}

/** Fifty photos from a phone: how much of the link is used, and whether the page stays quick meanwhile. */
export async function benchPhone(venue: Venue, size: PhoneSize): Promise<{ ratios: Ratio[]; lines: Line[] }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'momentique-photos-'));
  const browser = await launchBrowser();
  const stop = async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return untilDone(stop, async () => {
    const files = await photoFiles(folder, size.photos, size.bytes);
    const ideal = (size.photos * size.bytes * 1000) / size.linkBytes;
    const took: number[] = [];
    const longest: number[] = [];
    for (let round = 0; round < size.rounds; round++) {
      longest.push(await longestTask(browser, venue, files));
      took.push(await sendAll(browser, venue, files, size));
    }
    const megabits = (size.linkBytes * 8) / 1_000_000;
    return {
      ratios: [
        {
          name: `${size.photos} photos of ${size.bytes / 1_000_000} MB from a browser`,
          reference: `the ideal of a link of ${megabits} Mbit/s`,
          figure: figureOf(took.map((ms) => ideal / ms)),
          target: { is: 'at least', value: 0.9 },
        },
        {
          name: `longest task of the page while they are digested, ${SLOWER} times slower`,
          reference: `${LONG_TASK_MS} ms`,
          figure: figureOf(longest.map((ms) => ms / LONG_TASK_MS)),
          target: { is: 'at most', value: 1 },
        },
      ],
      lines: [
        { name: 'all photos sent', unit: 's', figure: figureOf(took.map((ms) => ms / 1000)) },
        { name: 'the ideal of the link', unit: 's', figure: figureOf(took.map(() => ideal / 1000)) },
      ],
    };
  });
}
