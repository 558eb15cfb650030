import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../../contract/messages/index.ts';
import { barriers } from '../../support/barriers.ts';
import { flaws, judged } from '../../support/page-flaws.ts';
import { freshPhoto, signIn } from '../../support/people.ts';
import { makeTeam, PASSWORD } from '../../support/team.ts';
import { askBadReceipt, tryWrongPin } from '../../support/doors.ts';
import { DESK, fileOf, joinAt, PHONE, setup } from '../setup.ts';

const { at, context, event, open, ownerUrl, port } = setup();

interface Place {
  host?: string;
  path: string;
  arrange?: (page: Page) => Promise<unknown>;
}

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenball 2026 (mit Gästen)';
const MIXED = 'حفل زفاف Lena & Jonas – 12:30';

/** Pages that need no script, then what scripts add: each state is reached from the one before where it can be. */
const places = (slug: string, closed: string): Record<string, Place> => ({
  'a tenant’s start page': { path: '/' },
  'the door of an event with a PIN': { path: `/e/${closed}` },
  'a wrong PIN': {
    path: `/e/${closed}`,
    arrange: tryWrongPin,
  },
  'an address without anything': { path: '/e/nothing' },
  'a tenant that is not active': { host: 'demo-company.localhost', path: '/' },
  'a gallery': { path: '/e/launch-party' },
  'the choice of languages': { path: '/e/launch-party', arrange: (page) => page.locator('.languages summary').click() },
  'a photo opened': { path: '/e/launch-party', arrange: (page) => page.locator('.tile a').nth(3).click() },
  'the sheet of own photos': { path: '/e/launch-party', arrange: (page) => page.locator('#bar-mine').click() },
  'an empty gallery with a mixed name': { path: `/e/${slug}` },
  'the sheet for joining': { path: `/e/${slug}`, arrange: (page) => page.locator('#bar-add').click() },
  'the page that checks receipts': { path: '/receipt' },
  'a receipt that is not genuine': {
    path: '/receipt',
    arrange: askBadReceipt,
  },
  'a closed gallery': { path: '/e/summer-2025' },
  'a wall': { path: '/e/launch-party/wall' },
  'an empty wall': { path: `/e/${slug}/wall` },
});

/** Refusals that these pages are about. */
const EXPECTED = /status of 40[034]/;

async function walk(page: Page, locale: Locale, name: string): Promise<string[]> {
  const { slug } = await event({ name });
  const door = await event({ name, visibility: 'pin', pin: '2468' });
  const found: string[] = [];
  for (const [place, { host = 'acme.localhost', path, arrange }] of Object.entries(places(slug, door.slug))) {
    await page.goto(`http://${host}:${port}${path}`);
    await arrange?.(page);
    found.push(...(await judged(page, locale)).map((flaw) => `${place}: ${flaw}`));
  }
  return found;
}

describe('guests’ pages are whole', () => {
  const cases: [Locale, 'phone' | 'desk'][] = [
    ...LOCALES.map((locale): [Locale, 'phone'] => [locale, 'phone']),
    ['de', 'desk'],
    ['ar', 'desk'],
  ];
  it.each(cases)('in %s on a %s', async (locale, size) => {
    const page = await open('acme.localhost', '/', {
      locale,
      viewport: size === 'phone' ? PHONE : DESK,
      colorScheme: size === 'phone' ? 'light' : 'dark',
      expects: EXPECTED,
    });
    expect(await walk(page, locale, locale === 'de' ? LONG : MIXED)).toEqual([]);
  });

  it.each<Locale>(['de', 'ar'])('in %s while photos are sent and refused', async (locale) => {
    const { slug } = await event({ name: MIXED });
    const page = await open('acme.localhost', `/e/${slug}`, { locale });
    await joinAt(page, 'Zoë');
    await page
      .locator('#choose')
      .setInputFiles([
        fileOf('party.jpg', await freshPhoto()),
        fileOf('Sitzplan für den großen Abend mit allen Gästen.pdf', Buffer.from('%PDF'), 'application/pdf'),
      ]);
    await page.locator('[data-status=pending]').waitFor();
    await page.locator('[data-upload=refused]').waitFor();
    expect(await judged(page, locale)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#bar-mine').click();
    await page.locator('#mine-grid [data-photo] button').first().click();
    await page.locator('.mine-steps').waitFor();
    expect(await judged(page, locale)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#mine-move').click();
    await page.locator('.mine-code svg').waitFor();
    expect(await judged(page, locale)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#mine-erase').click();
    await page.locator('[name=confirm]').fill('Zoë');
    await page.locator('.dialog button[type=submit]').click();
    await page.locator('#mine-erased').waitFor();
    expect(await judged(page, locale)).toEqual([]);
    const receipt = await page.locator('#mine-erased a').getAttribute('href');
    await page.goto(`http://acme.localhost:${port}${receipt}`);
    await page.locator('.receipt-facts').waitFor();
    expect(await judged(page, locale)).toEqual([]);
  });

  it.each<[Locale, string]>([
    ['de', 'Wir zeigen deine Fotos auf der Leinwand des Abends und löschen sie neunzig Tage später.'],
    ['ar', 'نعرض صورك على شاشة الحفل ونحذفها بعد 90 يومًا.'],
  ])('in %s before anything is sent, where there are words to agree to', async (locale, text) => {
    const { slug: tenant, members } = await makeTeam(ownerUrl, ['admin']);
    const { headers } = await signIn(at(tenant), members[0]!.email, PASSWORD);
    const body = { texts: { [locale]: text } };
    expect((await at(tenant)('/api/v1/tenant/consent', { method: 'POST', headers, body })).status).toBe(201);
    const { slug } = await event({ name: MIXED }, tenant);
    const page = await open(`${tenant}.localhost`, `/e/${slug}`, { locale });
    await joinAt(page, 'Zoë');
    await page.locator('#consent').getByText(text).waitFor();
    expect(await judged(page, locale)).toEqual([]);
  });

  it.each<Locale>(['de', 'ar'])('in %s without scripts, up to the answer to a form', async (locale) => {
    const { slug } = await event({ name: MIXED });
    const plain = await context({ locale, javaScriptEnabled: false });
    const page = await open('acme.localhost', `/e/${slug}`, { context: plain });
    expect(await flaws(page, locale)).toEqual([]);
    await page
      .locator('#plain-photos')
      .setInputFiles([
        fileOf('حفلة 12 (1).jpg', await freshPhoto()),
        fileOf('Sitzplan-für-den-großen-Abend-mit-allen-Gästen.pdf', Buffer.from('%PDF'), 'application/pdf'),
      ]);
    await page.locator('#add button[type=submit]').click();
    await page.locator('.results li').nth(1).waitFor();
    expect(await flaws(page, locale)).toEqual([]);
    // What judges barriers is a script itself: it looks at the same page where scripts run.
    const same = await open('acme.localhost', '/', { locale });
    await same.setContent(await page.content());
    expect(await barriers(same)).toEqual([]);
  });
});

describe('written from right to left', () => {
  const middle = async (page: Page, selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    return box ? box.x + box.width / 2 : Number.NaN;
  };

  it.each<[Locale, (one: number, other: number) => boolean]>([
    ['en', (one, other) => one < other],
    ['ar', (one, other) => one > other],
  ])('or not, %s has its first things where reading begins', async (locale, isBefore) => {
    const { slug } = await event({ name: MIXED });
    const page = await open('acme.localhost', '/e/launch-party', { locale });
    await page.locator('#bar-mine').waitFor();
    const order = async (first: string, second: string) => {
      const [one, other] = [await middle(page, first), await middle(page, second)];
      expect([first, second, isBefore(one, other)]).toEqual([first, second, true]);
    };
    await order('#bar-photos', '#bar-add');
    await order('#bar-add', '#bar-mine');
    await order('.brand', '.languages');
    await order('.tile:nth-child(1)', '.tile:nth-child(2)');
    // A name of another script begins at the same edge as all the rest.
    await page.goto(`http://acme.localhost:${port}/e/${slug}`);
    const edges = await page.evaluate(() => {
      const range = document.createRange();
      return ['.brand', '.event-head h1'].map((selector) => {
        range.selectNodeContents(document.querySelector(selector) as Element);
        const { left, right } = range.getBoundingClientRect();
        return Math.round(document.documentElement.dir === 'rtl' ? right : left);
      });
    });
    expect(edges[1]).toBe(edges[0]);

    await page.goto(`http://acme.localhost:${port}/e/launch-party`);
    await page.locator('.tile a').nth(2).click();
    await order('.lightbox-previous', '.lightbox-next');
    await order('.lightbox-report', '.lightbox-close');
    const shown = () => page.locator('.lightbox-photo').evaluate((photo: HTMLImageElement) => photo.src);
    const second = await page
      .locator('.tile a')
      .nth(1)
      .evaluate((link: HTMLAnchorElement) => link.href);
    await page.keyboard.press(locale === 'ar' ? 'ArrowRight' : 'ArrowLeft');
    expect(await shown()).toBe(second);

    await page.goto(`http://acme.localhost:${port}/e/launch-party/wall`);
    await order('.words', '.code');
  });

  it('a bar fills from the right', async () => {
    const { slug } = await event();
    const page = await open('acme.localhost', `/e/${slug}`, { locale: 'ar', expects: /ERR_FAILED/ });
    const origin = await page.evaluate(() => {
      const bar = document.createElement('div');
      bar.innerHTML = '<div class="progress-bar"></div>';
      bar.className = 'progress';
      (document.querySelector('main') as HTMLElement).append(bar);
      const inner = bar.firstElementChild as HTMLElement;
      inner.style.transition = 'none';
      inner.style.transform = 'scaleX(0.25)';
      const [outer, filled] = [bar.getBoundingClientRect(), inner.getBoundingClientRect()];
      return { right: filled.right - outer.right, width: Math.round((filled.width / outer.width) * 100) };
    });
    expect(origin).toEqual({ right: 0, width: 25 });
  });

  it('letters that join are never pulled apart', async () => {
    const page = await open('acme.localhost', '/e/launch-party', { locale: 'ar' });
    const spaced: string[] = [];
    for (const path of ['/', '/e/launch-party', '/e/board-dinner', '/e/launch-party/wall', '/admin']) {
      await page.goto(`http://acme.localhost:${port}${path}`);
      spaced.push(
        ...(await page.evaluate(() =>
          [...document.body.querySelectorAll('*')]
            .filter((element) => !/^(normal|0px)$/.test(getComputedStyle(element).letterSpacing))
            .map((element) => element.outerHTML.slice(0, 80)),
        )),
      );
    }
    expect(spaced).toEqual([]);
  });
});

describe('the checks themselves', () => {
  it('notice what is planted', async () => {
    const page = await open('acme.localhost', '/e/board-dinner', { locale: 'de' });
    expect(await judged(page, 'de')).toEqual([]);
    expect((await judged(page, 'ar')).join()).toMatch(/language: de ltr/);
    await page.evaluate(() => {
      const main = document.querySelector('main') as HTMLElement;
      const plant = (tag: string, text: string, style: Partial<CSSStyleDeclaration>, label?: string) => {
        const element = document.createElement(tag);
        element.textContent = text;
        Object.assign(element.style, style);
        if (label) element.setAttribute('aria-label', label);
        main.append(element);
      };
      plant('div', '', { width: '900px', height: '1px' });
      plant('p', 'Abgeschnitten am Ende', { width: '40px', overflow: 'hidden', whiteSpace: 'nowrap' });
      plant('p', 'Bis {time} geöffnet', {});
      plant('p', 'uploadsClosed', {});
      plant('button', '', { width: '40px', height: '40px' });
      plant('p', 'kaum zu lesen', { color: '#eee', background: '#fff' });
    });
    const found = (await judged(page, 'de')).join('\n');
    for (const flaw of [
      /^overflow: 9\d\d of 390/m,
      /^cut: p\. “Abgeschnitten/m,
      /^place: Bis \{time\}/m,
      /^key: uploadsClosed/m,
      /^button-name/m,
      /^color-contrast/m,
    ])
      expect(found).toMatch(flaw);
  });
});
