import path from 'node:path';
import type { Page } from 'playwright-core';
import { askBadReceipt, tryWrongPin } from '../support/doors.ts';
import { root } from '../support/processes.ts';
import type { Shot, Size } from './shot.ts';

const WALLS: readonly Size[] = ['wall', 'wall4k', 'phone'];

const join = async (page: Page) => {
  await page.locator('#bar-add').click();
  await page.locator('#join-name').fill('Ada');
  await page.locator('.sheet button[type=submit]').click();
  await page.locator('#choose').waitFor();
};

const mine = async (page: Page) => {
  await join(page);
  const photo = (name: string) => path.join(root, 'src/cli/seed/photos', name);
  await page
    .locator('#choose')
    .setInputFiles([photo('wine-table.jpg'), photo('clock-tall.jpg'), photo('dogs-wide.jpg')]);
  await page.locator('[data-status=pending]').nth(2).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#bar-mine').click();
  await page.locator('#mine-grid').waitFor();
};

/** What guests, walls and strangers see. */
export const guestShots: Shot[] = [
  { name: 'index', at: 'localhost/', englishOnly: true },
  { name: 'home', at: 'acme.localhost/' },
  { name: 'gallery', at: 'acme.localhost/e/launch-party' },
  {
    name: 'gallery-foot',
    at: 'acme.localhost/e/launch-party',
    arrange: (page) => page.locator('.tile').last().scrollIntoViewIfNeeded(),
  },
  { name: 'gallery-empty', at: 'techstart.localhost/e/demo-day' },
  { name: 'gallery-closed', at: 'acme.localhost/e/summer-2025' },
  { name: 'lightbox', at: 'acme.localhost/e/launch-party', arrange: (page) => page.locator('.tile a').nth(3).click() },
  {
    name: 'lightbox-tall',
    at: 'acme.localhost/e/launch-party',
    arrange: (page) => page.locator('.tile a').nth(12).click(),
  },
  { name: 'join', at: 'acme.localhost/e/launch-party', arrange: (page) => page.locator('#bar-add').click() },
  { name: 'add', at: 'acme.localhost/e/launch-party', arrange: join },
  {
    name: 'outbox',
    at: 'techstart.localhost/e/demo-day',
    async arrange(page) {
      await join(page);
      const photo = (name: string) => path.join(root, 'src/cli/seed/photos', name);
      await page.locator('#choose').setInputFiles([photo('wine-table.jpg'), photo('clock-tall.jpg')]);
      await page.locator('[data-status=pending]').nth(1).waitFor();
      await page.route('**/uploads', (route) => route.abort());
      await page.locator('#choose').setInputFiles(photo('two-dogs.jpg'));
      const name = 'Sitzplan für den großen Abend mit allen Gästen.pdf';
      await page.locator('#choose').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
      await page.locator('[data-upload=retrying]').waitFor();
    },
  },
  { name: 'mine-empty', at: 'acme.localhost/e/launch-party', arrange: (page) => page.locator('#bar-mine').click() },
  { name: 'mine', at: 'techstart.localhost/e/demo-day', arrange: mine },
  {
    name: 'mine-photo',
    at: 'techstart.localhost/e/demo-day',
    async arrange(page) {
      await mine(page);
      await page.locator('#mine-grid [data-photo] button').first().click();
      await page.locator('.mine-steps').waitFor();
    },
  },
  {
    name: 'mine-move',
    at: 'techstart.localhost/e/demo-day',
    async arrange(page) {
      await mine(page);
      await page.locator('#mine-move').click();
      await page.locator('.mine-code').waitFor();
    },
  },
  {
    name: 'mine-erase',
    at: 'techstart.localhost/e/demo-day',
    async arrange(page) {
      await mine(page);
      await page.locator('#mine-erase').click();
      await page.locator('[name=confirm]').waitFor();
    },
  },
  { name: 'receipt', at: 'acme.localhost/receipt' },
  {
    name: 'receipt-invalid',
    at: 'acme.localhost/receipt',
    arrange: askBadReceipt,
  },
  { name: 'pin', at: 'acme.localhost/e/board-dinner' },
  {
    name: 'pin-wrong',
    at: 'acme.localhost/e/board-dinner',
    arrange: tryWrongPin,
  },
  { name: 'not-found', at: 'acme.localhost/e/nothing-here' },
  { name: 'not-active', at: 'demo-company.localhost/' },
  { name: 'wall', at: 'acme.localhost/e/launch-party/wall', sizes: WALLS },
  ...(['mosaic', 'polaroid', 'spotlight', 'split'] as const).map((layout) => ({
    name: `wall-${layout}`,
    at: `acme.localhost/e/launch-party/wall?layout=${layout}`,
    arrange: (page: Page) => page.locator('.layout-shown:not(.leaves)').waitFor(),
    sizes: WALLS,
  })),
  {
    name: 'screen',
    at: 'acme.localhost/screen',
    arrange: (page) => page.locator('.pair-code').waitFor(),
    sizes: WALLS,
  },
  { name: 'wall-empty', at: 'techstart.localhost/e/demo-day/wall', sizes: WALLS },
];
