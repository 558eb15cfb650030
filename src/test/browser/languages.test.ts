import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { LOCALES, directionOf } from '../../contract/messages/index.ts';
import { barriers, misfits } from '../support/barriers.ts';
import { DESK, joinAt, PHONE, setup } from './setup.ts';

const { atAcme, context } = setup();

/** What a small phone of the first years of these browsers shows. */
const SMALL = { width: 320, height: 640 };

const shown = (page: Page) => page.locator('.tile img').first().waitFor();
const places: Record<string, { path: string; arrange?: (page: Page) => Promise<unknown> }> = {
  gallery: { path: '/e/launch-party', arrange: shown },
  languages: { path: '/e/launch-party', arrange: (page) => page.locator('.languages summary').click() },
  'PIN form': { path: '/e/board-dinner' },
  'sheet for joining': { path: '/e/launch-party', arrange: (page) => page.locator('#bar-add').click() },
  'sheet for adding': { path: '/e/launch-party', arrange: (page) => joinAt(page, 'Ada') },
  'sheet of own photos': {
    path: '/e/launch-party',
    async arrange(page) {
      await page.locator('#bar-mine').click();
      await page.locator('.sheet .empty').waitFor();
    },
  },
  lightbox: { path: '/e/launch-party', arrange: (page) => page.locator('.tile a').first().click() },
  report: {
    path: '/e/launch-party',
    async arrange(page) {
      await page.locator('.tile a').first().click();
      await page.locator('.lightbox-report').click();
      await page.locator('.report-reason').first().waitFor();
    },
  },
  'tenant’s start page': { path: '/' },
  wall: { path: '/e/launch-party/wall' },
};

describe.each(LOCALES)('in %s', (locale) => {
  it.each(Object.entries(places))('nothing stands in the way, and everything fits, at the %s', async (_name, place) => {
    for (const [viewport, colorScheme] of [
      [PHONE, 'light'],
      [DESK, 'dark'],
    ] as const) {
      const page = await atAcme(place.path, { viewport, colorScheme, locale });
      await place.arrange?.(page);
      const html = page.locator('html');
      expect([await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual([locale, directionOf(locale)]);
      expect([viewport.width, ...(await barriers(page)), ...(await misfits(page))]).toEqual([viewport.width]);
      if (viewport === PHONE && !place.path.endsWith('wall')) {
        await page.setViewportSize(SMALL);
        expect([SMALL.width, ...(await misfits(page))]).toEqual([SMALL.width]);
      }
      await page.context().close();
    }
  });

  it('the page without JavaScript has the plain form, and keeps the language on the way', async () => {
    const browsing = await context({ javaScriptEnabled: false, locale: 'en' });
    const page = await atAcme(`/e/launch-party?lang=${locale}`, { context: browsing });
    expect(await page.locator('#add form').getAttribute('action')).toBe(`/e/launch-party/photos?lang=${locale}`);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
  });
});

describe('these tests', () => {
  it('would see a picture without words, and text that is cut off', async () => {
    const page = await atAcme('/e/launch-party', { locale: 'de' });
    await shown(page);
    expect([...(await barriers(page)), ...(await misfits(page))]).toEqual([]);
    await page.evaluate(() => document.querySelector('.tile img')?.removeAttribute('alt'));
    expect((await barriers(page)).join()).toMatch(/image-alt|link-name/);
    await page.evaluate(() => {
      const button = document.querySelector<HTMLElement>('#bar-mine');
      if (button)
        Object.assign(button.style, { width: '24px', overflow: 'hidden', whiteSpace: 'nowrap', padding: '0' });
      const wide = document.createElement('div');
      wide.style.width = '2000px';
      wide.textContent = '{name} photoCount';
      document.body.append(wide);
    });
    const seen = (await misfits(page)).join('\n');
    for (const what of [/the page is \d+ wide/, /cut: button\.bar-item/, /sticks out/, /\{name\}/, /photoCount/]) {
      expect(seen).toMatch(what);
    }
  });
});

describe('choosing a language', () => {
  it('works without JavaScript, and is kept for the next visit', async () => {
    const browsing = await context({ javaScriptEnabled: false, locale: 'en' });
    const page = await atAcme('/e/launch-party?t=7', { context: browsing });
    await page.locator('.languages summary').click();
    await page.locator('.languages a[lang=ar]').click();
    await page.waitForURL(/lang=ar/);
    expect(new URL(page.url()).searchParams.get('t')).toBe('7');
    const again = await atAcme('/e/board-dinner', { context: browsing });
    expect(await again.locator('html').getAttribute('dir')).toBe('rtl');
    await again.locator('.languages-foot a[lang=en]').click();
    await again.waitForURL(/lang=en/);
    expect(await again.locator('html').getAttribute('lang')).toBe('en');
    expect(await again.locator('form').getAttribute('action')).toBe('/e/board-dinner/join?lang=en');
  });
});

describe('from right to left', () => {
  it('the next photo is on the left: by arrow, by button and by finger', async () => {
    const browsing = await context({ locale: 'ar', hasTouch: true, viewport: PHONE });
    const page = await atAcme('/e/launch-party', { context: browsing });
    await page.locator('.tile a').first().click();
    const title = () => page.locator('.lightbox').getAttribute('aria-label');
    expect(await title()).toMatch(/^الصورة 1 /);
    await page.keyboard.press('ArrowLeft');
    expect(await title()).toMatch(/^الصورة 2 /);
    await page.keyboard.press('ArrowRight');
    expect(await title()).toMatch(/^الصورة 1 /);
    const at = async (name: string) => (await page.locator(`.lightbox-${name}`).boundingBox())?.x ?? Number.NaN;
    expect(await at('next')).toBeLessThan(await at('previous'));
    expect(await at('close')).toBeLessThan(await at('report'));
    const swipe = (from: number, to: number) =>
      page.evaluate(
        ([start, end]) => {
          const box = document.querySelector('.lightbox') as HTMLElement;
          const touch = (x: number) => new Touch({ identifier: 1, target: box, clientX: x, clientY: 300 });
          box.dispatchEvent(new TouchEvent('touchstart', { touches: [touch(start)], changedTouches: [touch(start)] }));
          box.dispatchEvent(new TouchEvent('touchend', { touches: [], changedTouches: [touch(end)] }));
        },
        [from, to] as [number, number],
      );
    await swipe(60, 300);
    expect(await title()).toMatch(/^الصورة 2 /);
    await swipe(300, 60);
    expect(await title()).toMatch(/^الصورة 1 /);
  });

  it('the wall has its code in the other corner', async () => {
    const sides = [];
    for (const locale of ['en', 'ar']) {
      const page = await atAcme('/e/launch-party/wall', { locale, viewport: { width: 3840, height: 2160 } });
      const box = await page.locator('.code').boundingBox();
      sides.push((box?.x ?? Number.NaN) < 1920);
    }
    expect(sides).toEqual([false, true]);
  });
});
