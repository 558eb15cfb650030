import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { encodePng, quarters } from '../../support/images.ts';
import { barriers } from '../../support/barriers.ts';
import { DESK, fileOf, PHONE, setup, type OpenOptions } from '../setup.ts';

const { atAcme } = setup();

/** Pixels by which a page is wider than its window. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function openLook(path = '/admin/look', options: OpenOptions = {}, email = 'admin@acme.com'): Promise<Page> {
  const page = await atAcme(path, { viewport: DESK, ...options, as: email });
  await page.locator('.look').waitFor();
  return page;
}
const accentOf = (page: Page, scheme: 'light' | 'dark'): Promise<string> =>
  page.evaluate((mode) => {
    const scene = document.querySelector(`[data-scheme="${mode}"]`);
    return scene ? getComputedStyle(scene).getPropertyValue('--accent').trim() : '';
  }, scheme);
const save = (page: Page) => page.locator('.look-save button[type=submit]').click();

describe('the design system', () => {
  const CASES = [
    ['light', 'en', DESK],
    ['dark', 'en', PHONE],
    ['light', 'de', PHONE],
    ['dark', 'ar', DESK],
    ['light', 'ar', PHONE],
  ] as const;

  it.each(CASES)('has no barriers and stays within the window: %s, %s', async (scheme, lang, viewport) => {
    const page = await atAcme(`/design?scheme=${scheme}&lang=${lang}`, { viewport });
    await page.locator('.design-section').last().waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(lang === 'ar' ? 'rtl' : 'ltr');
    expect(await overflow(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });

  it('is light or dark as its address says, whatever the system prefers', async () => {
    const ground = async (scheme: string) => {
      const page = await atAcme(`/design?scheme=${scheme}`, { colorScheme: scheme === 'dark' ? 'light' : 'dark' });
      await page.locator('.design-section').last().waitFor();
      return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    };
    const [light, dark] = [await ground('light'), await ground('dark')];
    expect(light).not.toBe(dark);
  });

  it('gives keys to what is open, one layer at a time, and then back', async () => {
    const page = await atAcme('/design', { viewport: DESK });
    const opener = page.getByRole('button', { name: 'Dialog', exact: true });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.locator('input').evaluate((input) => input === document.activeElement)).toBe(true);
    for (let i = 0; i < 8; i++) await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('moves through menus and tabs by arrows, in reading direction', async () => {
    const page = await atAcme('/design?lang=ar', { viewport: DESK });
    const menu = page.locator('[aria-haspopup=menu]').first();
    await menu.focus();
    await page.keyboard.press('ArrowDown');
    // The next key is for the menu, which is drawn after the key that opens it.
    const first = page.getByRole('menuitem').first();
    await expect.poll(() => first.evaluate((item) => item === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      await page.getByRole('menuitem').nth(1).textContent(),
    );
    await page.keyboard.press('Escape');
    expect(await menu.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.locator('[role=tab][aria-selected=true]').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('[role=tab][aria-selected=true]').getAttribute('data-tab')).toBe('approved');
  });

  it('destroys only what has been named', async () => {
    const page = await atAcme('/design?lang=en', { viewport: DESK });
    await page.getByRole('button', { name: 'Confirm by name' }).click();
    const submit = page.locator('.dialog button[type=submit]');
    await page.locator('.dialog input').fill('summer');
    expect(await submit.getAttribute('aria-disabled')).toBe('true');
    await page.locator('.dialog input').fill('  summer PARTY ');
    expect(await submit.getAttribute('aria-disabled')).toBeNull();
    await submit.click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('the look', () => {
  it.each([
    ['light', 'en', DESK],
    ['dark', 'ar', DESK],
    ['light', 'de', PHONE],
    ['dark', 'ar', PHONE],
  ] as const)('has no barriers and stays within the window: %s, %s', async (colorScheme, lang, viewport) => {
    const page = await openLook(`/admin/look?lang=${lang}`, { colorScheme, viewport });
    await page.locator('input[name=accent]').fill('nothing');
    expect(await overflow(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });

  it('is seen in both modes before it is saved, then worn, then taken back', async () => {
    const page = await openLook();
    const before = await page.locator('input[name=accent]').inputValue();
    await page.locator('input[name=accent]').fill('#FD0');
    expect([await accentOf(page, 'light'), await accentOf(page, 'dark')]).not.toContain(before);
    expect(await accentOf(page, 'dark')).toBe('#ffdd00');
    expect(await page.locator('[data-legibility]').textContent()).toContain('On light pages');
    await page
      .locator('[data-logo-file]')
      .setInputFiles(fileOf('logo.png', await encodePng(quarters(80, 20)), 'image/png'));
    await page.locator('.look-phone .look-brand img').first().waitFor();
    await save(page);
    await page.locator('.toast').waitFor();
    await page.locator('link[href*="accent=ffdd00"]').waitFor({ state: 'attached' });
    expect(await page.locator('.look-logo img').getAttribute('src')).toMatch(/^\/brand\//);
    await page.locator('.toast button').click();
    await page.locator(`link[href*="accent=${before.slice(1)}"]`).waitFor({ state: 'attached' });
    await page.locator('.look-logo').waitFor({ state: 'detached' });
    expect(await page.locator('input[name=accent]').inputValue()).toBe(before);
  });

  it('says what is wrong with a colour or a file, and keeps what was there', async () => {
    const page = await openLook();
    const light = await accentOf(page, 'light');
    await page.locator('input[name=accent]').fill('#12');
    expect(await page.locator('.field-error').textContent()).toContain('#7a3cff');
    expect(await accentOf(page, 'light')).toBe(light);
    await page.locator('[data-logo-file]').setInputFiles(fileOf('x.svg', Buffer.from('<svg/>'), 'image/svg+xml'));
    await page.locator('.look-error').waitFor();
    await page.locator('[data-logo-file]').setInputFiles(fileOf('x.png', Buffer.from('no picture'), 'image/png'));
    await page.locator('.look-error').waitFor();
    expect(await page.locator('.look-logo').count()).toBe(0);
  });

  it('is not left unsaved without asking', async () => {
    const page = await openLook();
    await page.locator('.look-swatch').first().click();
    await page.locator('a[href="/admin"]:visible').first().click();
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').locator('.button-bad').click();
    await page.locator('.look').waitFor({ state: 'detached' });
  });

  it('may be tried out, but not saved, by those who are not admins', async () => {
    const page = await openLook('/admin/look', {}, 'viewer@acme.com');
    await page.locator('.look-swatch').nth(1).click();
    expect(await accentOf(page, 'light')).toBe('#3b5bdb');
    expect(await page.locator('.look-save button[type=submit]').getAttribute('aria-disabled')).toBe('true');
    // A click that changes nothing says why.
    await page.locator('.look-save button[type=submit]').click({ force: true });
    expect(await page.locator('.toast').textContent()).toContain('admin');
  });
});
