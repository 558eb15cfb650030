import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers } from '../../support/barriers.ts';
import { DESK, PHONE, setup, type OpenOptions } from '../setup.ts';

const { atAcme, context } = setup();

const PARTY = '/admin/events/launch-party';
const MOST_TABS = 60;

async function enter(path: string, options: OpenOptions = {}, as = 'admin@acme.com'): Promise<Page> {
  const page = await atAcme(path, { viewport: DESK, as, ...options });
  await page.locator('.shell').waitFor();
  return page;
}
const at = (page: Page) => new URL(page.url()).pathname;
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
/** Until the page of an address stands and has been announced. */
const arrived = async (page: Page, path: string) => {
  await expect.poll(() => at(page)).toBe(path);
  await page.waitForFunction(
    () => document.activeElement?.closest('#main') && !document.querySelector('[aria-busy=true]'),
  );
};

/** From the page back to the rail, which stands before it, until the link of an address has the focus. */
async function tabTo(page: Page, href: string): Promise<void> {
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await page.keyboard.press('Shift+Tab');
    if (await page.evaluate((to) => document.activeElement?.getAttribute('href') === to, href)) return;
  }
  throw new Error(`no Tab leads to ${href}`);
}

describe('the console’s frame', () => {
  it('lets every page be reached by keys alone, from signing in on, and puts the reader at its heading', async () => {
    const page = await atAcme(PARTY + '/photos', { viewport: DESK });
    await page.locator('#email').waitFor();
    await page.keyboard.type('admin@acme.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type('password123');
    await page.keyboard.press('Enter');
    await page.locator('[data-live=live]').waitFor();
    const links = await page
      .locator('.rail nav a.nav-item')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(links).toEqual(expect.arrayContaining(['/admin', PARTY + '/photos']));
    const visited = [];
    // Those of the event first: outside it they are not in the rail.
    const isInEvent = (href: string | null) => href?.startsWith(PARTY) === true;
    for (const href of [...links.filter(isInEvent), ...links.filter((one) => !isInEvent(one))] as string[]) {
      await tabTo(page, href);
      await page.keyboard.press('Enter');
      await arrived(page, href);
      expect(await page.locator(`.rail a.nav-item[href="${href}"]`).getAttribute('aria-current')).toBe('page');
      expect(await page.locator('main h1').count()).toBe(1);
      visited.push(href);
    }
    expect(visited.length).toBe(links.length);
    expect(await page.locator('#announcement').textContent()).toBe(await page.title());
  });

  it('skips to the content first', async () => {
    const page = await enter('/admin');
    await page.locator('.event-row-link').first().waitFor();
    await page.reload();
    await page.locator('.event-row-link').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(new URL(page.url()).hash).toBe('');
  });

  it('goes back and forward to where one was, scrolled as it was', async () => {
    const page = await enter('/admin', { viewport: { width: 1000, height: 240 } });
    const card = page.locator('.event-row-link', { hasText: 'Launch Party' });
    await card.waitFor();
    await page.evaluate(() => window.scrollTo(0, 90));
    await page.evaluate(() => document.querySelector<HTMLElement>('.event-row-link')!.click());
    await page.waitForFunction(() => location.pathname !== '/admin');
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await card.waitFor();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(90);
    expect(at(page)).toBe('/admin');
    await page.goForward();
    await page.waitForFunction(() => location.pathname !== '/admin');
    await page.reload();
    await page.goBack();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(90);
  });

  it('leaves whoever types at once in the field they have chosen, while the sign-in is still being drawn', async () => {
    const hasty = await context();
    await hasty.addInitScript(() => {
      new MutationObserver((_, observer) => {
        const password = document.getElementById('password');
        if (!password) return;
        observer.disconnect();
        password.focus();
      }).observe(document, { subtree: true, childList: true });
    });
    const page = await atAcme('/admin', { context: hasty });
    await page.locator('#password').waitFor();
    // Whatever the page wanted to do after its first frame has been done by now.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150))));
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('password');
  });

  it('leads through the sign-in to the address that was asked for, with its query', async () => {
    const page = await enter(`${PARTY}/share?from=mail&lang=de`);
    await page.locator('main h1').waitFor();
    expect(at(page) + new URL(page.url()).search).toBe(`${PARTY}/share?from=mail`);
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });

  it('says that a page does not exist, and where to go', async () => {
    const page = await enter('/admin/nothing/here', { expects: /404/ });
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.locator('main').getByRole('link', { name: 'All events' }).click();
    await page.locator('.event-row-link').first().waitFor();
    await page.goto(page.url().replace('/admin', '/admin/events/no-such-event/photos'));
    await page.getByRole('heading', { name: 'This event does not exist' }).waitFor();
  });

  it('offers to try again when the file of a page does not arrive', async () => {
    const page = await enter('/admin', { expects: /ERR_FAILED|Failed to load|preload/ });
    await page.locator('.event-row-link').first().waitFor();
    const file = /assets\/desk-page.*\.js/;
    await page.route(file, (route) => route.abort());
    await page.keyboard.press('Control+k');
    await page.keyboard.type('launch');
    await page.locator('.palette-item', { hasText: 'Launch Party' }).waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate((path) => history.pushState(null, '', path), PARTY + '/photos');
    await page.reload();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.unroute(file);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('[data-live=live]').waitFor();
  });

  it('asks before what is not saved is lost, by a link and by going back', async () => {
    const page = await enter('/admin');
    await page.locator('.event-row-link').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('launch');
    await page.getByRole('option').first().filter({ hasText: 'Launch Party' }).click();
    await page.locator('.rail a[href$="/settings"]').click();
    const name = page.locator('main input[name=name]');
    await name.fill('Launch Party 2');
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await page.locator('.rail a[href$="/guests"]').click();
    await question.waitFor();
    expect(await barriers(page)).toEqual([]);
    await question.getByRole('button', { name: 'Stay here' }).click();
    await question.waitFor({ state: 'detached' });
    expect([at(page), await name.inputValue()]).toEqual([`${PARTY}/settings`, 'Launch Party 2']);

    await page.evaluate(() => history.back());
    await question.waitFor();
    expect(at(page)).toBe(`${PARTY}/settings`);
    await question.getByRole('button', { name: 'Leave without saving' }).click();
    await expect.poll(() => at(page)).toBe(PARTY);
    await name.waitFor({ state: 'detached' });
    // What is saved, or was never changed, is left without a word.
    await page.goForward();
    await name.waitFor();
    expect(await name.inputValue()).toBe('Launch Party');
    await page.goBack();
    await expect.poll(() => at(page)).toBe(PARTY);
    expect(await question.count()).toBe(0);
  });

  it('keeps the language that was chosen, and mirrors Arabic', async () => {
    const page = await enter('/admin');
    await page.locator('.rail .nav-language select').selectOption('ar');
    await page.locator('html[dir=rtl] .rail').waitFor();
    const rail = await page.locator('.rail').boundingBox();
    expect(rail && rail.x + rail.width).toBe(DESK.width);
    expect(page.url()).not.toContain('lang');
    await page.reload();
    await page.locator('html[dir=rtl] .rail').waitFor();
  });

  it('overflows nowhere with the longest words', async () => {
    for (const width of [390, 600, 899, 900, 1100, 1440]) {
      const page = await enter(PARTY + '/photos', { locale: 'de', viewport: { width, height: 800 } });
      await page.locator('[data-live=live]').waitFor();
      expect([width, await overflow(page)]).toEqual([width, 0]);
      const cut = await page
        .locator('.nav-label')
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
            .map((one) => one.textContent),
        );
      expect([width, cut]).toEqual([width, []]);
      await page.context().close();
    }
  });
});

describe('the palette', () => {
  it('finds pages and events by a few letters, and goes there by keys', async () => {
    const page = await enter('/admin');
    await page.locator('.event-row-link').first().waitFor();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Find pages, events, commands' });
    await field.waitFor();
    await page.keyboard.type('board');
    const first = page.getByRole('option').first();
    await first.filter({ hasText: 'Board Dinner' }).waitFor();
    expect(await field.getAttribute('aria-activedescendant')).toBe(await first.getAttribute('id'));
    expect(await first.getAttribute('aria-selected')).toBe('true');
    await field.fill('');
    await page.keyboard.press('ArrowUp');
    expect(await page.getByRole('option').last().getAttribute('aria-selected')).toBe('true');
    await field.fill('zzz');
    await page.getByText('Nothing found for “zzz”').waitFor();
    await field.fill('lanch');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.pathname.startsWith('/admin/events/launch-party'));
    await page.locator('.palette').waitFor({ state: 'detached' });

    // What was used last is offered first.
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().filter({ hasText: 'Launch Party' }).waitFor();
  });

  it('gives the focus back when it is closed, and stays out of dialogs', async () => {
    const page = await enter('/admin');
    await page.locator('.rail-search').focus();
    await page.keyboard.press('Enter');
    await page.locator('.palette').waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('.palette').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('rail-search');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Control+k');
    expect(await page.locator('.palette').count()).toBe(0);
  });

  it('keeps the focus when the page behind it arrives late', async () => {
    const page = await enter('/admin');
    await page.locator('.event-row-link').first().waitFor();
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/v1/team**', async (route) => {
      await held;
      await route.continue();
    });
    await page.route(/team-page.*\.js/, async (route) => {
      await held;
      await route.continue();
    });
    await page.keyboard.type('gt');
    await page.keyboard.press('Control+k');
    await page.locator('.palette input').waitFor();
    release();
    await page.waitForFunction(() => document.querySelector('main h1')?.textContent?.includes('Team'));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150))));
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox');
  });

  it('works by touch', async () => {
    const browsing = await context({ viewport: PHONE, hasTouch: true, isMobile: true });
    const page = await enter('/admin', { context: browsing });
    await page.locator('.phone-search').tap();
    await page.locator('.palette input').fill('launch');
    await page.locator('.palette-item', { hasText: 'Launch Party' }).tap();
    await page.waitForFunction(() => location.pathname.startsWith('/admin/events/launch-party'));
  });
});

describe('keys', () => {
  it('jump between pages with g and a letter, but never while somebody types or in a dialog', async () => {
    const page = await enter(PARTY + '/photos');
    await page.locator('[data-live=live]').waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('.palette input').waitFor();
    await page.keyboard.type('ge');
    expect(await page.locator('.palette input').inputValue()).toBe('ge');
    expect(at(page)).toBe(PARTY + '/photos');
    await page.keyboard.press('Escape');
    await page.keyboard.type('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.type('ge');
    expect(at(page)).toBe(PARTY + '/photos');
    await page.keyboard.press('Escape');
    await page.keyboard.type('ge');
    await arrived(page, '/admin');
  });

  it('that write a sign can be switched off, and stay off on this device', async () => {
    const page = await enter(PARTY + '/photos');
    await page.locator('[data-live=live]').waitFor();
    await page.keyboard.type('?');
    await page.getByRole('switch', { name: 'Keys without Ctrl' }).click();
    await page.reload();
    await page.locator('[data-live=live]').waitFor();
    await page.keyboard.type('ge?');
    // The palette takes its key as before: nothing else has happened by then.
    await page.keyboard.press('Control+k');
    await page.locator('.palette input').waitFor();
    expect(at(page)).toBe(PARTY + '/photos');
    await page.locator('.palette input').fill('all keys');
    await page.keyboard.press('Enter');
    await page.getByRole('switch', { name: 'Keys without Ctrl' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.type('ge');
    await arrived(page, '/admin');
  });

  it('are all listed under ?', async () => {
    const page = await enter(PARTY + '/photos');
    await page.locator('[data-live=live]').waitFor();
    await page.keyboard.type('?');
    const list = page.getByRole('dialog', { name: 'Keyboard' });
    await list.waitFor();
    const rows = await list
      .locator('.key-row')
      .evaluateAll((all) =>
        all.map((row) => [
          row.querySelector('dt')?.textContent,
          Array.from(row.querySelectorAll('kbd'), (key) => key.textContent).join(' '),
        ]),
      );
    expect(rows).toEqual(
      expect.arrayContaining([
        ['Events', 'G E'],
        ['Photos', 'G P'],
        ['Search', 'Ctrl K'],
      ]),
    );
  });
});

describe('on a phone', () => {
  it('there is a bar under the thumb, and everything else one tap further', async () => {
    const browsing = await context({ viewport: PHONE, hasTouch: true, isMobile: true });
    const page = await enter(PARTY + '/share', { context: browsing });
    await page.locator('.phone-bar [data-count=pending]').waitFor();
    expect(await page.locator('.phone-title').textContent()).toBe('Launch Party');
    expect(await page.locator('.phone-bar [data-count=pending]').textContent()).toContain('6');
    const small = await page
      .locator('.phone-bar a, .phone-bar button, .phone-top a, .phone-top button')
      .evaluateAll((all) =>
        all
          .map((one) => ({ name: one.textContent, box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 44 || box.height < 44)
          .map(({ name }) => name),
      );
    expect(small).toEqual([]);
    await page.locator('[data-more]').tap();
    const sheet = page.getByRole('dialog', { name: 'More' });
    await sheet.getByRole('button', { name: 'Sign out' }).waitFor();
    await sheet.getByRole('link', { name: 'Events' }).tap();
    await arrived(page, '/admin');
    await sheet.waitFor({ state: 'detached' });
    expect(await page.locator('.phone-title').textContent()).toBe('Acme Corporation');
  });
});

describe('nothing stands in the way of anybody', () => {
  const states: Record<string, (page: Page) => Promise<unknown>> = {
    'in the frame': () => Promise.resolve(),
    'in the palette': async (page) => {
      await page.keyboard.press('Control+k');
      await page.locator('.palette-item').first().waitFor();
    },
    'in the palette without anything found': async (page) => {
      await page.keyboard.press('Control+k');
      await page.locator('.palette input').fill('zzzz');
    },
    'in the list of keys': (page) => page.keyboard.type('?'),
    'in the sheet of a phone': (page) => page.locator('[data-more]').click(),
    'where there is no page': (page) =>
      page.goto(page.url() + '/nothing').then(() => page.locator('main h1').waitFor()),
  };
  for (const [name, arrange] of Object.entries(states)) {
    it(name, async () => {
      for (const [colorScheme, viewport, locale] of [
        ['light', DESK, 'de'],
        ['dark', PHONE, 'ar'],
      ] as const) {
        if (name.includes('phone') && viewport === DESK) continue;
        const page = await enter('/admin', { colorScheme, viewport, locale });
        await page.locator('.event-row-link').first().waitFor();
        await arrange(page);
        expect([colorScheme, ...(await barriers(page))]).toEqual([colorScheme]);
        await page.context().close();
      }
    });
  }
});
