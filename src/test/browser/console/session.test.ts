import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { barriers } from '../../support/barriers.ts';
import { DESK, PHONE, setup, signInAt } from '../setup.ts';

const { acme, atAcme, context, event } = setup();

const staff = async (email = 'admin@acme.com') => (await signIn(acme, email)).headers;

async function waitingPhoto(slug: string): Promise<string> {
  const guest = await join(acme, slug, { name: 'Ada' });
  const sent = await send(acme, slug, guest, await freshPhoto());
  const { id } = sent.json.photo;
  await untilStatus(acme, slug, guest, id, 'pending');
  return id;
}

/** A link for a helper of an event: its id, and its address on this host. */
async function invite(slug: string): Promise<{ id: string; path: string }> {
  const { status, json } = await acme(`/api/v1/events/${slug}/helpers`, {
    method: 'POST',
    headers: await staff(),
    body: { label: 'Tante Jutta' },
  });
  expect(status).toBe(201);
  const url = new URL(json.url);
  return { id: json.helper.id, path: url.pathname + url.hash };
}
const at = (page: Page) => new URL(page.url()).pathname;
const start = (page: Page) => page.getByRole('button', { name: 'Start helping' });

describe('a session that ends in the middle of work', () => {
  it('asks for the password over the page, and then does what was asked for', async () => {
    const { slug } = await event();
    const id = await waitingPhoto(slug);
    const browsing = await context({ viewport: DESK });
    await browsing.clock.install();
    const page = await atAcme(`/admin/events/${slug}/photos`, { context: browsing });
    await signInAt(page);
    await page.locator(`[data-photo="${id}"]`).first().waitFor();
    // The token has run out, and there is nothing to renew it with: the decision finds out.
    await browsing.clearCookies();
    await browsing.clock.setSystemTime(Date.now() + 16 * 60_000);
    // The page may have noticed by itself and lie under the question already: it is asked for once.
    await page.locator('[data-decide=approved]').dispatchEvent('click');
    const dialog = page.getByRole('dialog', { name: 'Please sign in again' });
    await dialog.waitFor();
    expect(await barriers(page)).toEqual([]);
    // The page is still there, and Escape does not throw it away.
    await page.keyboard.press('Escape');
    expect(await page.locator('.shell main').count()).toBe(1);
    expect(await dialog.locator('#email').inputValue()).toBe('admin@acme.com');
    await dialog.locator('#password').fill('password123');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const headers = await staff();
    await expect.poll(async () => (await acme(`/api/v1/photos/${id}`, { headers })).json.photo.status).toBe('approved');
    expect(at(page)).toBe(`/admin/events/${slug}/photos`);
  });

  it('clears the page when its person would rather leave', async () => {
    const browsing = await context({ viewport: DESK });
    await browsing.clock.install();
    const page = await atAcme('/admin', { context: browsing });
    await signInAt(page);
    await page.locator('.event-row-link').first().waitFor();
    await browsing.clearCookies();
    await browsing.clock.fastForward('00:16:00');
    await page.getByRole('button', { name: 'Leave this page' }).click();
    await page.getByRole('heading', { name: 'Sign in to Acme Corporation' }).waitFor();
    expect(await page.locator('.event-row-link').count()).toBe(0);
  });
});

describe('several tabs', () => {
  it('are left and entered together', async () => {
    const browsing = await context({ viewport: DESK });
    const first = await atAcme('/admin', { context: browsing });
    await signInAt(first);
    await first.locator('.event-row-link').first().waitFor();
    const second = await atAcme('/admin', { context: browsing });
    await second.locator('.event-row-link').first().waitFor();
    await first.getByRole('button', { name: 'Sign out' }).click();
    await second.locator('#email').waitFor();
    expect(await second.locator('.event-row-link').count()).toBe(0);
    await signInAt(second);
    await second.locator('.event-row-link').first().waitFor();
    await first.locator('.event-row-link').first().waitFor();
  });
});

describe('without a connection', () => {
  it('says so for as long as it lasts', async () => {
    const browsing = await context({ viewport: DESK });
    const page = await atAcme('/admin', { context: browsing, expects: /ERR_INTERNET_DISCONNECTED/ });
    await signInAt(page);
    await page.locator('.event-row-link').first().waitFor();
    await browsing.setOffline(true);
    const banner = page.locator('.shell-offline', { hasText: 'No connection' });
    await banner.waitFor();
    await browsing.setOffline(false);
    await banner.waitFor({ state: 'detached' }).catch(() => undefined);
    await expect.poll(() => banner.count()).toBe(0);
  });
});

describe('a helper’s link', () => {
  it('lets its holder look after one event, and is used up by the button only', async () => {
    const { slug } = await event();
    const link = await invite(slug);
    const preview = await atAcme(link.path, { viewport: PHONE, expects: /403/ });
    await start(preview).waitFor();
    expect(preview.url()).not.toContain('#');
    expect(await barriers(preview)).toEqual([]);

    const page = await atAcme(link.path, { viewport: DESK });
    await start(page).click();
    await page.locator('.shell').waitFor();
    await expect.poll(() => at(page)).toBe(`/admin/events/${slug}/photos`);
    const links = await page
      .locator('.rail nav a.nav-item')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')?.split('/').pop()));
    expect(links[0]).toBe('photos');
    for (const other of ['admin', 'team', 'helpers', 'share', 'settings']) expect(links).not.toContain(other);
    await page.goto(new URL('/admin', page.url()).href);
    await expect.poll(() => at(page)).toBe(`/admin/events/${slug}/photos`);
    await page.goto(new URL(`/admin/events/${slug}/share`, page.url()).href);
    await page.getByRole('heading', { name: 'This page is not for helpers' }).waitFor();

    await start(preview).click();
    await preview.getByText('This link has been used already').waitFor();
    expect(await start(preview).count()).toBe(0);
  });

  it('ends on the device as soon as it is revoked', async () => {
    const { slug } = await event();
    const link = await invite(slug);
    const page = await atAcme(link.path, { viewport: PHONE });
    await start(page).click();
    await page.locator('.shell').waitFor();
    await acme(`/api/v1/events/${slug}/helpers/${link.id}`, { method: 'DELETE', headers: await staff() });
    await page.getByRole('heading', { name: 'Your help has ended' }).waitFor();
    expect(await page.locator('.shell').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Your help has ended' }).waitFor();
  });

  it('is not needed by who is signed in, and says what is wrong with it', async () => {
    const { slug } = await event();
    const link = await invite(slug);
    const browsing = await context({ viewport: PHONE });
    const page = await atAcme('/admin', { context: browsing });
    await signInAt(page);
    await page.locator('.event-row-link').first().waitFor();
    await page.goto(new URL(link.path, page.url()).href);
    await page.getByText('You are signed in as').waitFor();
    expect(await start(page).count()).toBe(0);
    await page.getByRole('link', { name: 'All events' }).click();
    await page.locator('.event-row-link').first().waitFor();

    const other = await atAcme('/admin/help', { viewport: PHONE });
    await other.getByText('This link is incomplete').waitFor();
    const wrong = await atAcme('/admin/help#nothing-of-ours', { viewport: PHONE, expects: /403/ });
    await start(wrong).click();
    await wrong.getByText('This link does not work any more').waitFor();
  });
});
