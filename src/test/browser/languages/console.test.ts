import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SITES } from '../../../cli/seed/seed-data.ts';
import { pages } from '../../../client/admin/shell/pages.ts';
import { LOCALES, type Locale } from '../../../contract/messages/index.ts';
import { judged } from '../../support/page-flaws.ts';
import { DESK, PHONE, setup } from '../setup.ts';

const { atAcme } = setup();

const [venue] = SITES;
const addresses = pages.map(({ path }) => path.replace('{event}', 'launch-party').replace('{site}', venue.id));

/** The page is there when its own `main` has come in the place of the one that stands for it. */
const loaded = (page: Page) =>
  page.waitForFunction(
    () => {
      const main = document.querySelector('main#main:not([aria-busy="true"]):not([data-left])');
      return main !== null && !document.querySelector('.skeleton') && (main.textContent ?? '').trim() !== '';
    },
    undefined,
    { polling: 50 },
  );

const SMALL = [PHONE, DESK];

/** As a step through the history does it: the console stays, and only its page is another. */
const turnTo = (page: Page, address: string) =>
  page.evaluate((target) => {
    if (target === location.pathname + location.search) return;
    document.querySelector('main')?.setAttribute('data-left', '');
    history.pushState({ place: ((history.state as { place: number }).place ?? 0) + 1 }, '', target);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }));
  }, address);

describe('every page of the console is whole', () => {
  it.each(LOCALES)('in %s', { timeout: 90_000 }, async (locale: Locale) => {
    const page = await atAcme('/admin', { locale, viewport: DESK, as: 'admin@acme.com' });
    await page.locator('.shell').waitFor();
    const found: string[] = [];
    // German has the long words and Arabic the other direction; what they bear, the others do.
    const sizes = locale === 'de' || locale === 'ar' ? SMALL : [PHONE];
    for (const address of addresses) {
      await page.setViewportSize(sizes[0] ?? PHONE);
      await turnTo(page, address);
      await loaded(page);
      const heading = ((await page.locator('main h1').first().textContent()) ?? '').trim();
      if (!(await page.title()).startsWith(heading)) found.push(`${address} is titled ${await page.title()}`);
      for (const size of sizes) {
        await page.setViewportSize(size);
        found.push(...(await judged(page, locale)).map((flaw) => `${address} at ${size.width}: ${flaw}`));
      }
    }
    expect(found).toEqual([]);
  });
});
