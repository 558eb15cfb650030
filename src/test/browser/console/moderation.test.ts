import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { layCable } from '../../support/cable.ts';
import { makeWaitingPhotos } from '../../support/database.ts';
import { signIn } from '../../support/people.ts';
import { DESK, setup, soon } from '../setup.ts';

const { acme, atAcme, context, event, ownerUrl } = setup();

let staff: { authorization: string };
beforeAll(async () => {
  staff = (await signIn(acme, 'admin@acme.com')).headers;
});

/** An event with photos that wait, sent by Ada and Ben in turn. */
async function party(count: number, guests: readonly string[] = ['Ada', 'Ben']) {
  const { id, slug } = await event();
  const ids = await makeWaitingPhotos(ownerUrl, 'acme', id, count, guests);
  return { id, slug, ids };
}
const statuses = async (slug: string): Promise<Record<string, string>> => {
  const { json } = await acme(`/api/v1/photos?event=${slug}&limit=200`, { headers: staff });
  return Object.fromEntries(json.items.map((one: { id: string; status: string }) => [one.id, one.status]));
};
const count = async (slug: string, status: string): Promise<number> =>
  Object.values(await statuses(slug)).filter((one) => one === status).length;

async function sitDown(
  slug: string,
  options: { email?: string; at?: string; context?: BrowserContext; expects?: RegExp } = {},
) {
  const { email = 'admin@acme.com', at = '/photos', ...rest } = options;
  const page = await atAcme(`/admin/events/${slug}${at}`, { viewport: DESK, ...rest, as: email });
  return page;
}
const isLive = (page: Page) => page.locator('[data-live=live]').waitFor();
const onStage = (page: Page, id?: string) =>
  page.locator(id ? `.stage [data-photo="${id}"]` : '.stage [data-photo]').waitFor();
const inHand = (page: Page) => page.locator('.stage [data-photo]').getAttribute('data-photo');
const press = async (page: Page, keys: string) => {
  for (const key of keys) await page.keyboard.press(key);
};

describe('two moderators', () => {
  it('never have the same photo in hand, see each other, and see what the other decides', async () => {
    const { slug, ids } = await party(12);
    const first = await sitDown(slug);
    await isLive(first);
    await onStage(first, ids[0]);
    const second = await sitDown(slug, { email: 'operator@acme.com' });
    await isLive(second);
    await first.locator('.presence li').waitFor();
    await second.locator('.presence li').waitFor();
    await soon(async () => (await inHand(second)) !== (await inHand(first))).toBe(true);
    expect(await second.locator('.strip-held').count()).toBeGreaterThan(0);

    for (let turn = 0; turn < 4; turn++) {
      const [a, b] = [await inHand(first), await inHand(second)];
      expect(a).not.toBe(b);
      await press(first, 'a');
      await press(second, 'r');
      await soon(() => first.locator(`.strip [data-photo="${b}"]`).count()).toBe(0);
      await soon(() => second.locator(`.strip [data-photo="${a}"]`).count()).toBe(0);
    }
    await soon(() => count(slug, 'approved')).toBe(4);
    expect(await count(slug, 'rejected')).toBe(4);
  });
});

describe('without a network', () => {
  const cut = async () => {
    const cable = await layCable();
    onTestFinished(() => cable.close());
    const browsing = await context({ viewport: DESK, proxy: { server: cable.url, bypass: '<-loopback>' } });
    return { cable, browsing };
  };

  it('decisions wait, outlive a reload, and reach the server when it is back', async () => {
    const { slug } = await party(14);
    const { cable, browsing } = await cut();
    const page = await sitDown(slug, { context: browsing, expects: /ERR_|WebSocket/ });
    await isLive(page);
    await onStage(page);
    cable.cut();
    await press(page, 'aaaaarrrrr');
    await page.locator('[data-waiting="10"]').waitFor();
    expect(await page.locator('[data-waiting]').textContent()).toBe('10 decisions wait for the network');
    await soon(() => page.locator('[data-tab=pending] .tab-count').textContent()).toBe('4');
    await press(page, 'z');
    await page.locator('[data-waiting="9"]').waitFor();
    expect(await count(slug, 'pending')).toBe(14);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).toContain('momentique.decisions.');
    expect(kept).not.toMatch(/eyJ|token/i);

    cable.mend();
    await page.reload();
    await isLive(page);
    await soon(() => count(slug, 'approved')).toBe(5);
    await soon(() => count(slug, 'rejected')).toBe(4);
    await page.locator('[data-sent=true]').waitFor();
    await soon(() => page.evaluate(() => localStorage.length)).toBe(0);
  });

  it('what somebody else decided meanwhile is shown, not overwritten, unless one says so', async () => {
    const { slug, ids } = await party(3);
    const { cable, browsing } = await cut();
    const page = await sitDown(slug, { context: browsing, expects: /ERR_|WebSocket|409/ });
    await isLive(page);
    await onStage(page, ids[0]);
    cable.cut();
    await press(page, 'a');
    await page.locator('[data-waiting="1"]').waitFor();
    const other = await signIn(acme, 'operator@acme.com');
    const answer = await acme(`/api/v1/photos/${ids[0]}`, {
      method: 'PATCH',
      headers: other.headers,
      body: { status: 'rejected' },
    });
    expect(answer.status).toBe(200);
    cable.mend();
    const conflict = page.locator(`[data-conflict="${ids[0]}"]`);
    await conflict.waitFor();
    expect(await conflict.textContent()).toMatch(/rejected it/);
    expect((await statuses(slug))[ids[0] as string]).toBe('rejected');
    await conflict.getByRole('button', { name: 'Approve all the same' }).click();
    await conflict.waitFor({ state: 'detached' });
    await soon(async () => (await statuses(slug))[ids[0] as string]).toBe('approved');
  });
});

describe('many at once', () => {
  it('are selected with keys and mouse, decided together, and given back by one undo', async () => {
    const { slug, ids } = await party(12);
    const page = await sitDown(slug);
    await isLive(page);
    await onStage(page, ids[0]);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.locator(`.strip [data-photo="${ids[5]}"]`).click({ modifiers: ['ControlOrMeta'] });
    await page.locator('.bulk', { hasText: '4 selected' }).waitFor();
    await page.locator(`.strip [data-photo="${ids[9]}"]`).click({ modifiers: ['Shift'] });
    await page.locator('.bulk', { hasText: '5 selected' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.bulk').waitFor({ state: 'detached' });

    await page.keyboard.press('ControlOrMeta+a');
    await page.locator('.bulk', { hasText: '12 selected' }).waitFor();
    await page.locator('[data-bulk=rejected]').click();
    await page.getByText('Nothing waiting').waitFor();
    await soon(() => count(slug, 'rejected')).toBe(12);
    await page.locator('.toast', { hasText: '12 photos rejected' }).waitFor();
    await press(page, 'z');
    await soon(() => count(slug, 'pending')).toBe(12);
    await onStage(page);
  });

  it('are all of one guest, by one rule, which can be taken back', async () => {
    const { slug } = await party(10);
    const page = await sitDown(slug);
    await isLive(page);
    await onStage(page);
    expect(await page.locator('.who-name').textContent()).toBe('Ada');
    await page.getByRole('button', { name: 'What to do about Ada' }).click();
    await page.getByRole('menuitem', { name: 'Only photos of this guest' }).click();
    await page.locator('[data-chip=guest]').waitFor();
    expect(new URL(page.url()).searchParams.get('guest')).toBeTruthy();
    await soon(() => page.locator('.strip-photo').count()).toBe(5);
    await page.goBack();
    await soon(() => page.locator('.strip-photo').count()).toBe(10);

    await page.getByRole('button', { name: 'What to do about Ada' }).click();
    await page.getByRole('menuitem', { name: 'Reject all waiting from Ada' }).click();
    await soon(() => count(slug, 'rejected')).toBe(5);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await soon(() => count(slug, 'pending')).toBe(10);
  });

  it('leave and come back with their guest, who is blocked and let in again', async () => {
    const { slug, ids } = await party(4);
    await acme('/api/v1/photos/bulk', { method: 'POST', headers: staff, body: { ids: [ids[0]], status: 'approved' } });
    const page = await sitDown(slug, { at: '/guests' });
    const ada = page.locator('[data-guest]', { hasText: 'Ada' });
    await ada.waitFor();
    expect(await ada.textContent()).toMatch(/1 waiting.*1 published.*0 rejected/);
    await ada.getByRole('button', { name: 'What to do about Ada' }).click();
    await page.getByRole('menuitem', { name: 'Block this guest' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Block', exact: true }).click();
    await ada.getByText('Blocked').waitFor();
    expect(await count(slug, 'rejected')).toBe(2);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await ada.getByText('Blocked').waitFor({ state: 'detached' });
    await soon(() => count(slug, 'rejected')).toBe(0);
    expect((await statuses(slug))[ids[0] as string]).toBe('approved');

    await page.getByLabel('Search by name').fill('be');
    await ada.waitFor({ state: 'detached' });
    expect(await page.locator('[data-guest]').count()).toBe(1);
  });
});

describe('beside the light table', () => {
  it('albums are made, put in order by keys and by hand, filled from a selection and shown to guests', async () => {
    const { slug } = await party(6);
    const page = await sitDown(slug, { at: '/albums' });
    await page.getByText('No albums yet').waitFor();
    for (const name of ['Ceremony', '🎉 Fest']) {
      await page.locator('[data-new-album]').click();
      await page.getByLabel('Name of the album').fill(name);
      await page.keyboard.press('Enter');
      await page.locator('[data-album]', { hasText: name }).waitFor();
    }
    const names = () => page.locator('[data-album] strong').allTextContents();
    await page.locator('[data-album]', { hasText: 'Fest' }).locator('[data-up]').press('Enter');
    await soon(names).toEqual(['🎉 Fest', 'Ceremony']);
    await page.reload();
    await soon(names).toEqual(['🎉 Fest', 'Ceremony']);
    await page.locator('[data-album]', { hasText: 'Fest' }).getByRole('switch').click();
    await page.locator('.toast', { hasText: 'Guests now see' }).waitFor();

    await page.goto(`${acme.origin}/admin/events/${slug}/photos`);
    await isLive(page);
    await onStage(page);
    await page.keyboard.press('Shift+ArrowRight');
    await page.locator('.bulk', { hasText: '2 selected' }).getByRole('button', { name: 'Album' }).click();
    await page.getByRole('menuitem', { name: 'Ceremony' }).click();
    await page.locator('.toast', { hasText: '2 photos are in Ceremony' }).waitFor();
    await page.goto(`${acme.origin}/admin/events/${slug}/albums`);
    await page.locator('[data-album]', { hasText: 'Ceremony' }).getByText('2 photos').waitFor();
    const drag = page.locator('[data-album]', { hasText: 'Ceremony' });
    await drag.dragTo(page.locator('[data-album]', { hasText: 'Fest' }));
    await soon(names).toEqual(['Ceremony', '🎉 Fest']);
  });

  it('reports are answered: who asked and why, and the photo stays or goes', async () => {
    const { slug, ids } = await party(2);
    await acme('/api/v1/photos/bulk', { method: 'POST', headers: staff, body: { ids, status: 'approved' } });
    const guest = await acme(`/api/v1/events/${slug}/session`, { method: 'POST', body: { name: 'Cléo' } });
    const headers = { authorization: `Bearer ${guest.json.token}` };
    for (const id of ids) {
      const answer = await acme(`/api/v1/events/${slug}/photos/${id}/reports`, {
        method: 'POST',
        headers,
        body: { reason: 'me', note: 'Please not me.' },
      });
      expect(answer.status).toBe(201);
    }
    const page = await sitDown(slug, { at: '/reports' });
    const report = page.locator('[data-report]');
    await soon(() => report.count()).toBe(2);
    expect(await report.first().textContent()).toMatch(/I am in this photo.*Please not me.*Cléo/);
    await report.first().locator('[data-outcome=removed]').click();
    await soon(() => report.count()).toBe(1);
    await soon(() => count(slug, 'rejected')).toBe(1);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await soon(() => count(slug, 'approved')).toBe(2);
    await report.first().locator('[data-outcome=kept]').click();
    await page.getByText('No reports').waitFor();
    expect(await count(slug, 'approved')).toBe(2);
  });

  it('publication is stopped with a message, for every moderator at once, and released', async () => {
    const { slug } = await party(2);
    const page = await sitDown(slug);
    const other = await sitDown(slug, { email: 'operator@acme.com' });
    await Promise.all([isLive(page), isLive(other)]);
    await page.locator('[data-hold]').click();
    await page.getByLabel('What guests read meanwhile').fill('Back in ten minutes');
    await page.locator('[data-hold-now]').click();
    await page.locator('.held', { hasText: 'Back in ten minutes' }).waitFor();
    await other.locator('.held', { hasText: 'Back in ten minutes' }).waitFor();
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.event).toMatchObject({ held: true, shows: false });
    await other.locator('[data-release]').click();
    await page.locator('.held').waitFor({ state: 'detached' });
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.event.held).toBe(false);
  });
});
