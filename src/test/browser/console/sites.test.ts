import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { judged } from '../../support/page-flaws.ts';
import { showCode } from '../../support/screens.ts';
import { DESK, PHONE, setup } from '../setup.ts';
import { steward } from '../wall/television.ts';

const { acme, atAcme, event } = setup();
const staff = await steward(acme);

async function consoleAt(
  path: string,
  options: Parameters<typeof atAcme>[1] = {},
  email = 'admin@acme.com',
): Promise<Page> {
  const page = await atAcme(path, { viewport: DESK, ...options, as: email });
  await page.locator('.sign-in').waitFor({ state: 'detached' });
  return page;
}
const dialog = (page: Page) => page.getByRole('dialog');

it('a site is made, looked after, filled with devices, and deleted; its screens go on without one', async () => {
  const { slug } = await event({ moderation: 'after' });
  const page = await consoleAt('/admin');
  await page.getByRole('link', { name: 'Sites' }).click();
  await page.getByRole('button', { name: 'New site' }).click();
  await page.locator('[name=name]').fill('Harbour hall');
  await page.locator('[name=latitude]').fill('91');
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await dialog(page).getByText('A number from −90 to 90').waitFor();
  await page.locator('[name=latitude]').fill('');
  await page.locator('[name=latitude]').fill('53.5461, 9.9661');
  expect(await page.locator('[name=longitude]').inputValue()).toBe('9.9661');
  await page.locator('[name=timeZone]').selectOption('Europe/Berlin');
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Harbour hall' }).waitFor();
  expect(await page.getByRole('link', { name: 'See on a map' }).getAttribute('href')).toContain('mlat=53.5461');
  const site = new URL(page.url()).pathname.split('/').pop();

  await page.locator('[name=assign]').selectOption({ label: 'Odile Okafor' });
  await page.getByRole('button', { name: 'Assign' }).click();
  await page.locator('[data-member]').getByText('Assigned by Anna Acme').waitFor();

  for (const [name, serial] of [
    ['Router', 'HH-1'],
    ['Second router', 'HH-2'],
  ] as const) {
    await page.getByRole('button', { name: 'Add a device' }).click();
    await page.locator('[name=name]').fill(name);
    await page.locator('[name=serialNumber]').fill(serial);
    await dialog(page).getByRole('button', { name: 'Add a device' }).click();
    await page.getByRole('rowheader', { name, exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'More for Second router' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.locator('[name=confirm]').fill('second router');
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('rowheader', { name: 'Second router' }).waitFor({ state: 'detached' });

  const shown = await showCode(acme, 'television-at-a-site');
  await staff.ask('POST', '/screens', { code: shown.json.code, name: 'Quay', event: slug, siteId: site, layout: {} });
  await page.reload();
  await page.getByText('Quay', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'To the screens' }).click();
  await page.getByRole('heading', { name: 'Quay' }).waitFor();
  expect(await page.locator('[data-screen]').count()).toBe(1);

  await page.goBack();
  await page.getByRole('button', { name: 'Delete' }).click();
  await dialog(page).getByText('Its screens go on showing photos').waitFor();
  await page.locator('[name=confirm]').fill('harbour hall');
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Sites' }).waitFor();
  expect(await page.getByText('Harbour hall', { exact: true }).count()).toBe(0);
});

it('a viewer sees sites, and why nothing can be changed there', async () => {
  const page = await consoleAt('/admin/sites', {}, 'viewer@acme.com');
  expect(await page.getByRole('button', { name: 'New site' }).getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('link', { name: 'Headquarters' }).click();
  for (const button of ['Change', 'Delete', 'Add a device'])
    expect(await page.getByRole('button', { name: button }).first().getAttribute('aria-disabled')).toBe('true');
});

it.each(['de', 'ar'] as const)('nothing stands in anybody’s way, in %s', async (locale) => {
  const found: string[] = [];
  for (const [viewport, colorScheme] of [
    [PHONE, 'dark'],
    [DESK, 'light'],
  ] as const) {
    const page = await consoleAt('/admin/sites', { locale, viewport, colorScheme });
    await page.locator('[data-site]').first().waitFor();
    found.push(...(await judged(page, locale)));
    await page.locator('[data-site] a').first().click();
    await page.locator('[data-member]').first().waitFor();
    found.push(...(await judged(page, locale)));
    await page.locator('.page-head button').first().click();
    await page.locator('[name=latitude]').waitFor();
    found.push(...(await judged(page, locale)));
    await page.close();
  }
  expect(found).toEqual([]);
});
