import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { layCable } from '../../support/cable.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { DESK, PATIENCE_MS, setup, signInAt } from '../setup.ts';

const { acme, atAcme, event } = setup();
const LIVE_MS = 1000;

async function waiting(slug: string): Promise<string> {
  const guest = await join(acme, slug);
  const sent = await send(acme, slug, guest, await freshPhoto(1600, 1000));
  await untilStatus(acme, slug, guest, sent.json.photo.id, 'pending');
  return sent.json.photo.id;
}

async function decide(id: string, status: 'approved' | 'rejected'): Promise<void> {
  const staff = await signIn(acme, 'operator@acme.com');
  const answer = await acme(`/api/v1/photos/${id}`, { method: 'PATCH', headers: staff.headers, body: { status } });
  expect(answer.status).toBe(200);
}

/** Resolves with the moment, in milliseconds since 1970, in which a page first shows the photo or no longer does. */
const moment = (page: Page, selector: string, shows: boolean): Promise<number> =>
  page
    .waitForFunction(
      ([css, wanted]) => {
        const found = document.querySelector<HTMLImageElement>(css as string);
        const isThere = found !== null && found.complete && found.naturalWidth > 0;
        return (wanted ? isThere : found === null) && performance.timeOrigin + performance.now();
      },
      [selector, shows] as const,
      { polling: 'raf', timeout: PATIENCE_MS },
    )
    .then((handle) => handle.jsonValue() as Promise<number>);

const socketOpen = (page: Page) =>
  page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
async function openLive(path: string, options: Parameters<typeof atAcme>[1]): Promise<Page> {
  const page = await atAcme('/favicon.svg', options);
  const live = socketOpen(page);
  await page.goto(`${acme.origin}${path}`);
  await live;
  return page;
}

describe('a decision', () => {
  it('is in every open gallery and on the wall within a second of the click, and taken back as fast', async () => {
    const { slug } = await event();
    const id = await waiting(slug);
    const desk = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK });
    await signInAt(desk);
    await desk.locator(`.stage [data-photo="${id}"]`).waitFor();
    const [one, other, wall] = await Promise.all([
      openLive(`/e/${slug}`, {}),
      openLive(`/e/${slug}`, { viewport: DESK, colorScheme: 'dark' }),
      openLive(`/e/${slug}/wall`, { viewport: { width: 1920, height: 1080 } }),
    ]);
    const tile = `#photos [data-id="${id}"] img`;
    const slide = `.slide[data-id="${id}"] .slide-photo`;

    const shown = Promise.all([moment(one, tile, true), moment(other, tile, true), moment(wall, slide, true)]);
    const approve = desk.locator('[data-decide=approved]');
    const clicked = approve.evaluate(
      (button) =>
        new Promise<number>((resolve) =>
          button.addEventListener('click', () => resolve(performance.timeOrigin + performance.now()), {
            capture: true,
          }),
        ),
    );
    await approve.click();
    const from = await clicked;
    const delays = (await shown).map((at) => at - from);
    console.log(`visible after the click: ${delays.map((ms) => `${Math.round(ms)} ms`).join(', ')}`);
    for (const ms of delays) expect(ms).toBeLessThan(LIVE_MS);

    const gone = Promise.all([moment(one, tile, false), moment(other, tile, false), moment(wall, slide, false)]);
    const before = Date.now();
    await decide(id, 'rejected');
    for (const at of await gone) expect(at - before).toBeLessThan(LIVE_MS * 2);
    await wall.locator('body.wall-empty').waitFor();
    await one.locator('#empty').waitFor();
  });

  it('reaches a wall that had no network, which meanwhile goes on with what it has', async () => {
    const { slug } = await event();
    const first = await waiting(slug);
    await decide(first, 'approved');
    const cable = await layCable();
    onTestFinished(() => cable.close());
    const page = await openLive(`/e/${slug}/wall`, {
      viewport: { width: 1920, height: 1080 },
      proxy: { server: cable.url },
      expects: /Failed to load resource|WebSocket connection/,
    });
    await moment(page, `.slide[data-id="${first}"] .slide-photo`, true);
    const [second, third] = [await waiting(slug), await waiting(slug)];
    cable.cut();
    await page.locator('#offline').waitFor();
    await decide(second, 'approved');
    await decide(third, 'approved');
    await decide(first, 'rejected');
    expect(await page.locator(`.slide[data-id="${first}"] .slide-photo`).count()).toBe(1);
    expect(await page.locator('.slide').count()).toBe(1);
    cable.mend();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await Promise.all([
      moment(page, `.slide[data-id="${second}"] .slide-photo`, true),
      moment(page, `.slide[data-id="${first}"]`, false),
    ]);
    await moment(page, `.slide[data-id="${third}"] .slide-photo`, true);
    expect(await page.locator('#offline').isVisible()).toBe(false);
  });
});
