import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { setup as platformSetup } from '../acceptance/setup.ts';
import { launchBrowser } from '../support/browser.ts';
import { signIn } from '../support/people.ts';

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };
/** Long enough for a photo to be prepared on a busy machine, and short enough to name the step that hangs. */
export const PATIENCE_MS = 20_000;

/** Looks again until it fits, for as long as a busy machine may need. */
export const soon = <T>(look: () => T | Promise<T>): ReturnType<typeof expect.poll<T>> =>
  expect.poll(look, { timeout: PATIENCE_MS });

export interface OpenOptions extends BrowserContextOptions {
  /** a context that is there already, so that the page shares its cookies */
  context?: BrowserContext;
  /** e-mail of a member of Acme who has signed in here before */
  as?: string;
  /** complaints of the console that belong to what the test does */
  expects?: RegExp;
}

/** A refusal that a page asks for and handles is still written to the console by the browser. */
const ASKED_FOR = /the server responded with a status of 401/;

/**
 * One browser for a file's tests, with contexts that end with their test, or with `keeps` at the end of the file, so
 * that tests go on with each other's pages. Whatever a page writes to its console as an error, throws, or is refused
 * by the content security policy fails the test that opened it.
 */
export function setup({ keeps = false } = {}) {
  const platform = platformSetup();
  const { port } = platform;
  let browser: Browser;
  const contexts = new Set<BrowserContext>();
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    if (!keeps) {
      await Promise.all([...contexts].map((context) => context.close()));
      contexts.clear();
    }
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const made = await browser.newContext({ viewport: PHONE, locale: 'en', ...options });
    made.setDefaultTimeout(PATIENCE_MS);
    contexts.add(made);
    return made;
  }

  /** The cookie that a browser keeps of a sign-in. */
  async function sessionOf(email: string) {
    const { answer } = await signIn(platform.acme, email);
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(cookie) ?? [];
    return { name, value, domain: 'acme.localhost', path: '/api/v1/auth', httpOnly: true, sameSite: 'Strict' } as const;
  }

  /** Opens a path of a tenant's host in a browser of its own, as a stranger would. */
  async function open(host: string, path: string, options: OpenOptions = {}): Promise<Page> {
    const { context: given, as, expects, ...rest } = options;
    const browsing = given ?? (await context(rest));
    if (as) await browsing.addCookies([await sessionOf(as)]);
    const page = await browsing.newPage();
    const complain = (text: string) => {
      if (!ASKED_FOR.test(text) && !expects?.test(text)) complaints.push(`${host}${path}: ${text}`);
    };
    page.on('console', (message) => {
      // What could not be loaded is named beside the words only.
      if (message.type() === 'error') complain(`${message.text()} [${message.location().url}]`);
    });
    page.on('pageerror', (error) => complain(error.message));
    page.on('crash', () => complain('the page has crashed'));
    await page.goto(`http://${host}:${port}${path}`);
    return page;
  }

  return {
    ...platform,
    context,
    open,
    /** what pages have complained of in this test; emptied by whoever expects it */
    complaints,
    atAcme: (path: string, options?: OpenOptions) => open('acme.localhost', path, options),
  };
}

export async function signInAt(page: Page, email = 'admin@acme.com', password = 'password123'): Promise<void> {
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await page.locator('.sign-in button[type=submit]').click();
}

/** Joins by the gallery's own sheet, and leaves it open at the choice of photos. */
export async function joinAt(page: Page, name = ''): Promise<void> {
  await page.locator('#bar-add').click();
  await page.locator('#join-name').fill(name);
  await page.locator('.sheet button[type=submit]').click();
  await page.locator('#choose').waitFor({ state: 'attached' });
}

export interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const fileOf = (name: string, bytes: Uint8Array, mimeType = 'image/jpeg'): ChosenFile => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes),
});

/** A tile of the gallery whose picture has loaded, not only its frame. */
export const tileShown = (page: Page, id: string) =>
  page.waitForFunction(
    (photo) => {
      const image = document.querySelector<HTMLImageElement>(`#photos [data-id="${photo}"] img`);
      return image !== null && image.complete && image.naturalWidth > 0;
    },
    id,
    { polling: 'raf' },
  );
