import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers } from '../../support/barriers.ts';
import { freshPhoto } from '../../support/people.ts';
import { askBadReceipt } from '../../support/doors.ts';
import { DESK, fileOf, joinAt, PHONE, setup, type OpenOptions } from '../setup.ts';

const { atAcme, event, open } = setup();

interface Place {
  host?: string;
  path: string;
  /** who has signed in there */
  as?: string;
  expects?: RegExp;
  arrange?: (page: Page) => Promise<unknown>;
}

const places: Record<string, Place> = {
  'a gallery': { path: '/e/launch-party' },
  'an empty gallery': { host: 'techstart.localhost', path: '/e/demo-day' },
  'the sheet for joining': { path: '/e/launch-party', arrange: (page) => page.locator('#bar-add').click() },
  'the sheet for adding': { path: '/e/launch-party', arrange: (page) => joinAt(page, 'Ada') },
  'the sheet of own photos': { path: '/e/launch-party', arrange: (page) => page.locator('#bar-mine').click() },
  'a photo opened': { path: '/e/launch-party', arrange: (page) => page.locator('.tile a').first().click() },
  'a wall': { path: '/e/launch-party/wall' },
  'an empty wall': { host: 'techstart.localhost', path: '/e/demo-day/wall' },
  'the door of an event with a PIN': { path: '/e/board-dinner' },
  'a tenant’s start page': { path: '/' },
  'the page that checks receipts': { path: '/receipt' },
  'a receipt that is not genuine': {
    path: '/receipt',
    arrange: askBadReceipt,
  },
  'a tenant that is not active': { host: 'demo-company.localhost', path: '/', expects: /403/ },
  'an address without anything': { path: '/e/nothing', expects: /404/ },
  'the local index': { host: 'localhost', path: '/' },
  'the sign-in': { path: '/admin', arrange: (page) => page.locator('#email').waitFor() },
  'the list of events': {
    path: '/admin',
    as: 'admin@acme.com',
    async arrange(page) {
      await page.locator('.event-row-link').first().waitFor();
    },
  },
  ...Object.fromEntries(
    (['albums', 'reports', 'guests'] as const).map((name): [string, Place] => [
      `the page of ${name}`,
      {
        path: `/admin/events/launch-party/${name}`,
        as: 'admin@acme.com',
        async arrange(page) {
          await page.locator('.desk-item, .empty').first().waitFor();
        },
      },
    ]),
  ),
  'the words guests agree to': {
    path: '/admin/account/consent',
    as: 'admin@acme.com',
    async arrange(page) {
      await page.locator('main textarea').first().waitFor();
    },
  },
  'sharing and printing': {
    path: '/admin/events/board-dinner/share',
    as: 'admin@acme.com',
    async arrange(page) {
      await page.locator('.print-frame .paper-card').first().waitFor();
    },
  },
  'the light table': {
    path: '/admin/events/launch-party/photos',
    as: 'admin@acme.com',
    async arrange(page) {
      await page.locator('[data-live=live]').waitFor();
      await page.locator('.stage img').waitFor();
    },
  },
};

/** In light on a phone, then in the dark on a desk. */
async function bothWays(page: Page): Promise<void> {
  expect(['light', ...(await barriers(page))]).toEqual(['light']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(DESK);
  expect(['dark', ...(await barriers(page))]).toEqual(['dark']);
}

describe('nothing stands in the way of anybody at', () => {
  for (const [name, { host = 'acme.localhost', path, as, expects, arrange }] of Object.entries(places)) {
    it(name, async () => {
      const options: OpenOptions = { colorScheme: 'light', viewport: PHONE };
      if (as) options.as = as;
      if (expects) options.expects = expects;
      const page = host === 'acme.localhost' ? await atAcme(path, options) : await open(host, path, options);
      await arrange?.(page);
      await bothWays(page);
    });
  }

  it('photos that are sent, refused, paused, and opened', async () => {
    const { slug } = await event();
    const page = await atAcme(`/e/${slug}`, { colorScheme: 'light', viewport: PHONE });
    await joinAt(page, 'Ada');
    const photo = async (name: string) => fileOf(name, await freshPhoto());
    await page
      .locator('#choose')
      .setInputFiles([await photo('one.jpg'), fileOf('plan.pdf', Buffer.from('%PDF'), 'application/pdf')]);
    await page.locator('[data-status=pending]').waitFor();
    await page.route('**/uploads', () => undefined);
    await page.locator('#choose').setInputFiles([await photo('two.jpg'), await photo('three.jpg')]);
    await page.locator('[data-upload=sending]').nth(1).waitFor();
    await page.locator('[data-upload=sending] button').first().click();
    await page.locator('[data-upload=paused]').waitFor();
    await bothWays(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(PHONE);
    await page.keyboard.press('Escape');
    await page.locator('#bar-mine').click();
    await page.locator('#mine-grid [data-photo] button').first().click();
    await page.locator('.mine-steps').waitFor();
    await bothWays(page);
  });
});
