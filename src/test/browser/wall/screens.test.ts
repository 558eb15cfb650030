import { describe, expect, it } from 'vitest';
import { setup, soon } from '../setup.ts';
import { keptFiles, onScreen, publish, steward, TV } from './television.ts';

const { acme, atAcme, event, context } = setup();
const staff = await steward(acme);

const plugIn = async () => atAcme('/pair', { context: await context({ viewport: TV }) });

describe('screens that are paired', () => {
  it('show their event, confirm together that a photo is gone, and have it nowhere any more', async () => {
    const { slug } = await event({ moderation: 'after' });
    const [gone, stays] = (await publish(acme, slug, 2)) as [string, string];
    const pages = [await plugIn(), await plugIn(), await plugIn()];
    const layouts = ['mosaic', 'polaroid', 'mosaic'];
    for (const [n, page] of pages.entries()) await staff.pair(page, slug, { layout: layouts[n] });
    for (const page of pages) {
      await onScreen(page, gone).first().waitFor();
      await onScreen(page, stays).first().waitFor();
      await soon(async () => (await keptFiles(page)).length).toBe(2);
      await soon(() => page.evaluate(() => document.querySelectorAll('#offline[hidden]').length)).toBe(1);
    }
    await staff.reject(gone);
    for (const page of pages) await onScreen(page, gone).first().waitFor({ state: 'detached' });
    for (const page of pages) {
      expect(await onScreen(page, stays).count()).toBeGreaterThan(0);
      await soon(async () => (await keptFiles(page)).length).toBe(1);
    }
    await soon(() => staff.ask('GET', `/events/${slug}/photos/${gone}/recall`)).toMatchObject({
      recall: { confirmed: 3, total: 3, offline: 0 },
    });
  });

  it('do as they are told, say what they show, and say who they are', async () => {
    const { slug } = await event({ moderation: 'after' });
    await publish(acme, slug, 3);
    const page = await plugIn();
    const id = await staff.pair(page, slug, { seconds: 4 }, 'Links von der Bühne');
    await soon(async () => (await staff.screen(id)).live).toMatchObject({ layout: 'full', transport: 'socket' });
    await staff.ask('PATCH', `/screens/${id}`, { layout: { layout: 'split' } });
    await page.locator('.layout-split.layout-shown').waitFor();
    await staff.tell(id, 'identify');
    await page.getByText('Links von der Bühne').waitFor();
    await staff.tell(id, 'preflight');
    await page.locator('.checks').waitFor();
    await soon(async () => (await staff.screen(id)).live?.preflight?.length).toBe(5);

    await staff.tell(id, 'pause');
    await soon(async () => (await staff.screen(id)).live?.paused).toBe(true);
    const shown = () => page.locator('.slide:not(.leaves)').last().getAttribute('data-id');
    const before = await shown();
    await staff.tell(id, 'skip');
    await soon(shown).not.toBe(before);
  });

  it('show one slide when the host says so, confirm it, and go on afterwards', async () => {
    const { slug } = await event({ moderation: 'after' });
    const [id] = (await publish(acme, slug, 1)) as [string];
    const page = await plugIn();
    await staff.pair(page, slug);
    await onScreen(page, id).waitFor();
    await staff.ask('POST', `/events/${slug}/panic`, { text: 'Gleich geht es weiter' });
    await page.locator('.break').getByText('Gleich geht es weiter').waitFor();
    expect(await onScreen(page, id).count()).toBe(0);
    await soon(() => staff.ask('GET', `/events/${slug}/panic`)).toMatchObject({
      screens: { total: 1, confirmed: 1, offline: 0 },
    });
    await staff.ask('DELETE', `/events/${slug}/panic`);
    await onScreen(page, id).waitFor();
  });

  it('call for photos with a countdown, and announce what is to be announced', async () => {
    const { slug } = await event({ moderation: 'after' });
    await publish(acme, slug, 1);
    const page = await plugIn();
    await staff.pair(page, slug);
    await staff.ask('POST', `/events/${slug}/photo-call`, { seconds: 30, mission: 'Zeigt eure Schuhe' });
    await page.locator('.call').getByText('Zeigt eure Schuhe').waitFor();
    const seconds = async () => Number(await page.locator('.call-seconds').textContent());
    const first = await seconds();
    await soon(seconds).toBeLessThan(first);
    await staff.ask('DELETE', `/events/${slug}/photo-call`);
    await page.locator('.call').waitFor({ state: 'detached' });
    const { announcement } = await staff.ask('POST', `/events/${slug}/announcements`, { text: 'Die Torte kommt' });
    await page.locator('.announcement').getByText('Die Torte kommt').waitFor();
    await staff.ask('DELETE', `/events/${slug}/announcements/${announcement.id}`);
    await page.locator('.announcement').waitFor({ state: 'detached' });
  });

  it('show a code again when they are revoked, and nothing of the event', async () => {
    const { slug } = await event({ moderation: 'after' });
    await publish(acme, slug, 1);
    const page = await plugIn();
    const id = await staff.pair(page, slug);
    await soon(async () => (await keptFiles(page)).length).toBe(1);
    await staff.ask('DELETE', `/screens/${id}`);
    await page.locator('.pair-code').waitFor();
    expect(await page.locator('.layout').count()).toBe(0);
    expect(await keptFiles(page)).toEqual([]);
  });
});
