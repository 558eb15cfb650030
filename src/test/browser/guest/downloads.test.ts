import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { locatedJpeg, secretsIn } from '../../support/located-files.ts';
import { join, send, untilStatus } from '../../support/people.ts';
import { fileOf, joinAt, setup } from '../setup.ts';

const { acme, atAcme, event } = setup();

async function party(settings: Record<string, unknown> = {}) {
  const { slug } = await event({ moderation: 'after', settings });
  const guest = await join(acme, slug);
  const sent = await send(acme, slug, guest, await locatedJpeg());
  await untilStatus(acme, slug, guest, sent.json.photo.id, 'approved');
  return slug;
}

const openFirst = async (page: Page) => {
  await page.locator('.tile a').first().click();
  await page.locator('.lightbox-photo').waitFor();
};

describe('a photo that is looked at', () => {
  it.each([
    ['en', 'Download'],
    ['ar', 'تنزيل'],
  ])('is kept as a file by whoever likes it, by touch and by keys (%s)', async (locale, words) => {
    const page = await atAcme(`/e/${await party()}`, { locale });
    await openFirst(page);
    const link = page.locator('.lightbox').getByRole('link', { name: words });
    for (const keep of [() => link.click(), () => link.press('Enter')]) {
      const [download] = await Promise.all([page.waitForEvent('download'), keep()]);
      expect(download.suggestedFilename()).toMatch(/ 2026-11-21-1504-[0-9a-f]{4}\.jpg$/);
      const bytes = await readFile(await download.path());
      expect([...bytes.subarray(0, 2), ...bytes.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
      expect(secretsIn(bytes)).toEqual([]);
    }
    expect(await page.locator('.lightbox').count()).toBe(1);
  });

  it('is for looking only where the host says so', async () => {
    const page = await atAcme(`/e/${await party({ downloads: 'off' })}`);
    await openFirst(page);
    expect(await page.locator('.lightbox-report').isVisible()).toBe(true);
    expect(await page.locator('.lightbox-download').isVisible()).toBe(false);
    expect(await page.locator('.lightbox video').getAttribute('controlslist')).toBe('nodownload');
  });

  it('is its sender’s to have back all the same', async () => {
    const { slug } = await event({ settings: { downloads: 'off' } });
    const page = await atAcme(`/e/${slug}`);
    await joinAt(page, 'Ada');
    await page.locator('#choose').setInputFiles(fileOf('IMG_1.jpg', await locatedJpeg()));
    const link = page.locator('[data-status=pending]').getByRole('link', { name: 'Download' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(secretsIn(await readFile(await download.path()))).toEqual([]);
  });
});
