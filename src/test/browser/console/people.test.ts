import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { makeTeam, PASSWORD } from '../../support/team.ts';
import { DESK, PHONE, setup, signInAt } from '../setup.ts';

const { open, ownerUrl } = setup();

async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

async function account() {
  const { slug, members } = await makeTeam(ownerUrl, ['owner', 'member', 'viewer']);
  const [owner, member, viewer] = members as [(typeof members)[0], (typeof members)[0], (typeof members)[0]];
  return { host: `${slug}.localhost`, owner, member, viewer };
}

it('a role is changed by keyboard alone and given back', async () => {
  const { host, owner, member } = await account();
  const page = await open(host, '/admin/team', { viewport: DESK });
  await signInAt(page, owner.email, PASSWORD);
  const menu = page.getByRole('button', { name: `Change ${member.name}` });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.locator('[role=menuitem]:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const row = page.getByRole('row').filter({ has: page.locator(`[data-member="${member.email}"]`) });
  await row.getByRole('cell', { name: 'Admin', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.getByRole('cell', { name: 'Member', exact: true }).waitFor();
});

it('somebody is removed by naming them', async () => {
  const { host, owner, member } = await account();
  const page = await open(host, '/admin/team', { viewport: DESK });
  await signInAt(page, owner.email, PASSWORD);
  await page.getByRole('button', { name: `Change ${member.name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove from the team' }).click();
  await page.locator('[name=confirm]').fill(member.name);
  await page.keyboard.press('Enter');
  await page.locator(`[data-member="${member.email}"]`).waitFor({ state: 'detached' });
});

it('a viewer sees the team and the account, and why nothing can be changed', async () => {
  const { host, viewer, member } = await account();
  const page = await open(host, '/admin/team');
  await signInAt(page, viewer.email, PASSWORD);
  await page.locator('#why-not').waitFor();
  await page.getByRole('button', { name: `Change ${member.name}` }).click();
  await page.getByRole('menuitem').first().getByText('Only owners and admins can do this.').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(page.url().replace('/admin/team', '/admin/account'));
  await page.locator('.usage').waitFor();
  expect(await page.locator('[name=imprint]').getAttribute('readonly')).not.toBeNull();
});

it('a link is refused in words before it is sent, and kept when it is one', async () => {
  const { host, owner } = await account();
  const page = await open(host, '/admin/account', { viewport: DESK });
  await signInAt(page, owner.email, PASSWORD);
  await page.locator('[name=imprint]').fill('example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Please give a whole web address').waitFor();
  await page.locator('[name=imprint]').fill('https://example.com/imprint');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
});

it('a password is changed, and another device is signed out', async () => {
  const { host, viewer } = await account();
  const elsewhere = await open(host, '/admin/profile');
  await signInAt(elsewhere, viewer.email, PASSWORD);
  await elsewhere.locator('[data-current=true]').waitFor();
  const page = await open(host, '/admin/profile', { viewport: DESK, expects: /status of 403/ });
  await signInAt(page, viewer.email, PASSWORD);
  await page.locator('[data-current=false]').waitFor();
  await page.locator('[name=current]').fill('not this one');
  await page.locator('[name=next]').fill('another password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('The current password is wrong.').waitFor();
  await page.locator('[name=current]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.locator('[data-current=false]').waitFor({ state: 'detached' });
  await elsewhere.reload();
  await elsewhere.locator('#email').waitFor();
});

it.each(['team', 'account', 'profile'])('nothing stands in anybody’s way at %s, in any language', async (name) => {
  const { host, owner } = await account();
  for (const [locale, viewport, colorScheme] of [
    ['de', PHONE, 'dark'],
    ['ar', DESK, 'light'],
  ] as const) {
    const page = await open(host, `/admin/${name}`, { locale, viewport, colorScheme });
    await signInAt(page, owner.email, PASSWORD);
    await page.locator('.section').last().waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  }
});
