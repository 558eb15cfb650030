import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { setup, soon } from '../setup.ts';
import { hurried, keptFiles, onScreen, publish, steward, TV, unreadable } from './television.ts';

const { acme, atAcme, event, context } = setup({ keeps: true });
const staff = await steward(acme);
const MISSION = 'Fotografiert jemanden, den ihr heute erst kennengelernt habt';
const NEWS = 'Die Torte wird in zehn Minuten im Garten angeschnitten – kommt bitte alle heraus auf die Terrasse!';

/** One television and one event for all of these, in the order of an evening. */
describe('a screen that is paired', () => {
  let slug: string;
  let page: Page;
  let id: string;
  let photos: string[];
  const live = async () => (await staff.screen(id)).live;

  beforeAll(async () => {
    ({ slug } = await event({ moderation: 'after', name: 'Hochzeit von Anna-Katharina und Maximilian' }));
    const television = await context({ viewport: TV });
    await television.clock.install();
    await television.addInitScript(() => {
      const counted = window as unknown as { awake: number };
      counted.awake = 0;
      const request = () => Promise.resolve((counted.awake += 1));
      Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    });
    page = await atAcme('/pair', { context: television });
  });

  it('shows how to pair it, then its event, that nobody has sent a photo, and each that comes', async () => {
    await page.locator('.pair-code').waitFor();
    expect(await unreadable(page)).toEqual([]);
    // It is kept awake, and again when it comes back into sight.
    const awake = () => page.evaluate(() => (window as unknown as { awake: number }).awake);
    expect(await awake()).toBe(1);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    expect(await awake()).toBe(2);
    id = await staff.claim(page, slug, { seconds: 4 }, 'Links von der großen Bühne');
    await hurried(page, () => page.locator('.first-title').isVisible()).toBe(true);
    expect(await unreadable(page)).toEqual([]);
    photos = await publish(acme, slug, 3);
    for (const photo of photos) await hurried(page, () => onScreen(page, photo).count()).toBeGreaterThan(0);
    await hurried(page, live).toMatchObject({ layout: 'full', transport: 'socket' });
    // Who sent them hears that they are on the wall.
    const shownAt = async (photo: string) => (await staff.ask('GET', `/photos/${photo}`)).photo.shownAt;
    for (const photo of photos) await soon(() => shownAt(photo)).toEqual(expect.any(String));
  });

  it('does as it is told, and says what it shows and who it is', async () => {
    await staff.ask('PATCH', `/screens/${id}`, { layout: { layout: 'split' } });
    await page.locator('.layout-split.layout-shown:not(.leaves)').waitFor();
    await soon(live).toMatchObject({ layout: 'split' });
    await staff.tell(id, 'identify');
    await page.locator('.identify').getByText('Links von der großen Bühne').waitFor();
    expect(await unreadable(page)).toEqual([]);
    await staff.tell(id, 'preflight');
    await page.locator('.checks').waitFor();
    expect(await unreadable(page)).toEqual([]);
    const edges = await page
      .locator('.edge')
      .evaluateAll((frames) => frames.map((one) => one.getBoundingClientRect().x));
    expect(edges).toEqual([0, TV.width * 0.025, TV.width * 0.05]);
    const fine = ['overscan', 'browser', 'storage', 'socket'].map((check) => ({ check, ok: true }));
    // Its clock has been put forward, and is corrected by the server's.
    const checks = [...fine, { check: 'clock', ok: false }].map((one) => expect.objectContaining(one));
    await soon(async () => (await live())?.preflight).toEqual(checks);

    await staff.tell(id, 'pause');
    await soon(async () => (await live())?.paused).toBe(true);
    const shown = () => page.locator('.slide:not(.leaves)').last().getAttribute('data-id');
    const before = await shown();
    await staff.tell(id, 'skip');
    await soon(shown).not.toBe(before);
    await staff.tell(id, 'resume');
    await soon(async () => (await live())?.paused).toBe(false);
  });

  it('has a code that is always there, comes between the photos, or never, as it is told', async () => {
    const code = () => page.locator('.layout-shown:not(.leaves) .code-square').isVisible();
    const invitation = () => page.locator('.wall-invites .first-code').isVisible();
    const tell = (qr: string) => staff.ask('PATCH', `/screens/${id}`, { layout: { qr } });
    expect(await code()).toBe(true);
    await tell('between');
    await hurried(page, code).toBe(false);
    await hurried(page, invitation, 4_000).toBe(true);
    await hurried(page, invitation, 4_000).toBe(false);
    await tell('off');
    await hurried(page, invitation).toBe(false);
    expect(await code()).toBe(false);
    await tell('always');
    await hurried(page, code).toBe(true);
  });

  it('puts a photo into the spotlight for as long as it has it', async () => {
    await staff.ask('POST', `/events/${slug}/spotlight`, { photoId: photos[0] });
    await page.locator(`.layout-spotlight.layout-shown:not(.leaves) [data-id="${photos[0]}"]`).waitFor();
    await soon(live).toMatchObject({ layout: 'spotlight', showing: photos[0] });
    await staff.tell(id, 'skip');
    expect(await page.locator('.layout-shown:not(.leaves)').getAttribute('class')).toContain('spotlight');
    await staff.ask('DELETE', `/events/${slug}/spotlight`);
    await page.locator('.layout-split.layout-shown:not(.leaves)').waitFor();
  });

  it('calls for photos with a countdown, and announces what is to be announced', async () => {
    await staff.ask('POST', `/events/${slug}/photo-call`, { seconds: 30, mission: MISSION });
    await page.locator('.call').getByText(MISSION).waitFor();
    expect(await unreadable(page)).toEqual([]);
    const seconds = async () => Number(await page.locator('.call-seconds').textContent());
    const first = await seconds();
    await page.clock.fastForward(2_000);
    await soon(seconds).toBeLessThan(first - 1);
    await staff.ask('DELETE', `/events/${slug}/photo-call`);
    await hurried(page, () => page.locator('.call').count()).toBe(0);
    const { announcement } = await staff.ask('POST', `/events/${slug}/announcements`, { text: NEWS });
    await page.locator('.announcement').getByText(NEWS).waitFor();
    expect((await unreadable(page)).filter((flaw) => flaw.includes('announcement'))).toEqual([]);
    await staff.ask('DELETE', `/events/${slug}/announcements/${announcement.id}`);
    await hurried(page, () => page.locator('.announcement').count()).toBe(0);
  });

  it('shows one slide when the host says so, confirms it, and goes on afterwards', async () => {
    await staff.ask('POST', `/events/${slug}/panic`, { text: 'Gleich geht es weiter' });
    await page.locator('.break').getByText('Gleich geht es weiter').waitFor();
    expect(await unreadable(page)).toEqual([]);
    for (const photo of photos) expect(await onScreen(page, photo).count()).toBe(0);
    await soon(() => staff.ask('GET', `/events/${slug}/panic`)).toMatchObject({
      screens: { total: 1, confirmed: 1, offline: 0 },
    });
    await staff.ask('DELETE', `/events/${slug}/panic`);
    await hurried(page, () => page.locator('.layout-shown img').count()).toBeGreaterThan(0);
  });

  it('shows a code again when it is revoked, and nothing of the event', async () => {
    await hurried(page, async () => (await keptFiles(page)).length).toBe(3);
    await staff.ask('DELETE', `/screens/${id}`);
    await page.locator('.pair-code').waitFor();
    expect(await page.locator('.layout').count()).toBe(0);
    expect(await keptFiles(page)).toEqual([]);
  });
});
