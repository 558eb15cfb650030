import { expect, it } from 'vitest';
import { makeWaitingPhotos } from '../../support/database.ts';
import { DESK, setup, soon } from '../setup.ts';

const { atAcme, event, ownerUrl } = setup();

const WAITING = 5_000;
const KEYS = ['ArrowRight', 'a', 'r', 'ArrowRight', 'z', 'ArrowLeft'];
/** How long a key takes is told by `npm run bench keys`; this is why it cannot depend on how many wait. */
const MOST_IN_THE_STRIP = 60;
const MOST_CHANGES_A_KEY = 300;

it(`draws a few of ${WAITING} waiting photos, and changes a few nodes at a key`, async () => {
  const { id, slug } = await event();
  await makeWaitingPhotos(ownerUrl, 'acme', id, WAITING, ['Ada', 'Ben', 'Cléo']);
  const page = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK, as: 'admin@acme.com' });
  await page.locator('[data-live=live]').waitFor();
  await page.locator('.stage [data-photo]').waitFor();
  await soon(() => page.locator('[data-tab=pending] .tab-count').textContent()).toBe('5,000');
  // Thousands are in the page, not only waiting on the server.
  await page.waitForFunction(
    (photos) => {
      const strip = document.querySelector<HTMLElement>('.strip');
      if (strip) strip.scrollLeft = strip.scrollWidth;
      return strip !== null && strip.scrollWidth > photos * 80;
    },
    WAITING * 0.6,
    { polling: 50, timeout: 60_000 },
  );
  const inStrip = await page.locator('.strip [data-photo]').count();
  expect(inStrip).toBeGreaterThan(5);
  expect(inStrip).toBeLessThanOrEqual(MOST_IN_THE_STRIP);

  await page.evaluate(() => {
    const seen = { changes: 0 };
    Object.assign(window, { seen });
    new MutationObserver((records) => (seen.changes += records.length)).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
  const shown = () => page.locator('.stage [data-photo]').first().getAttribute('data-photo');
  for (const key of KEYS) {
    const before = await shown();
    await page.evaluate(() => ((window as unknown as { seen: { changes: number } }).seen.changes = 0));
    await page.keyboard.press(key);
    await soon(shown).not.toBe(before);
    const changes = await page.evaluate(() => (window as unknown as { seen: { changes: number } }).seen.changes);
    expect(changes, key).toBeGreaterThan(0);
    expect(changes, key).toBeLessThanOrEqual(MOST_CHANGES_A_KEY);
  }
});
