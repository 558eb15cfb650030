import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freshPhoto, signIn } from '../../support/people.ts';
import { eventually } from '../../support/http.ts';
import { DESK, fileOf, PHONE, setup } from '../setup.ts';

const { acme, atAcme, complaints, context, event } = setup();

const allLoaded = (page: Page) =>
  page.evaluate(async () => {
    const images = [...document.querySelectorAll<HTMLImageElement>('#photos img')];
    for (const image of images) {
      image.scrollIntoView({ block: 'center' });
      await image.decode();
    }
    scrollTo(0, 0);
    return images.map((image) => ({
      natural: image.naturalWidth / image.naturalHeight,
      declared: Number(image.getAttribute('width')) / Number(image.getAttribute('height')),
    }));
  });

const layoutShift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        // Buffered entries come in a task of their own.
        setTimeout(() => resolve(sum), 100);
      }),
  );

describe('the gallery of the launch party', () => {
  // Each value of one beside each of every other: faults that need three at once are not worth twice the time.
  for (const [size, viewport, colorScheme, locale, words] of [
    ['a phone', PHONE, 'light', 'en', 'Add'],
    ['a phone', PHONE, 'dark', 'de', 'Hinzufügen'],
    ['a desk', DESK, 'light', 'de', 'Hinzufügen'],
    ['a desk', DESK, 'dark', 'en', 'Add'],
  ] as const) {
    it(`shows every photo in its proportions and moves nothing: ${size}, ${colorScheme}, ${locale}`, async () => {
      const page = await atAcme('/e/launch-party', { viewport, colorScheme, locale });
      const photos = await allLoaded(page);
      expect(photos.length).toBeGreaterThanOrEqual(24);
      for (const { natural, declared } of photos) expect(natural).toBeCloseTo(declared, 1);
      // Both kinds are among the seeded ones: a photo that lies on its side would have swapped them.
      expect(photos.some(({ natural }) => natural < 1) && photos.some(({ natural }) => natural > 1)).toBe(true);
      expect(await layoutShift(page)).toBeLessThan(0.01);
      expect(await page.locator('#bar-add').textContent()).toBe(words);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      const brightness = await page.evaluate(() => {
        const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
        canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data[1] as number;
      });
      expect(brightness > 128).toBe(colorScheme === 'light');
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }

  it('shows the colours of each photo until the photo is there', async () => {
    const browsing = await context();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await browsing.route('**/i/**', async (route) => {
      await held;
      await route.continue();
    });
    const page = await browsing.newPage();
    await page.goto(`${acme.origin}/e/launch-party`, { waitUntil: 'commit' });
    const waiting = page.locator('.tile-waits a').first();
    await waiting.waitFor();
    expect(await waiting.evaluate((element) => getComputedStyle(element).backgroundImage)).toMatch(/^url\("data:image/);
    release();
    await page.waitForFunction(() => document.querySelectorAll('.tile:nth-child(-n+9).tile-waits').length === 0);
    expect(await layoutShift(page)).toBeLessThan(0.01);
  });

  it('would not hide a script that the content security policy refuses', async () => {
    const page = await atAcme('/e/launch-party');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(script);
    });
    await expect.poll(() => complaints.splice(0).join()).toContain('Content Security Policy');
    expect(await page.evaluate(() => 'intruder' in window)).toBe(false);
  });

  it('opens a photo large, goes on by arrow keys, and gives the focus back where one was', async () => {
    const page = await atAcme('/e/launch-party', { viewport: DESK });
    const link = (n: number) => page.locator('.tile a').nth(n);
    await link(2).focus();
    await page.keyboard.press('Enter');
    const photo = page.locator('.lightbox-photo');
    const shown = async () => new URL(String(await photo.getAttribute('src')), acme.origin).pathname;
    expect(await shown()).toBe(await link(2).getAttribute('href'));
    expect(await page.locator('.lightbox').getAttribute('aria-label')).toMatch(/^Photo 3 of \d+$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    expect(await shown()).toBe(await link(3).getAttribute('href'));
    for (let n = 0; n < 5; n++) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.lightbox') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('.lightbox').count()).toBe(0);
    expect(await link(3).evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('lets the keyboard skip to the photos', async () => {
    const page = await atAcme('/e/launch-party');
    await page.keyboard.press('Tab');
    const skip = page.locator('.skip');
    expect(await skip.evaluate((element) => element === document.activeElement)).toBe(true);
    expect((await skip.boundingBox())?.width).toBeGreaterThan(50);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('photos');
  });

  it('closes a sheet by Escape and gives the focus back to what opened it', async () => {
    const page = await atAcme('/e/launch-party');
    await page.locator('#bar-mine').focus();
    await page.keyboard.press('Enter');
    await page.locator('.sheet').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.sheet').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('bar-mine');
  });
});

describe('without JavaScript', () => {
  it('the gallery reads, and each photo opens by its link', async () => {
    // A picture alone is shown in a page of the browser's own, whose styles our policy refuses as well.
    const page = await atAcme('/e/launch-party', { javaScriptEnabled: false, expects: /Applying inline style/ });
    expect(await page.locator('.tile').count()).toBeGreaterThanOrEqual(24);
    const href = await page.locator('.tile a').first().getAttribute('href');
    expect((await page.goto(`${acme.origin}${href}`))?.headers()['content-type']).toBe('image/webp');
  });

  it('a plain form sends a photo, which then waits for the host', async () => {
    const { slug } = await event();
    const page = await atAcme(`/e/${slug}`, { javaScriptEnabled: false });
    await page
      .locator('#plain-photos')
      .setInputFiles([fileOf('garden.jpg', await freshPhoto()), fileOf('notes.jpg', Buffer.from('no photo at all'))]);
    await page.locator('#plain-name').fill('Grandma');
    await page.locator('.add button[type=submit]').click();
    await page.locator('.results').waitFor();
    expect(await page.locator('.results li').allTextContents()).toEqual([
      expect.stringMatching(/garden\.jpg.*Arrived/),
      expect.stringMatching(/notes\.jpg.*Not sent/),
    ]);
    const staff = await signIn(acme, 'admin@acme.com');
    const waiting = await eventually(async () => {
      const list = await acme(`/api/v1/photos?event=${slug}&status=pending`, { headers: staff.headers });
      return list.json.items[0];
    }, 'the photo waits');
    expect(waiting).toMatchObject({ by: 'Grandma', width: 640, height: 480 });
    await page.locator('a.button').click();
    expect(new URL(page.url()).pathname).toBe(`/e/${slug}`);
  });
});
