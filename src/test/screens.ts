// `npm run screens`: every page in every state, at the sizes, colours and languages of look.md, into .screens/.
// `-- --port 8787` photographs a running platform instead of one of its own; `-- wall pin` only pages so named.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startLocal } from '../cli/local/start-local.ts';
import { freePort } from './support/platform-setup.ts';
import { launchBrowser } from './support/browser.ts';
import { root } from './support/processes.ts';

interface Shot {
  name: string;
  /** host without the port, then the path */
  at: string;
  /** brings the page into the state that is to be seen */
  arrange?: (page: Page) => Promise<void>;
  sizes?: (keyof typeof SIZES)[];
  englishOnly?: boolean;
}

const SIZES = {
  phone: [390, 844],
  tablet: [820, 1180],
  desk: [1440, 900],
  wall: [1920, 1080],
  wall4k: [3840, 2160],
} as const;
const VARIANTS = [
  ['light', 'en'],
  ['dark', 'en'],
  ['light', 'de'],
  ['dark', 'de'],
] as const;
const PAGES: (keyof typeof SIZES)[] = ['phone', 'tablet', 'desk'];
const WALLS: (keyof typeof SIZES)[] = ['wall', 'wall4k', 'phone'];

const signIn =
  (email: string, password = 'password123') =>
  async (page: Page) => {
    await page.locator('#email').fill(email);
    await page.locator('#password').fill(password);
    await page.locator('button[type=submit]').click();
  };
const desk = async (page: Page) => {
  await signIn('admin@acme.com')(page);
  await page.locator('[data-live=live]').waitFor();
};
const listed = async (page: Page) => {
  await signIn('admin@acme.com')(page);
  await page.locator('.desk-item, .empty').first().waitFor();
};
const join = async (page: Page) => {
  await page.locator('#bar-add').click();
  await page.locator('#join-name').fill('Ada');
  await page.locator('.sheet button[type=submit]').click();
  await page.locator('#choose').waitFor();
};

const shots: Shot[] = [
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
      await page.route('**/photos', (route) => route.abort());
      await page.locator('#choose').setInputFiles(photo('two-dogs.jpg'));
      const name = 'Sitzplan für den großen Abend mit allen Gästen.pdf';
      await page.locator('#choose').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
      await page.locator('[data-upload=retrying]').waitFor();
    },
  },
  { name: 'mine-empty', at: 'acme.localhost/e/launch-party', arrange: (page) => page.locator('#bar-mine').click() },
  { name: 'pin', at: 'acme.localhost/e/board-dinner' },
  {
    name: 'pin-wrong',
    at: 'acme.localhost/e/board-dinner',
    async arrange(page) {
      await page.locator('#pin').fill('1111');
      await page.locator('button[type=submit]').click();
      await page.locator('#pin-error').waitFor();
    },
  },
  { name: 'not-found', at: 'acme.localhost/e/nothing-here' },
  { name: 'not-active', at: 'demo-company.localhost/' },
  { name: 'wall', at: 'acme.localhost/e/launch-party/wall', sizes: WALLS },
  { name: 'wall-empty', at: 'techstart.localhost/e/demo-day/wall', sizes: WALLS },
  { name: 'sign-in', at: 'acme.localhost/admin' },
  {
    name: 'sign-in-wrong',
    at: 'acme.localhost/admin',
    async arrange(page) {
      await signIn('nobody@acme.com', 'wrong')(page);
      await page.locator('#sign-in-error').waitFor();
    },
  },
  {
    name: 'events',
    at: 'acme.localhost/admin',
    async arrange(page) {
      await signIn('admin@acme.com')(page);
      await page.locator('.event-card').first().waitFor();
    },
  },
  { name: 'moderation', at: 'acme.localhost/admin/events/launch-party/photos', arrange: desk },
  {
    name: 'moderation-approved',
    at: 'acme.localhost/admin/events/launch-party/photos?tab=approved',
    async arrange(page) {
      await desk(page);
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
    },
  },
  { name: 'moderation-empty', at: 'acme.localhost/admin/events/launch-party/photos?tab=rejected', arrange: desk },
  { name: 'albums', at: 'acme.localhost/admin/events/launch-party/albums', arrange: listed },
  { name: 'reports', at: 'acme.localhost/admin/events/launch-party/reports', arrange: listed },
  { name: 'guests', at: 'acme.localhost/admin/events/launch-party/guests', arrange: listed },
  {
    name: 'share',
    at: 'acme.localhost/admin/events/board-dinner/share',
    async arrange(page) {
      await signIn('admin@acme.com')(page);
      await page.locator('.print-frame .paper-card').first().waitFor();
    },
  },
  {
    name: 'share-show',
    at: 'acme.localhost/admin/events/board-dinner/share',
    async arrange(page) {
      await signIn('admin@acme.com')(page);
      await page.locator('.share-qr').click();
    },
  },
  {
    name: 'moderation-viewer',
    at: 'acme.localhost/admin/events/launch-party/photos',
    async arrange(page) {
      await signIn('viewer@acme.com')(page);
      await page.locator('#why-not').waitFor();
    },
  },
];

const { values, positionals } = parseArgs({ options: { port: { type: 'string' } }, allowPositionals: true });
const out = path.join(root, '.screens');
mkdirSync(out, { recursive: true });
const scratch = mkdtempSync(path.join(tmpdir(), 'momentique-screens-'));
const local = values.port ? null : await startLocal({ port: await freePort(), dataDir: scratch });
const port = local ? local.port : Number(values.port);
const browser = await launchBrowser();

/** The picture is taken when the page is quiet: photos loaded, fonts there, movements over. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const visible = [...document.images].filter(
      (image) => image.getBoundingClientRect().top < innerHeight && image.src,
    );
    await Promise.race([
      Promise.all(visible.map((image) => image.decode().catch(() => undefined))),
      new Promise((resolve) => setTimeout(resolve, 5000)),
    ]);
    const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.race([
      Promise.all(moving.map((one) => one.finished.catch(() => undefined))),
      new Promise((resolve) => setTimeout(resolve, 2000)),
    ]);
  });
}

async function take(shot: Shot, size: keyof typeof SIZES, scheme: 'light' | 'dark', locale: string): Promise<void> {
  const [width, height] = SIZES[size];
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const [host, ...rest] = shot.at.split('/');
    await page.goto(`http://${host}:${port}/${rest.join('/')}`);
    await shot.arrange?.(page);
    await settle(page);
    await page.screenshot({ path: path.join(out, `${shot.name}.${size}.${scheme}.${locale}.png`) });
  } catch (error) {
    process.exitCode = 1;
    console.error(
      `${shot.name} at ${size}, ${scheme}, ${locale}: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await context.close();
  }
}

try {
  for (const shot of shots) {
    if (positionals.length > 0 && !positionals.includes(shot.name)) continue;
    for (const size of shot.sizes ?? PAGES) {
      for (const [scheme, locale] of VARIANTS) {
        if (shot.englishOnly && locale !== 'en') continue;
        await take(shot, size, scheme, locale);
      }
    }
    console.log(shot.name);
  }
} finally {
  await browser.close();
  await local?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
