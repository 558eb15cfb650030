import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeWaitingPhotos } from '../../support/database.ts';
import { signIn } from '../../support/people.ts';
import { isSoak } from '../../support/soak.ts';
import { PHONE, setup, soon } from '../setup.ts';

const { acme, atAcme, context, event, ownerUrl } = setup();

const PHOTOS = isSoak ? 200 : 60;
const LATENCY_MS = 150;
/** 200 photos in five minutes. */
const PACE_MS = 1_500;

async function pickUp(slug: string, locale = 'en'): Promise<Page> {
  const browsing = await context({ viewport: PHONE, hasTouch: true, isMobile: true, locale });
  const page = await atAcme(`/admin/events/${slug}/photos`, { context: browsing, as: 'admin@acme.com' });
  await page.locator('[data-live=live]').waitFor();
  return page;
}

async function party(count: number) {
  const { id, slug } = await event();
  return { slug, ids: await makeWaitingPhotos(ownerUrl, 'acme', id, count) };
}

let staff: { authorization: string };
beforeAll(async () => {
  staff = (await signIn(acme, 'admin@acme.com')).headers;
});
const counts = async (slug: string): Promise<Record<string, number>> =>
  (await acme(`/api/v1/photos?event=${slug}&limit=1`, { headers: staff })).json.counts;

/** A finger across the photo, in steps as a finger makes them. */
async function swipe(page: Page, dx: number): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const y = 380;
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] });
  await touch('touchStart', 195);
  for (let step = 1; step <= 5; step++) await touch('touchMove', 195 + (dx * step) / 5);
  await touch('touchEnd');
  await client.detach();
}
const onStage = (page: Page, id: string | undefined) =>
  page.locator(`.deck .card:not(.card-ghost) [data-photo="${id}"]`).waitFor();

describe('moderation on a phone', () => {
  it(`decides ${PHOTOS} photos at ${LATENCY_MS} ms latency, each drawn, well within five minutes`, async () => {
    const { slug, ids } = await party(PHOTOS);
    const page = await pickUp(slug);
    await onStage(page, ids[0]);
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: LATENCY_MS,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    const began = performance.now();
    for (const [place, id] of ids.entries()) {
      await page.waitForFunction(
        (photo) => {
          const image = document.querySelector<HTMLImageElement>(
            `.deck .card:not(.card-ghost) [data-photo="${photo}"]`,
          );
          return image !== null && image.complete && image.naturalWidth > 0;
        },
        id,
        { polling: 'raf' },
      );
      await page.locator(`[data-decide=${place % 4 === 3 ? 'rejected' : 'approved'}]`).tap();
    }
    await page.locator('[data-sent=true]').waitFor();
    const paceMs = (performance.now() - began) / PHOTOS;
    console.log(`${Math.round(paceMs)} ms a photo`);
    await page.getByText('Nothing waiting').waitFor();
    expect(paceMs).toBeLessThan(PACE_MS);
    expect(await counts(slug)).toMatchObject({ pending: 0, approved: PHOTOS * 0.75, rejected: PHOTOS * 0.25 });
  });

  it('follows the finger: to the end of the line approves, to its start rejects, a little does nothing, and undo gives back', async () => {
    const { slug, ids } = await party(3);
    const page = await pickUp(slug);
    await onStage(page, ids[0]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    for (const to of ['approved', 'rejected']) {
      const box = await page.locator(`[data-decide=${to}]`).boundingBox();
      expect(box && box.height >= 56 && box.y > PHONE.height * 0.7).toBe(true);
    }
    await swipe(page, 40);
    await onStage(page, ids[0]);
    await swipe(page, 160);
    await onStage(page, ids[1]);
    await swipe(page, -160);
    await onStage(page, ids[2]);
    await soon(() => counts(slug)).toMatchObject({ approved: 1, rejected: 1 });
    await page.locator('[data-undo]').tap();
    await onStage(page, ids[1]);
    await soon(() => counts(slug)).toMatchObject({ approved: 1, pending: 2, rejected: 0 });

    await page.locator('.phone-about').tap();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Received', { exact: true }).waitFor();
    await sheet.getByRole('button', { name: 'Close' }).click();
    await sheet.waitFor({ state: 'detached' });
  });

  it('is mirrored where one reads from right to left: approving lies to the left', async () => {
    const { slug, ids } = await party(2);
    const page = await pickUp(slug, 'ar');
    await onStage(page, ids[0]);
    const approve = await page.locator('[data-decide=approved]').boundingBox();
    const reject = await page.locator('[data-decide=rejected]').boundingBox();
    expect(approve && reject && approve.x < reject.x).toBe(true);
    await swipe(page, -160);
    await onStage(page, ids[1]);
    await soon(() => counts(slug)).toMatchObject({ approved: 1, rejected: 0 });
  });
});
