import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { judged } from '../../support/page-flaws.ts';
import { pair, plugIn } from '../../support/screens.ts';
import { DESK, PHONE, setup, soon } from '../setup.ts';
import { CALM_TV, onScreen, publish, steward } from '../wall/television.ts';

const { acme, atAcme, context, event, port } = setup();
const staff = await steward(acme);

async function consoleAt(
  path: string,
  options: Parameters<typeof atAcme>[1] = {},
  as = 'admin@acme.com',
): Promise<Page> {
  const page = await atAcme(`/admin/events/${path}`, { viewport: DESK, as, ...options });
  await page.locator('.sign-in').waitFor({ state: 'detached' });
  return page;
}
const toast = (page: Page, text: string | RegExp) => page.locator('.toast').filter({ hasText: text });

it('what walls show besides photos is done by keyboard, and the television does it', async () => {
  const { slug } = await event({ moderation: 'after' });
  const [first, second] = (await publish(acme, slug, 2)) as [string, string];
  const television = await atAcme('/pair', { context: await context(CALM_TV) });
  await staff.pair(television, slug, { seconds: 30 });
  const page = await consoleAt(`${slug}/stage`);
  const strip = page.locator('[data-screen]').filter({ hasText: 'Foyer' });
  await strip.getByText('Online').waitFor();
  await strip.locator('img[data-photo]').waitFor();
  const { keyboard } = page;

  await keyboard.press('n');
  await keyboard.type('The cake is cut at ten');
  await page.locator('[data-preview]').getByText('The cake is cut at ten').waitFor();
  await keyboard.press('Enter');
  await television.locator('.announcement').getByText('The cake is cut at ten').waitFor();
  const shown = page.locator('[data-state=shown]').filter({ hasText: 'The cake is cut at ten' });
  await shown.getByRole('button').focus();
  await keyboard.press('Enter');
  await television.locator('.announcement').waitFor({ state: 'detached' });
  await shown.waitFor({ state: 'detached' });
  await toast(page, 'Taken back').getByRole('button', { name: 'Undo' }).press('Enter');
  await television.locator('.announcement').getByText('The cake is cut at ten').waitFor();
  await shown.waitFor();

  await page.locator(`[name=photo][value="${second}"]`).focus();
  await keyboard.press('ArrowRight');
  expect(await page.locator(`[name=photo][value="${first}"]`).isChecked()).toBe(true);
  await keyboard.press('Enter');
  await page
    .locator(`[data-lit="${first}"]`)
    .getByText(/0:\d\d left/)
    .waitFor();
  await onScreen(television, first).first().waitFor();
  await soon(async () => (await staff.ask('GET', `/events/${slug}/stage`)).stage.spotlight?.photoId).toBe(first);
  await page.locator('h1').focus();
  await keyboard.press('e');
  await page.locator('[data-lit]').waitFor({ state: 'detached' });

  await page.locator('[name=mission]').fill('Show us your shoes');
  await keyboard.press('Enter');
  await television.locator('.call').getByText('Show us your shoes').waitFor();
  const left = page.locator('[data-call] [role=timer]');
  const before = await left.textContent();
  await soon(() => left.textContent()).not.toBe(before);
  await page.locator('h1').focus();
  await keyboard.press('c');
  await television.locator('.call').waitFor({ state: 'detached' });
  await page.locator('[data-call]').waitFor({ state: 'detached' });
});

it('the desk says from how many screens a photo is gone, and puts one in the spotlight', async () => {
  const { slug } = await event({ moderation: 'after' });
  const [older, newer] = (await publish(acme, slug, 2)) as [string, string];
  const plug = async (name: string) => {
    const television = await pair(acme, staff.headers, slug, { name });
    const socket = await plugIn(acme, port, television, slug);
    await socket.next((frame) => frame.type === 'hello');
    return socket;
  };
  const screens = [await plug('Foyer'), await plug('Bar')];
  /** Confirms a photo that it has been told to remove so often. */
  const isRid = async (socket: (typeof screens)[number], id: string, times = 1) => {
    await soon(() => socket.frames.filter((frame) => frame.type === 'photo.removed' && frame.id === id).length).toBe(
      times,
    );
    socket.send({ v: 1, type: 'removed', id });
  };
  const page = await consoleAt(`${slug}/photos?tab=approved`);
  await page.locator(`.stage img[data-photo="${newer}"]`).waitFor();

  await page.keyboard.press('s');
  await page.locator(`.stage [data-lit="${newer}"]`).waitFor();
  await soon(async () => (await staff.ask('GET', `/events/${slug}/stage`)).stage.spotlight?.photoId).toBe(newer);
  await page.keyboard.press('s');
  await page.locator('.stage [data-lit]').waitFor({ state: 'detached' });

  await page.keyboard.press('r');
  await toast(page, 'Removed from 0 of 2 screens').waitFor();
  await isRid(screens[0]!, newer);
  await toast(page, 'Removed from 1 of 2 screens').waitFor();
  await isRid(screens[1]!, newer);
  await toast(page, /Removed from 2 of 2 screens in \d+\.\d s/).waitFor();
  await page
    .getByRole('status')
    .getByText(/Removed from 2 of 2 screens/)
    .first()
    .waitFor({ state: 'attached' });
  await toast(page, 'Removed from').getByRole('button', { name: 'Undo' }).click();
  await soon(async () => (await staff.ask('GET', `/photos/${newer}`)).photo.status).toBe('approved');

  await page.keyboard.press('Control+a');
  await page.keyboard.press('r');
  await toast(page, '2 photos rejected').waitFor();
  for (const socket of screens) {
    await isRid(socket, older);
    await isRid(socket, newer, 2);
  }
  await toast(page, /2 photos removed from 2 of 2 screens in \d+\.\d s/).waitFor();
  await page.goto(page.url().replace(/photos.*/, `photos?tab=rejected&photo=${older}`));
  await page
    .locator('[data-recall="2/2"]')
    .getByText(/Removed from 2 of 2 screens/)
    .waitFor();
  for (const socket of screens) socket.close();
});

it('a viewer sees what is on the walls, and why it cannot be changed', async () => {
  const { slug } = await event({ moderation: 'after' });
  await publish(acme, slug, 1);
  await staff.ask('POST', `/events/${slug}/announcements`, { text: 'Welcome' });
  const page = await consoleAt(`${slug}/stage`, {}, 'viewer@acme.com');
  await page.locator('#why-not').waitFor();
  await page.locator('[data-state=shown]').getByText('Welcome').waitFor();
  for (const button of ['[data-light]', '[data-start=call]', '[data-announce]', '[data-state=shown] button'])
    expect(await page.locator(button).getAttribute('aria-disabled')).toBe('true');
  await page.locator('[data-start=call]').click({ force: true });
  await toast(page, 'Your role may look but not decide.').waitFor();
});

it.each(['de', 'ar'] as const)('nothing stands in anybody’s way, in %s', async (locale) => {
  const { slug } = await event({ moderation: 'after' });
  const found: string[] = [];
  const empty = await consoleAt(`${slug}/stage`, { locale, viewport: PHONE, colorScheme: 'dark' });
  await empty.locator('.onwall-columns').waitFor();
  found.push(...(await judged(empty, locale)));
  await empty.close();
  const [photoId] = await publish(acme, slug, 1);
  await pair(acme, staff.headers, slug, { name: 'Großer Saal, links von der Bühne' });
  await staff.ask('POST', `/events/${slug}/spotlight`, { photoId, seconds: 600 });
  await staff.ask('POST', `/events/${slug}/announcements`, { text: 'Willkommen' });
  await staff.ask('POST', `/events/${slug}/photo-call`, { seconds: 600, mission: 'Schuhe' });
  await staff.ask('POST', `/events/${slug}/panic`, {});
  for (const [viewport, colorScheme] of [
    [PHONE, 'light'],
    [DESK, 'dark'],
  ] as const) {
    const page = await consoleAt(`${slug}/stage`, { locale, viewport, colorScheme });
    for (const part of ['.panic-line', '[data-call]', '[data-lit]', '[data-state=shown]', '[data-screen]'])
      await page.locator(part).first().waitFor();
    await page.locator('[name=announcement]').fill('Gleich wird die Torte angeschnitten');
    await page.locator('[data-lasting="30"]').click();
    found.push(...(await judged(page, locale)));
    await page.goto(page.url().replace('/stage', ''));
    await page.locator('.hold-on').waitFor();
    found.push(...(await judged(page, locale)));
    await page.close();
  }
  expect(found).toEqual([]);
});
