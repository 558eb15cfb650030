import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layCable, type Cable } from '../../support/cable.ts';
import { setup, soon } from '../setup.ts';
import { hurried, keptFiles, onScreen, publish, steward, TV } from './television.ts';

const { acme, atAcme, event, context } = setup({ keeps: true });
const staff = await steward(acme);
/** "A screen rebooted while offline shows the wall again within 10 s from what it keeps." */
const REBOOT_MS = 10_000;

describe('a screen whose network is cut', () => {
  let slug: string;
  let ids: string[];
  let cable: Cable;
  let page: Page;
  const isOffline = () => page.locator('#offline').isVisible();
  const mend = async () => {
    cable.mend();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
  };

  beforeAll(async () => {
    ({ slug } = await event({ moderation: 'after' }));
    ids = await publish(acme, slug, 3);
    cable = await layCable();
    page = await atAcme('/pair', {
      context: await context({ viewport: TV, proxy: { server: cable.url } }),
      expects: /Failed to load resource|WebSocket connection|ServiceWorker/,
    });
    await staff.pair(page, slug, { layout: 'full', seconds: 4 });
  });
  afterAll(() => cable.close());

  it('has put aside everything that it needs without one', async () => {
    await soon(async () => (await keptFiles(page)).length).toBe(3);
    const keepsPage = async () =>
      (await (await caches.open('wall-shell')).keys()).some(({ url }) => url.endsWith('/pair'));
    await soon(() => page.evaluate(keepsPage)).toBe(true);
  });

  it('goes on with all it has, says so, and catches up afterwards', async () => {
    cable.cut();
    await page.locator('#offline').waitFor();
    const seen = new Set<string | null>();
    await hurried(page, async () => seen.add(await page.locator('.slide').last().getAttribute('data-id')).size).toBe(3);
    const [gone, ...others] = ids as [string, ...string[]];
    await staff.reject(gone);
    const [late] = (await publish(acme, slug, 1)) as [string];
    await mend();
    await hurried(page, () => onScreen(page, late).count()).toBe(1);
    await hurried(page, isOffline).toBe(false);
    await hurried(page, () => keptFiles(page).then(({ length }) => length)).toBe(3);
    expect(await onScreen(page, gone).count()).toBe(0);
    ids = [...others, late];
  });

  it.each(['/screen', '/pair'])(
    'shows the wall again within ten seconds when it is switched on again at %s',
    async (path) => {
      cable.cut();
      const from = Date.now();
      await page.goto(new URL(path, page.url()).href);
      await page.locator('.layout-shown img').first().waitFor();
      const ms = Date.now() - from;
      console.log(`on again without a network after ${ms} ms`);
      expect(ms).toBeLessThan(REBOOT_MS);
      await page.locator('#offline').waitFor();
      const seen = new Set<string | null>();
      await hurried(page, async () => seen.add(await page.locator('.slide').last().getAttribute('data-id')).size).toBe(
        ids.length,
      );
      expect([...seen].sort()).toEqual([...ids].sort());

      const [gone, ...others] = ids as [string, ...string[]];
      await staff.reject(gone);
      await mend();
      await hurried(page, () => keptFiles(page).then(({ length }) => length)).toBe(others.length);
      expect(await onScreen(page, gone).count()).toBe(0);
      await hurried(page, isOffline).toBe(false);
      ids = others;
    },
  );

  it('never shows again what was removed before, also without a network', async () => {
    cable.cut();
    await page.reload();
    await onScreen(page, ids[0] as string).waitFor();
    await page.clock.fastForward(5_000);
    expect(await page.locator('.slide').evaluateAll((slides) => slides.map((one) => one.dataset['id']))).toEqual(ids);
  });
});

it('a screen polls where sockets are blocked, says so, and hears of everything all the same', async () => {
  const { slug } = await event({ moderation: 'after' });
  const [first] = (await publish(acme, slug, 1)) as [string];
  const blocked = await context({ viewport: TV });
  await blocked.clock.install();
  await blocked.addInitScript(() => {
    (window as unknown as { WebSocket: unknown }).WebSocket = class {
      constructor() {
        throw new Error('blocked');
      }
    };
    const polled = window as unknown as { polls: number[] };
    polled.polls = [];
    const ask = window.fetch.bind(window);
    window.fetch = (url, how) => {
      if (String(url).includes('/me/commands')) polled.polls.push(Date.now());
      return ask(url, how);
    };
  });
  const page = await atAcme('/pair', { context: blocked });
  const id = await staff.claim(page, slug, {}, 'Foyer');
  await hurried(page, () => onScreen(page, first).count()).toBe(1);
  await hurried(page, async () => (await staff.screen(id)).live).toMatchObject({ transport: 'polling' });
  const [second] = (await publish(acme, slug, 1)) as [string];
  await hurried(page, () => onScreen(page, second).count()).toBe(1);
  await staff.tell(id, 'identify');
  await hurried(page, () => page.locator('.identify').count()).toBe(1);
  await staff.reject(second);
  await hurried(page, () => onScreen(page, second).count()).toBe(0);
  expect(await page.locator('#offline').isVisible()).toBe(false);

  // Five seconds after each answer comes the next question.
  const asked = () => page.evaluate(() => (window as unknown as { polls: number[] }).polls);
  await hurried(page, async () => (await asked()).length).toBeGreaterThan(3);
  const polls = await asked();
  const pauses = polls.slice(1).map((at, n) => at - polls[n]!);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(5_000);
  expect(Math.min(...pauses)).toBeLessThan(8_000);
});
