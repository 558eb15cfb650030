import { expect, it } from 'vitest';
import { makeWaitingPhotos } from '../support/database.ts';
import { DESK, setup, signInAt, soon } from './setup.ts';

const { atAcme, event, ownerUrl } = setup();

const WAITING = 5_000;
const PRESSES = 60;
/** Interaction to next paint, in milliseconds. */
const LIMIT_MS = 100;

it(`answers a key within ${LIMIT_MS} ms while ${WAITING} photos wait`, async () => {
  const { id, slug } = await event();
  await makeWaitingPhotos(ownerUrl, 'acme', id, WAITING, ['Ada', 'Ben', 'Cléo']);
  const page = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK });
  await signInAt(page);
  await page.locator('[data-live=live]').waitFor();
  await page.locator('.stage [data-photo]').waitFor();
  await soon(() => page.locator('[data-tab=pending] .tab-count').textContent()).toBe('5,000');
  // Thousands are on the page, not only waiting on the server, while keys are measured.
  await page.waitForFunction(
    (photos) => {
      const strip = document.querySelector<HTMLElement>('.strip');
      if (strip) strip.scrollLeft = strip.scrollWidth;
      return strip !== null && strip.scrollWidth > photos * 80;
    },
    WAITING * 0.6,
    { polling: 50, timeout: 60_000 },
  );

  await page.evaluate(() => {
    const spent: number[] = [];
    Object.assign(window, { spent });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') spent.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  });
  for (let n = 0; n < PRESSES; n++) {
    await page.keyboard.press(['ArrowRight', 'a', 'r', 'ArrowRight', 'z', 'ArrowLeft'][n % 6] as string);
  }
  const spent = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) =>
        requestAnimationFrame(() => setTimeout(() => resolve((window as unknown as { spent: number[] }).spent))),
      ),
  );
  // Presses that were painted within 16 ms are not told of.
  const all = spent.concat(Array.from({ length: Math.max(0, PRESSES - spent.length) }, () => 16)).sort((a, b) => a - b);
  const at = (share: number) => all[Math.min(all.length - 1, Math.ceil(all.length * share) - 1)] as number;
  console.log(`keys to next paint: median ${at(0.5)} ms, p98 ${at(0.98)} ms, max ${at(1)} ms`);
  expect(at(0.5)).toBeLessThanOrEqual(LIMIT_MS);
  expect(at(0.98)).toBeLessThanOrEqual(LIMIT_MS);
});
