import { describe, expect, it, onTestFinished } from 'vitest';
import { layCable } from '../../support/cable.ts';
import { setup, soon } from '../setup.ts';
import { keptFiles, onScreen, publish, steward, TV } from './television.ts';

const { acme, atAcme, event, context } = setup();
const staff = await steward(acme);
/** "A screen rebooted while offline shows the wall again within 10 s from what it keeps." */
const REBOOT_MS = 10_000;

/** A television with a cable of its own, paired and with everything put aside that it keeps. */
async function television(photos: number, layout: Record<string, unknown>) {
  const { slug } = await event({ moderation: 'after' });
  const ids = await publish(acme, slug, photos);
  const cable = await layCable();
  onTestFinished(() => cable.close());
  const page = await atAcme('/pair', {
    context: await context({ viewport: TV, proxy: { server: cable.url } }),
    expects: /Failed to load resource|WebSocket connection|ServiceWorker/,
  });
  const id = await staff.pair(page, slug, layout);
  await soon(async () => (await keptFiles(page)).length).toBe(photos);
  await soon(() =>
    page.evaluate(async () =>
      (await (await caches.open('wall-shell')).keys()).some(({ url }) => url.endsWith('/pair')),
    ),
  ).toBe(true);
  return { slug, ids, cable, page, id };
}

describe('a screen whose network is cut', () => {
  it('goes on with all it has, says so, and catches up afterwards', async () => {
    const { slug, ids, cable, page } = await television(3, { layout: 'full', seconds: 4 });
    cable.cut();
    await page.locator('#offline').waitFor();
    const seen = new Set<string | null>();
    await soon(async () => seen.add(await page.locator('.slide').last().getAttribute('data-id')).size).toBe(3);
    await staff.reject(ids[0] as string);
    const [late] = (await publish(acme, slug, 1)) as [string];
    cable.mend();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await onScreen(page, late).waitFor();
    await page.locator('#offline').waitFor({ state: 'hidden' });
    await soon(async () => (await keptFiles(page)).length).toBe(3);
    expect(await onScreen(page, ids[0] as string).count()).toBe(0);
  });

  it.each(['/screen', '/pair'])(
    'shows the wall again within ten seconds when it is switched on again at %s',
    async (path) => {
      const { ids, cable, page } = await television(3, { layout: 'mosaic' });
      cable.cut();
      const from = Date.now();
      await page.goto(new URL(path, page.url()).href);
      for (const id of ids) await onScreen(page, id).first().waitFor();
      const ms = Date.now() - from;
      console.log(`on again without a network after ${ms} ms`);
      expect(ms).toBeLessThan(REBOOT_MS);
      await page.locator('#offline').waitFor();

      await staff.reject(ids[1] as string);
      cable.mend();
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await onScreen(page, ids[1] as string)
        .first()
        .waitFor({ state: 'detached' });
      await soon(async () => (await keptFiles(page)).length).toBe(2);
      // What was removed stays removed, also without a network.
      cable.cut();
      await page.reload();
      await onScreen(page, ids[0] as string)
        .first()
        .waitFor();
      expect(await onScreen(page, ids[1] as string).count()).toBe(0);
    },
  );

  it('polls where sockets are blocked, says so, and hears of everything all the same', async () => {
    const { slug } = await event({ moderation: 'after' });
    const [first] = (await publish(acme, slug, 1)) as [string];
    const blocked = await context({ viewport: TV });
    await blocked.addInitScript(() => {
      (window as unknown as { WebSocket: unknown }).WebSocket = class {
        constructor() {
          throw new Error('blocked');
        }
      };
    });
    const page = await atAcme('/pair', { context: blocked });
    const id = await staff.pair(page, slug);
    await onScreen(page, first).waitFor();
    await soon(async () => (await staff.screen(id)).live).toMatchObject({ transport: 'polling' });
    const [second] = (await publish(acme, slug, 1)) as [string];
    await onScreen(page, second).waitFor();
    await staff.tell(id, 'identify');
    await page.locator('.identify').waitFor();
    await staff.reject(second);
    await onScreen(page, second).waitFor({ state: 'detached' });
    expect(await page.locator('#offline').isVisible()).toBe(false);
  });
});
