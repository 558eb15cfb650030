import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers } from '../../support/barriers.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { pair, plugIn } from '../../support/screens.ts';
import { DESK, fileOf, joinAt, setup } from '../setup.ts';

const { acme, atAcme, event, port } = setup();

/** What the page has said at its foot, noted in the page so that nothing is too quick to be read. */
async function noteToasts(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said = ((window as unknown as { said: string[] }).said = [] as string[]);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) said.push(node.firstChild?.textContent ?? '');
    }).observe(document.querySelector('#toasts') as Element, { childList: true });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}

const mineAt = async (page: Page) => {
  await page.locator('#bar-mine').click();
  await page.locator('.mine').waitFor();
};
const steps = (page: Page) => page.locator('.mine-steps li > span').allTextContents();

describe('what a guest has sent', () => {
  it('is followed live to the wall, has words written under it, and is deleted with a way back', async () => {
    const { slug } = await event();
    const staff = await signIn(acme, 'admin@acme.com');
    const page = await atAcme(`/e/${slug}`);
    await joinAt(page, 'Ada');
    const files = await Promise.all([freshPhoto(900, 1200), freshPhoto()]);
    await page.locator('#choose').setInputFiles(files.map((bytes, n) => fileOf(`${n}.jpg`, bytes)));
    await page.locator('[data-status=pending]').nth(1).waitFor();
    await page.keyboard.press('Escape');
    await mineAt(page);
    await page.locator('#mine-grid [data-receipt=waiting]').nth(1).waitFor();
    await page.getByText('2 photos · 2 waiting').waitFor();
    expect(await barriers(page)).toEqual([]);

    const said = await noteToasts(page);
    const ids = await page
      .locator('#mine-grid [data-photo]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-photo') ?? ''));
    const answer = await acme('/api/v1/photos/bulk', {
      method: 'POST',
      headers: staff.headers,
      body: { ids, status: 'approved' },
    });
    expect(answer.status).toBe(200);
    await page.locator('#mine-grid [data-receipt=published]').nth(1).waitFor();
    await page.getByText('2 of your photos are published').waitFor();

    const screen = await plugIn(acme, port, await pair(acme, staff.headers, slug), slug);
    screen.send({ v: 1, type: 'shown', id: ids[0] });
    const card = page.locator(`#mine-grid [data-photo="${ids[0]}"]`);
    await page.locator(`#mine-grid [data-photo="${ids[0]}"][data-receipt=shown]`).waitFor();
    screen.close();
    await page.getByText('Your photo is on the wall').waitFor();
    // One word for both photos, and one for the wall.
    expect(await said()).toEqual(['2 of your photos are published', 'Your photo is on the wall']);

    await card.getByRole('button').click();
    expect(await steps(page)).toEqual(['Sent', 'Published', 'Shown on the wall']);
    await page.getByRole('button', { name: 'Add a caption' }).click();
    await page.getByLabel('Caption').fill('The first dance');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.mine-caption').getByText('The first dance').waitFor();
    expect(await barriers(page)).toEqual([]);
    const mine = await page.evaluate(
      async (path) => (await (await fetch(path)).json()).items.map((one: { caption: string | null }) => one.caption),
      `/api/v1/events/${slug}/mine`,
    );
    expect(mine).toContain('The first dance');

    // Escape belongs to the photo first, which is found again where it was.
    await page.keyboard.press('Escape');
    await page.locator('.mine-detail').waitFor({ state: 'detached' });
    expect(await card.getByRole('button').evaluate((button) => button === document.activeElement)).toBe(true);
    await card.getByRole('button').click();
    await page.locator('.mine-detail').getByRole('button', { name: 'Delete' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await card.waitFor();
  });

  it('can be named, taken along as one file, and stands beside what the host was asked', async () => {
    const { slug } = await event({ moderation: 'after' });
    const other = await join(acme, slug, { name: 'Ben' });
    const sent = await send(acme, slug, other, await freshPhoto());
    await untilStatus(acme, slug, other, sent.json.photo.id, 'approved');
    const page = await atAcme(`/e/${slug}`, { viewport: DESK });
    await joinAt(page, 'Ada');
    await page.locator('#choose').setInputFiles(fileOf('mine.jpg', await freshPhoto()));
    await page.locator('[data-status=approved]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator(`#photos [data-id="${sent.json.photo.id}"] a`).click();
    await page.locator('.lightbox-report').click();
    await page.getByText('I am in this photo').click();
    await page.locator('.sheet button[type=submit]').click();
    await page.getByText('Thank you').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');

    await mineAt(page);
    await page.locator('[data-request=open]').getByText('I am in this photo').waitFor();
    await page.getByRole('button', { name: 'Change your name' }).click();
    await page.locator('.mine-name input').fill('Ada L.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.mine-who').getByText('Ada L.').waitFor();
    const download = page.waitForEvent('download');
    await page.locator('#mine-archive').click();
    expect((await download).suggestedFilename()).toMatch(/\.zip$/);
    expect(await barriers(page)).toEqual([]);
  });

  it('is asked for again where it did not come', async () => {
    const { slug } = await event();
    const page = await atAcme(`/e/${slug}`, { expects: /ERR_|Failed to fetch|dynamically imported/ });
    await page.route('**/mine?limit=200', (route) => route.abort());
    await mineAt(page);
    await page.locator('.mine-failed').waitFor();
    await page.unroute('**/mine?limit=200');
    await page.locator('.mine-failed').getByRole('button').click();
    await page.getByText('You have not added a photo yet.').waitFor();
  });
});
