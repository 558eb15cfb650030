// `npm run screens`: every page in every state, at the sizes, colours and languages of look.md, into .screens/.
// `-- --port 8787` photographs a running platform instead of one of its own; `-- wall pin` only pages so named;
// `-- --all` in every language and both colours, which takes an hour.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { LOCALES } from '../contract/messages/index.ts';
import { startLocal } from '../cli/local/start-local.ts';
import { freePort } from './support/ports.ts';
import { launchBrowser } from './support/browser.ts';
import { root } from './support/processes.ts';
import { consoleShots } from './screens/console-shots.ts';
import { guestShots } from './screens/guest-shots.ts';
import { SIZES, type Shot, type Size } from './screens/shot.ts';

/** Each page once in each colour, and in the languages that break pages: the longest words, and from right to left. */
const VARIANTS = [
  ['light', 'en'],
  ['dark', 'de'],
  ['light', 'ar'],
] as const;
/** `--all`: every language in both colours. */
const ALL_VARIANTS = LOCALES.flatMap((locale) => [['light', locale] as const, ['dark', locale] as const]);
const PAGES: readonly Size[] = ['phone', 'tablet', 'desk'];
const shots = [...guestShots, ...consoleShots];

const { values, positionals } = parseArgs({
  options: { port: { type: 'string' }, all: { type: 'boolean' } },
  allowPositionals: true,
});
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

async function take(shot: Shot, size: Size, scheme: 'light' | 'dark', locale: string): Promise<void> {
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
      for (const [scheme, locale] of values.all ? ALL_VARIANTS : VARIANTS) {
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
