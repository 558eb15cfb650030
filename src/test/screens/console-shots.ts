import type { Page } from 'playwright-core';
import { signIn, type Shot } from './shot.ts';

const PARTY = 'acme.localhost/admin/events/launch-party';
const DINNER = 'acme.localhost/admin/events/board-dinner';

/** Signs in, waits for what the page is about, and does what is to be seen. */
const as =
  (email: string, ready: string, then?: (page: Page) => Promise<unknown>) =>
  async (page: Page): Promise<void> => {
    await signIn(email)(page);
    await page.locator(ready).first().waitFor();
    await then?.(page);
  };
const admin = (ready: string, then?: (page: Page) => Promise<unknown>) => as('admin@acme.com', ready, then);
const viewer = (ready: string) => as('viewer@acme.com', ready);
const settled = 'main:not([aria-busy=true]) h1';

const wrongPassword = async (page: Page) => {
  await signIn('nobody@acme.com', 'wrong')(page);
  await page.locator('#sign-in-error').waitFor();
};
const selectThree = async (page: Page) => {
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
};

/** What the team sees. */
export const consoleShots: Shot[] = [
  { name: 'sign-in', at: 'acme.localhost/admin' },
  { name: 'sign-in-wrong', at: 'acme.localhost/admin', arrange: wrongPassword },
  { name: 'help-used', at: 'acme.localhost/admin/help#nothing' },
  { name: 'events', at: 'acme.localhost/admin', arrange: admin('.event-row-link') },
  { name: 'events-none', at: 'acme.localhost/admin?q=nothing', arrange: admin(settled) },
  { name: 'events-deleted', at: 'acme.localhost/admin/events/deleted', arrange: admin(settled) },
  { name: 'event-new', at: 'acme.localhost/admin/events/new', arrange: admin(settled) },
  { name: 'event-home', at: PARTY, arrange: admin(settled) },
  { name: 'event-home-viewer', at: PARTY, arrange: viewer(settled) },
  { name: 'event-settings', at: `${DINNER}/settings`, arrange: admin(settled) },
  { name: 'event-not-found', at: 'acme.localhost/admin/events/nothing', arrange: admin('.empty') },
  { name: 'moderation', at: `${PARTY}/photos`, arrange: admin('[data-live=live]') },
  {
    name: 'moderation-selected',
    at: `${PARTY}/photos?tab=approved`,
    arrange: admin('[data-live=live]', selectThree),
    sizes: ['desk'],
  },
  { name: 'moderation-empty', at: `${PARTY}/photos?tab=rejected`, arrange: admin('[data-live=live]') },
  { name: 'moderation-viewer', at: `${PARTY}/photos`, arrange: viewer('#why-not') },
  { name: 'stage', at: `${PARTY}/stage`, arrange: admin('.onwall-photo img') },
  {
    name: 'stage-announcing',
    at: `${PARTY}/stage`,
    arrange: admin('.onwall-photo img', (page) => page.locator('[name=announcement]').fill('The cake is cut at ten')),
  },
  { name: 'stage-empty', at: `${DINNER}/stage`, arrange: admin('.onwall-none') },
  { name: 'rehearsal', at: `${DINNER}/rehearsal`, arrange: admin(settled) },
  { name: 'albums', at: `${PARTY}/albums`, arrange: admin('.desk-item, .empty') },
  { name: 'reports', at: `${PARTY}/reports`, arrange: admin('.desk-item, .empty') },
  { name: 'guests', at: `${PARTY}/guests`, arrange: admin('.desk-item, .empty') },
  { name: 'helpers', at: `${PARTY}/helpers`, arrange: admin(settled) },
  { name: 'share', at: `${DINNER}/share`, arrange: admin('.print-frame .paper-card') },
  {
    name: 'share-show',
    at: `${DINNER}/share`,
    arrange: admin('.share-qr', (page) => page.locator('.share-qr').click()),
  },
  { name: 'screens', at: 'acme.localhost/admin/screens', arrange: admin(settled) },
  { name: 'screens-pair', at: 'acme.localhost/admin/screens?code=ABC234', arrange: admin('[name=code]') },
  {
    name: 'screens-change',
    at: 'acme.localhost/admin/screens',
    arrange: admin('[data-screen]', (page) => page.locator('[data-screen] .row-wrap > button').first().click()),
  },
  { name: 'sites', at: 'acme.localhost/admin/sites', arrange: admin('[data-site]') },
  {
    name: 'site',
    at: 'acme.localhost/admin/sites',
    arrange: admin('[data-site]', (page) => page.locator('[data-site] a').first().click()),
  },
  { name: 'team', at: 'acme.localhost/admin/team', arrange: admin(settled) },
  { name: 'team-viewer', at: 'acme.localhost/admin/team', arrange: viewer(settled) },
  { name: 'account', at: 'acme.localhost/admin/account', arrange: admin(settled) },
  { name: 'consent', at: 'acme.localhost/admin/account/consent', arrange: admin('main textarea') },
  { name: 'look', at: 'acme.localhost/admin/look', arrange: admin(settled) },
  { name: 'profile', at: 'acme.localhost/admin/profile', arrange: admin(settled) },
  { name: 'palette', at: PARTY, arrange: admin(settled, (page) => page.keyboard.press('Control+k')) },
  { name: 'keys', at: `${PARTY}/photos`, arrange: admin('[data-live=live]', (page) => page.keyboard.press('?')) },
  { name: 'design', at: 'acme.localhost/design' },
];
