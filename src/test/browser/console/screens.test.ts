import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { judged } from '../../support/page-flaws.ts';
import { showCode } from '../../support/screens.ts';
import { DESK, PHONE, setup, soon } from '../setup.ts';
import { CALM_TV, publish, steward } from '../wall/television.ts';

const { acme, atAcme, context, event } = setup();
const staff = await steward(acme);

const plugIn = async () => atAcme('/pair', { context: await context(CALM_TV) });
const codeOn = async (television: Page): Promise<string> =>
  (await television.locator('.pair-code').textContent()) ?? '';

async function consoleAt(
  path: string,
  options: Parameters<typeof atAcme>[1] = {},
  email = 'admin@acme.com',
): Promise<Page> {
  const page = await atAcme(path, { viewport: DESK, ...options, as: email });
  await page.locator('.sign-in').waitFor({ state: 'detached' });
  return page;
}
const cardOf = (page: Page, name: string) =>
  page.locator('[data-screen]').filter({ has: page.getByRole('heading', { name, exact: true }) });
const say = (page: Page, menu: string, item: string) =>
  page
    .getByRole('button', { name: menu })
    .click()
    .then(() => page.getByRole('menuitem', { name: item }).click());

it('a television is paired by its code, follows what it is told, and shows a code again when it is removed', async () => {
  const { slug, id } = await event({ moderation: 'after' });
  await publish(acme, slug, 3);
  await staff.ask('PATCH', `/events/${slug}`, { visibility: 'pin', pin: '4711' });
  const television = await plugIn();
  const code = await codeOn(television);
  const page = await consoleAt('/admin/screens');
  await page.getByRole('button', { name: 'Pair a screen' }).click();
  await page.locator('[name=code]').pressSequentially(`${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`);
  expect(await page.locator('[name=code]').inputValue()).toBe(code);
  await page.locator('[name=name]').fill('Left of the stage');
  await page.locator('[name=event]').selectOption(id);
  await page.getByRole('radio', { name: 'Mosaic' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Pair a screen' }).click();

  const card = cardOf(page, 'Left of the stage');
  await card.waitFor();
  await television.locator('.layout-mosaic.layout-shown:not(.leaves)').waitFor();
  await card.getByText('Online', { exact: true }).waitFor();
  await card.locator('img').waitFor();

  await card.getByRole('button', { name: 'Identify' }).click();
  await television.locator('.identify-name').getByText('Left of the stage').waitFor();
  expect(await television.locator('.identify-number').textContent()).toBe(
    await card.locator('.screen-number').textContent(),
  );

  // Before anything is saved the wall is to be seen as it would be, also of an event with a PIN; the screen waits.
  await card.getByRole('button', { name: 'Change' }).click();
  const preview = page.frameLocator('.preview iframe');
  await preview.locator('.layout-mosaic.layout-shown:not(.leaves) [data-id] img').first().waitFor();
  await page.getByRole('radio', { name: 'Photo beside QR code' }).check();
  await preview.locator('.layout-split.layout-shown:not(.leaves)').waitFor();
  expect(await television.locator('.layout-mosaic.layout-shown:not(.leaves)').count()).toBe(1);
  await page.getByRole('radio', { name: 'Never the same photo' }).check();
  await page.locator('[name=groupName]').fill('Stage');
  await page.getByRole('button', { name: 'Save' }).click();
  await television.locator('.layout-split.layout-shown:not(.leaves)').waitFor();
  await card.getByText('Photo beside QR code').waitFor();
  await card.getByText('Stage', { exact: true }).waitFor();

  await card.getByRole('button', { name: 'Check', exact: true }).click();
  const found = page.getByRole('dialog').locator('[data-check]');
  await found.first().waitFor();
  expect(await found.count()).toBe(5);
  await page.getByRole('button', { name: 'Close' }).click();

  // What is on it is followed over the room's socket: the page asks for the list once a minute only.
  const before = await card.locator('img').getAttribute('src');
  const asked: string[] = [];
  page.on('request', (request) => /\/api\/v1\/screens\?/.test(request.url()) && asked.push(request.url()));
  await staff.tell(String(await card.getAttribute('data-screen')), 'skip');
  await soon(() => card.locator('img').getAttribute('src')).not.toBe(before);
  expect(asked).toEqual([]);

  await card.getByRole('button', { name: 'Pause' }).click();
  await card.getByText('Paused', { exact: true }).waitFor();
  await card.getByRole('button', { name: 'Resume' }).click();
  await card.getByText('Paused', { exact: true }).waitFor({ state: 'detached' });

  await say(page, 'More for Left of the stage', 'Remove');
  await page.locator('[name=confirm]').fill('left of the stage');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await card.waitFor({ state: 'detached' });
  await television.locator('.pair-code').waitFor();
});

it('the square of a television leads to its code, and a code that no screen shows is said to be none', async () => {
  const { id } = await event({ moderation: 'after' });
  const page = await consoleAt('/admin/screens?code=aaa%20aaa', { expects: /status of 404/ });
  const dialog = page.getByRole('dialog');
  expect(await page.locator('[name=code]').inputValue()).toBe('AAAAAA');
  await dialog.getByRole('button', { name: 'Pair a screen' }).click();
  await dialog.getByText('Please give it a name.').waitFor();
  await page.locator('[name=name]').fill('Bar');
  await page.locator('[name=event]').selectOption(id);
  await dialog.getByRole('button', { name: 'Pair a screen' }).click();
  await dialog.getByText('No screen shows this code.').waitFor();
  await page.locator('[name=code]').fill('abc');
  await dialog.getByRole('button', { name: 'Pair a screen' }).click();
  await dialog.getByText('The code has six characters.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await soon(() => new URL(page.url()).search).toBe('');
});

it('a link makes the tablet that opens it a screen, and no other', async () => {
  const { slug, id } = await event({ moderation: 'after' });
  await publish(acme, slug, 1);
  const page = await consoleAt('/admin/screens');
  await page.getByRole('button', { name: 'Pair a screen' }).click();
  await page.getByRole('tab', { name: 'With a link' }).click();
  await page.locator('[name=name]').fill('Counter');
  await page.locator('[name=event]').selectOption(id);
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click();
  const { pathname, hash } = new URL(await page.getByLabel('Link', { exact: true }).inputValue());
  await page.getByRole('button', { name: 'Done' }).click();
  await page.locator('[data-link]').getByText('Counter').waitFor();

  const tablet = await atAcme(pathname + hash, { context: await context(CALM_TV) });
  await tablet.locator('.layout [data-id] img').first().waitFor();
  expect(new URL(tablet.url()).hash).toBe('');
  await cardOf(page, 'Counter').getByText('Online', { exact: true }).waitFor();
  await page.locator('[data-link]').waitFor({ state: 'detached' });

  const second = await atAcme(pathname + hash, { context: await context(CALM_TV), expects: /status of 404/ });
  await second.locator('.pair-why').waitFor();
  await second.locator('.pair-code').waitFor();
  expect(new URL(second.url()).hash).toBe('');
});

it('where sockets are blocked the page says so and goes on asking', async () => {
  const { slug } = await event({ moderation: 'after' });
  await publish(acme, slug, 1);
  const television = await plugIn();
  const id = await staff.pair(television, slug, {}, 'Behind a wall');
  const cut = await context({ viewport: DESK });
  await cut.addInitScript(() => {
    Object.defineProperty(window, 'WebSocket', {
      value: class {
        constructor() {
          throw new Error('blocked');
        }
      },
    });
  });
  const page = await consoleAt('/admin/screens', { context: cut });
  await page.getByText('The live connection does not come through here').waitFor();
  await staff.ask('PATCH', `/screens/${id}`, { name: 'Behind a curtain' });
  await cardOf(page, 'Behind a curtain').waitFor();
});

it('a viewer sees the screens, and why they cannot be steered', async () => {
  const { slug } = await event({ moderation: 'after' });
  const shown = await showCode(acme, 'viewers-television');
  await staff.ask('POST', '/screens', { code: shown.json.code, name: 'Cloakroom', event: slug, layout: {} });
  const page = await consoleAt('/admin/screens?code=ABC234', {}, 'viewer@acme.com');
  const card = cardOf(page, 'Cloakroom');
  await card.getByText('Offline', { exact: true }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  for (const button of ['Change', 'Identify', 'Pause'])
    expect(await card.getByRole('button', { name: button }).getAttribute('aria-disabled')).toBe('true');
  // What is disabled is not taken away: a click on it says why.
  await card.getByRole('button', { name: 'Change' }).click({ force: true });
  await page.getByText('Your role may look at screens but not steer them.').last().waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('the emergency slide is on every screen of the event once it is confirmed, and photos are once it is released', async () => {
  const { slug } = await event({ moderation: 'after' });
  await publish(acme, slug, 1);
  const television = await plugIn();
  await staff.pair(television, slug);
  const page = await consoleAt(`/admin/events/${slug}`);
  await page.getByRole('button', { name: 'Show the emergency slide' }).click();
  await page.locator('[name=panic]').fill('We go on in a moment');
  await page.getByRole('dialog').getByRole('button', { name: 'Show the emergency slide' }).click();
  await television.locator('.break').getByText('We go on in a moment').waitFor();
  await page.getByText('Confirmed by 1 of 1 screens.').waitFor();
  // It stands before everything else, and is the only way out.
  expect(await page.locator('main > :first-child').getByRole('heading').textContent()).toBe(
    'The emergency slide is shown',
  );
  expect(await page.locator('[data-hold=release]').getAttribute('aria-disabled')).toBe('true');
  const desk = await atAcme(`/admin/events/${slug}/photos`, { context: page.context(), viewport: DESK });
  await desk.locator('.panic-line').getByText('The emergency slide is on every wall').waitFor();
  expect(await desk.locator('[data-release]').count()).toBe(0);
  await desk.locator('.panic-line a').click();
  await desk.getByText('Confirmed by 1 of 1 screens.').waitFor();
  await page.getByRole('button', { name: 'Show photos again' }).click();
  await television.locator('.layout [data-id] img').first().waitFor();
  await page.getByRole('button', { name: 'Show the emergency slide' }).waitFor();
  // The other page hears of it by itself.
  await desk.getByRole('button', { name: 'Show the emergency slide' }).waitFor();
});

it.each(['de', 'ar'] as const)('nothing stands in anybody’s way, in %s', async (locale) => {
  const { slug } = await event({ moderation: 'after' });
  await publish(acme, slug, 1);
  const television = await plugIn();
  await staff.pair(television, slug, {}, `Großer Saal ${locale}`);
  const found: string[] = [];
  for (const [viewport, colorScheme] of [
    [PHONE, 'dark'],
    [DESK, 'light'],
  ] as const) {
    const page = await consoleAt('/admin/screens', { locale, viewport, colorScheme, reducedMotion: 'reduce' });
    const card = cardOf(page, `Großer Saal ${locale}`);
    await card.waitFor();
    found.push(...(await judged(page, locale)));
    await card.locator('.row-wrap > button').first().click();
    await page.frameLocator('.preview iframe').locator('.layout-shown:not(.leaves)').waitFor();
    found.push(...(await judged(page, locale)));
    await page.close();
    const pairing = await consoleAt('/admin/screens?code=ABC234', {
      locale,
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
    });
    await pairing.locator('[name=code]').waitFor();
    found.push(...(await judged(pairing, locale)));
  }
  expect(found).toEqual([]);
});
