import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { locatedJpeg } from '../../support/located-files.ts';
import { freshPhoto, signIn } from '../../support/people.ts';
import { fileOf, joinAt, setup, soon } from '../setup.ts';

const { acme, atAcme, context, event } = setup();

const arrived = async (slug: string) => {
  const staff = await signIn(acme, 'operator@acme.com');
  return (await acme(`/api/v1/photos?event=${slug}&limit=200`, { headers: staff.headers })).json.items;
};
const photos = (count: number) => Promise.all(Array.from({ length: count }, () => freshPhoto(64, 48)));
const files = async (count: number) => (await photos(count)).map((bytes, n) => fileOf(`party ${n}.jpg`, bytes));

const AWAY = /ERR_|Failed to load resource|the page has crashed/;

/** Two pages of one browser would share what it keeps; each test has a browser of its own. */
async function joined(options: BrowserContextOptions = {}, arrange?: (page: Page) => Promise<unknown>) {
  const { slug } = await event();
  const phone = await context({ hasTouch: true, isMobile: true, ...options });
  const page = await atAcme(`/e/${slug}`, { context: phone, expects: AWAY });
  if (arrange) {
    await arrange(page);
    await page.reload();
  }
  await joinAt(page, 'Ada');
  return { slug, phone, page };
}

/** Everything that is sent stops in the middle. */
const cut = (page: Page) => page.route('**/uploads', () => undefined);
const rows = (page: Page) => page.locator('#files [data-upload]');

describe('fifty photos', () => {
  it('are sent in order, two at a time, over a network that vanishes; only what is seen is decoded', async () => {
    const { slug, phone, page } = await joined();
    await page.evaluate(() => {
      const counts = ((window as unknown as { counts: object }).counts = { running: 0, most: 0 });
      const { open, send } = XMLHttpRequest.prototype;
      // Before whatever listens besides: what follows may begin in the same moment.
      XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...given: [string, string]) {
        for (const end of ['load', 'error', 'abort']) this.addEventListener(end, () => counts.running--);
        open.apply(this, given as never);
      };
      XMLHttpRequest.prototype.send = function (body) {
        counts.most = Math.max(counts.most, ++counts.running);
        send.call(this, body);
      };
    });
    const chosen = await files(50);
    await page.locator('#choose').setInputFiles(chosen);
    await page.locator('#files [data-status]').nth(4).waitFor();
    await phone.setOffline(true);
    await page.locator('[data-upload=retrying]').first().waitFor();
    expect(await page.locator('#keep-hint').textContent()).toContain('goes on when you open the page again');
    const pictures = await page.locator('#files [data-upload] img').count();
    expect(pictures).toBeLessThan(20);
    await phone.setOffline(false);
    await page.locator('#files [data-status]').nth(49).waitFor({ timeout: 60_000 });
    await soon(() => rows(page).count()).toBe(0);
    expect(await page.evaluate(() => (window as unknown as { counts: { most: number } }).counts.most)).toBe(2);
    expect(await arrived(slug)).toHaveLength(50);
  });
});

describe('a page that was closed', () => {
  it('goes on by itself when it is opened again, and knows what was paused', async () => {
    const { slug, phone, page } = await joined();
    await cut(page);
    await page.locator('#choose').setInputFiles(await files(4));
    await page.locator('[data-upload=sending]').nth(1).waitFor();
    await rows(page).nth(3).getByRole('button', { name: 'Pause' }).click();
    await page.locator('[data-upload=paused]').waitFor();
    await page.close();

    const again = await atAcme(`/e/${slug}`, { context: phone, expects: AWAY });
    await soon(async () => (await arrived(slug)).length).toBe(3);
    await again.locator('.bar-line', { hasText: 'Paused' }).click();
    await again.getByRole('button', { name: 'Go on' }).click();
    await soon(async () => (await arrived(slug)).length).toBe(4);
  });

  it('says which files the browser has thrown away meanwhile, and takes them again', async () => {
    const { slug, phone, page } = await joined();
    await cut(page);
    const [file] = await files(1);
    await page.locator('#choose').setInputFiles(file!);
    await page.locator('[data-upload=sending]').waitFor();
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('momentique-outbox');
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('chunks', 'readwrite');
            transaction.objectStore('chunks').clear();
            transaction.oncomplete = () => resolve();
          };
        }),
    );
    await page.close();
    const again = await atAcme(`/e/${slug}`, { context: phone });
    await again.locator('#bar-add').click();
    await again.locator('[data-upload=lost]', { hasText: 'choose it again' }).waitFor();
    await again.locator('#choose').setInputFiles(file!);
    await again.locator('[data-status=pending]').waitFor();
    expect(await rows(again).count()).toBe(0);
  });
});

describe('a browser that keeps nothing', () => {
  it('sends all the same, and says what closing would lose', async () => {
    const { slug, page } = await joined({}, (one) =>
      one.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined })),
    );
    await cut(page);
    await page.locator('#choose').setInputFiles(await files(2));
    await page.locator('#keep-hint', { hasText: 'does not keep photos' }).waitFor();
    await page.unroute('**/uploads');
    await page.getByRole('button', { name: 'Pause all' }).click();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.locator('[data-status=pending]').nth(1).waitFor();
    expect(await arrived(slug)).toHaveLength(2);
  });
});

describe('two tabs', () => {
  it('do not send twice: one does, the other shows it, and takes over when the first is closed', async () => {
    const { slug, phone, page } = await joined();
    const other = await atAcme(`/e/${slug}`, { context: phone, expects: AWAY });
    const sent: Page[] = [];
    for (const one of [page, other]) {
      await cut(one);
      one.on('request', (request) => request.url().endsWith('/uploads') && sent.push(one));
    }
    await page.locator('#choose').setInputFiles(await files(2));
    await other.locator('#bar-add').click();
    const states = (one: Page) => rows(one).evaluateAll((all) => all.map((row) => row.getAttribute('data-upload')));
    for (const one of [page, other]) await soon(() => states(one)).toEqual(['sending', 'sending']);
    // Whichever was first.
    const sender = sent[0]!;
    const follower = sender === page ? other : page;
    await follower.locator('#choose').setInputFiles(await files(1));
    await sender.locator('[data-upload=queued]').waitFor();
    expect(sent.map((one) => one === sender)).toEqual([true, true]);
    await follower.unroute('**/uploads');
    await sender.close();
    await follower.locator('[data-status=pending]').nth(2).waitFor();
    expect(sent.map((one) => one === sender)).toEqual([true, true, false, false, false]);
    expect(await arrived(slug)).toHaveLength(3);
  });

  it('take over from one that has crashed, also where nothing was chosen', async () => {
    const { slug, phone, page } = await joined();
    const other = await atAcme(`/e/${slug}`, { context: phone, expects: AWAY });
    await other.locator('#bar-add').click();
    for (const one of [page, other]) await cut(one);
    await page.locator('#choose').setInputFiles(await files(2));
    await other.locator('[data-upload=sending]').nth(1).waitFor();
    await other.unroute('**/uploads');
    await page.goto('chrome://crash').catch(() => undefined);
    await other.locator('[data-status=pending]').nth(1).waitFor({ timeout: 60_000 });
    expect(await arrived(slug)).toHaveLength(2);
  });

  it('leave alone what the other is still reading', async () => {
    const { slug, phone, page } = await joined();
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/worker-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.locator('#choose').setInputFiles(await files(2));
    await page.locator('[data-upload=copying]').waitFor();
    const other = await atAcme(`/e/${slug}`, { context: phone, expects: AWAY });
    await other.locator('#bar-add').click();
    await other.locator('[data-upload]').nth(1).waitFor();
    release();
    await other.locator('[data-status=pending]').nth(1).waitFor();
    expect(await other.locator('[data-upload=lost]').count()).toBe(0);
    expect(await arrived(slug)).toHaveLength(2);
  });
});

describe('one file among others', () => {
  it('that cannot be read blocks none of them; doubles are known before they are sent; places are said', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'momentique-outbox-'));
    const { slug, page } = await joined();
    // Nothing is read before the worker is there; until then a file can still vanish.
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/worker-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    try {
      const [first, second] = await photos(2);
      const names = ['cloud.jpg', 'first.jpg', 'double.jpg', 'second.jpg', 'place.jpg'];
      const contents = [await freshPhoto(64, 48), first!, first!, second!, await locatedJpeg()];
      const paths = names.map((name, n) => {
        writeFileSync(path.join(folder, name), contents[n]!);
        return path.join(folder, name);
      });
      await cut(page);
      await page.locator('#choose').setInputFiles(paths);
      await rows(page).nth(4).waitFor();
      rmSync(paths[0]!);
      release();
      await page.locator('[data-upload=unreadable]', { hasText: 'open it once in your photo app' }).waitFor();
      await page.locator('[data-upload=duplicate]', { hasText: 'double.jpg' }).waitFor();
      const switched = page.getByRole('switch', { name: 'Let others have the place' });
      await page.locator('[data-upload]', { hasText: 'place.jpg' }).getByText('place is removed').waitFor();
      await switched.click();
      await page.getByText('place is kept').waitFor();
      await page.unroute('**/uploads');
      await page.getByRole('button', { name: 'Pause all' }).click();
      await page.getByRole('button', { name: 'Send all' }).click();
      await page.locator('[data-status=pending]').nth(2).waitFor();
      expect(await arrived(slug)).toHaveLength(3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused for all when the host closes the event, and all go when it is opened again', async () => {
    const { slug, page } = await joined();
    const staff = await signIn(acme, 'admin@acme.com');
    const set = (uploads: string) =>
      acme(`/api/v1/events/${slug}`, { method: 'PATCH', headers: staff.headers, body: { uploads } });
    await cut(page);
    await page.locator('#choose').setInputFiles(await files(4));
    await page.locator('[data-upload=sending]').nth(1).waitFor();
    await set('closed');
    await page.unroute('**/uploads');
    await page.reload();
    await page.locator('#bar-mine').click();
    await page.locator('[data-upload=refused]').nth(3).waitFor();
    expect(await arrived(slug)).toEqual([]);
    await set('open');
    await page.locator('#bar-add').waitFor();
    await page.reload();
    await page.locator('#bar-add').click();
    await page.getByRole('button', { name: 'Try all again' }).click();
    await page.locator('[data-status=pending]').nth(3).waitFor();
    expect(await arrived(slug)).toHaveLength(4);
  });
});

describe('inside another app', () => {
  it('the plain form stays, with a way out, and works', async () => {
    const { slug } = await event();
    const userAgent =
      'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Version/4.0 Chrome/126.0 Mobile Safari/537.36 Instagram 330';
    const page = await atAcme(`/e/${slug}`, { userAgent });
    await page.locator('#in-app', { hasText: 'Open in Chrome' }).waitFor();
    const out = page.getByRole('link', { name: 'Open in the browser' });
    expect(await out.getAttribute('href')).toMatch(/^intent:\/\/acme\.localhost.*#Intent;scheme=http;/);
    await page.locator('#bar-add').click();
    expect(await page.locator('.sheet').count()).toBe(0);
    await page.locator('#plain-photos').setInputFiles(await files(1));
    await page.locator('#add button[type=submit]').click();
    await page.getByText('1 photo arrived').waitFor();
  });
});

describe('the chooser', () => {
  it('says that photos are coming from the moment it opens, until it is closed', async () => {
    const { page } = await joined();
    const chooser = page.waitForEvent('filechooser');
    await page.locator('#choose').click();
    await (await chooser).element();
    await page.locator('#picking', { hasText: 'getting the photos ready' }).waitFor();
    await page.locator('#choose').dispatchEvent('cancel');
    await page.locator('#picking').waitFor({ state: 'detached' });
  });
});
