import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../contract/messages/index.ts';
import { barriers } from '../../support/barriers.ts';
import { join, signIn } from '../../support/people.ts';
import { decodeQr } from '../../support/qr.ts';
import { DESK, joinAt, PHONE, setup, signInAt, type OpenOptions } from '../setup.ts';

const { acme, atAcme, event } = setup();
const { headers } = await signIn(acme, 'operator@acme.com');

const MM = 96 / 25.4;
/** As long as the name of an event may be. */
const LONG = Array.from(
  `${'Donaudampfschifffahrtsgesellschaftskapitänsjubiläum '.repeat(3)}${'🎉'.repeat(9)} حفل زفاف ${'W'.repeat(60)}`,
)
  .slice(0, 200)
  .join('');

const tablesOf = async (slug: string) =>
  (await acme(`/api/v1/events/${slug}/tables`, { headers })).json.items as {
    code: string;
    label: string;
    guests: number;
  }[];
const putTables = (slug: string, labels: string[]) =>
  acme(`/api/v1/events/${slug}/tables`, {
    method: 'POST',
    headers,
    body: { tables: labels.map((label) => ({ label })) },
  });

/** The page, signed in, with a printer that notes what it was asked for and prints nothing. */
async function sharePage(slug: string, options: OpenOptions & { email?: string } = {}): Promise<Page> {
  const { email: as = 'operator@acme.com', ...rest } = options;
  const page = await atAcme(`/admin/events/${slug}/share`, { viewport: DESK, as, ...rest });
  await page.evaluate(() => {
    window.print = () => {
      document.documentElement.dataset['printed'] = String(
        Number(document.documentElement.dataset['printed'] ?? 0) + 1,
      );
    };
  });
  await page.locator('.print-frame .paper-card').first().waitFor();
  return page;
}
const choose = (page: Page, format: string) => page.locator(`input[value="${format}"]`).check();
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
async function print(page: Page): Promise<void> {
  await page.locator('.print-go button').click();
  await page.locator('html.prints-cards .print-root .paper-card').first().waitFor({ state: 'attached' });
}

describe('the code', () => {
  it('is read from the screen, from the whole screen, and from every file that is downloaded', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    await putTables(slug, ['7']);
    const page = await sharePage(slug);
    const link = `${acme.origin}/e/${slug}`;
    expect(await decodeQr(page, await page.locator('.share-qr').screenshot())).toBe(link);
    expect(await page.locator('.share-pin').textContent()).toContain('9753');

    await page.locator('select[name=table]').selectOption('7');
    const seated = `${link}?t=7`;
    await page.locator('.share-qr').click();
    const show = page.locator('.share-show');
    await show.waitFor();
    expect(await decodeQr(page, await show.screenshot())).toBe(seated);
    expect(await show.textContent()).toContain('9753');
    await page.keyboard.press('Escape');
    await show.waitFor({ state: 'detached' });

    for (const name of ['SVG', 'PNG 1024 px', 'PNG 2048 px']) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      const bytes = await readFile(await file.path());
      if (name === 'SVG') {
        expect(file.suggestedFilename()).toBe(`${slug}-7.svg`);
        const drawn = await page.context().newPage();
        await drawn.setContent(bytes.toString('utf8'));
        expect(await decodeQr(drawn, await drawn.locator('svg').screenshot())).toBe(seated);
      } else {
        expect(bytes.readUInt32BE(16)).toBe(Number(name.split(' ')[1]));
        expect(await decodeQr(page, bytes)).toBe(seated);
      }
    }
  });

  it('brings a guest to the table whose card they scan, in any language', async () => {
    const { slug } = await event();
    await putTables(slug, ['7', '8']);
    const page = await sharePage(slug);
    await page.locator('select[name=table]').selectOption('7');
    const link = await decodeQr(page, await page.locator('.share-qr').screenshot());
    const guest = await atAcme(new URL(link ?? '').pathname + new URL(link ?? '').search, { locale: 'ar' });
    await joinAt(guest, 'ليلى');
    await expect
      .poll(() => tablesOf(slug))
      .toMatchObject([
        { code: '7', guests: 1 },
        { code: '8', guests: 0 },
      ]);
    // The card of another table, scanned by the same phone before it has sent anything.
    await guest.goto(`${acme.origin}/e/${slug}?t=8&lang=de`);
    await guest.locator('#bar-add').click();
    await guest.locator('#choose').waitFor({ state: 'attached' });
    await expect.poll(() => tablesOf(slug)).toMatchObject([{ guests: 0 }, { code: '8', guests: 1 }]);
  });
});

describe('tables', () => {
  it('are numbered, added, renamed and taken away again, with a way back', async () => {
    const { slug } = await event();
    const page = await sharePage(slug);
    await page.getByRole('button', { name: 'Number tables' }).click();
    await page.locator('[role=dialog] input[name=count]').fill('3');
    await page.getByRole('button', { name: 'Add 3 tables' }).click();
    await expect.poll(() => tablesOf(slug)).toMatchObject([{ code: 'table-1' }, {}, { label: 'Table 3' }]);
    await join(acme, slug, { tableCode: 'table-3' });

    await page.locator('#share-add').fill('=Friends');
    await page.locator('#share-add').press('Enter');
    await expect.poll(() => tablesOf(slug)).toMatchObject([{}, {}, {}, { label: '=Friends', code: 'friends' }]);
    await page.getByLabel('Name of Table 3').fill('Bride’s parents');
    await page.getByLabel('Name of Table 3').press('Enter');
    await expect
      .poll(() => tablesOf(slug))
      .toContainEqual({ code: 'table-3', label: 'Bride’s parents', guests: 1, photos: 0 });

    await page.getByRole('button', { name: 'Delete Table 2' }).click();
    await expect.poll(async () => (await tablesOf(slug)).length).toBe(3);
    await page.locator('.toast button').click();
    await expect
      .poll(async () => (await tablesOf(slug)).map(({ code }) => code))
      .toEqual(['table-1', 'table-2', 'table-3', 'friends']);
  });

  it('come from a list with formulas as the text they are, and leave it disarmed', async () => {
    const { slug } = await event();
    await putTables(slug, ['Family']);
    const page = await sharePage(slug);
    await page.getByRole('button', { name: 'Paste or import' }).click();
    await page.locator('[role=dialog] input[type=file]').setInputFiles({
      name: 'tische.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('\uFEFFNr;Tisch\r\n1;"=HYPERLINK(""http://evil.example"";""x"")"\r\n2;FAMILY\r\n3;طاولة\r\n'),
    });
    await page.getByText('2 new tables').waitFor();
    await page.getByText('looks like a formula').waitFor();
    await page.getByText('was there twice').waitFor();
    await page.getByRole('button', { name: 'Add 2 tables' }).click();
    const formula = '=HYPERLINK("http://evil.example";"x")';
    await expect
      .poll(async () => (await tablesOf(slug)).map(({ label }) => label))
      .toEqual(['Family', formula, 'طاولة']);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"";""x"")"`);
    expect(text).toContain(`/e/${slug}?t=family"`);
  });

  it('are there to look at for a viewer, who is told nothing of the PIN', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    await putTables(slug, ['7']);
    const page = await sharePage(slug, { email: 'viewer@acme.com' });
    expect(await page.locator('.share-list input, #share-add').count()).toBe(0);
    expect(await page.locator('main').textContent()).not.toContain('9753');
    await print(page);
    expect(await page.locator('.print-root').textContent()).not.toContain('9753');
  });
});

const FORMATS = [
  ['a6-tent', 2, 595, 842, 4],
  ['a5-tent', 3, 595, 842, 2],
  ['a4-tent', 6, 842, 595, 1],
  ['a4-poster', 3, 595, 842, 1],
  ['a3-poster', 3, 842, 1191, 1],
] as const;

describe('what is printed', () => {
  it.each(FORMATS)(
    'as %s is %i pages of %i × %i points, whose codes are read',
    async (format, pages, width, height) => {
      const { slug } = await event({ starts_at: '2026-06-20T22:30:00Z', time_zone: 'Pacific/Auckland' });
      await putTables(slug, ['1', '2', 'Brautpaar']);
      const page = await sharePage(slug);
      await choose(page, format);
      await print(page);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('main').isVisible()).toBe(false);
      const codes = page.locator('.print-root [data-qr]');
      const count = await codes.count();
      for (const at of [0, 1, count - 1]) {
        const code = codes.nth(Math.max(0, Math.min(at, count - 1)));
        expect(await decodeQr(page, await code.screenshot())).toBe(await code.getAttribute('data-qr'));
      }
      // 21 June in Auckland, whatever the day is where this is printed.
      expect(await page.locator('.print-root .card-date').first().textContent()).toBe('June 21, 2026');
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(pages);
      const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [
        Math.round(Number(w)),
        Math.round(Number(h)),
      ]);
      for (const size of sizes) expect(size).toEqual([width, height]);
    },
  );

  it('has a card for each table on every sheet, upright on both sides of the fold', async () => {
    const { slug } = await event();
    await putTables(slug, ['1', '2']);
    const page = await sharePage(slug);
    await print(page);
    const faces = await page
      .locator('.print-root .paper-face')
      .evaluateAll((all) =>
        all.map((face) => [
          face.className.includes('turned'),
          face.querySelector('.card-label')?.textContent,
          face.querySelector('[data-qr]')?.getAttribute('data-qr')?.split('?')[1],
        ]),
      );
    expect(faces).toEqual([
      [true, 'Table 1', 't=1'],
      [false, 'Table 1', 't=1'],
      [true, 'Table 2', 't=2'],
      [false, 'Table 2', 't=2'],
    ]);
  });

  it('waits for the tables, so that nobody prints the cards of an event without any', async () => {
    const { slug } = await event();
    await putTables(slug, ['1']);
    const page = await atAcme(`/admin/events/${slug}/share`, { viewport: DESK });
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/tables', async (route) => {
      await held;
      await route.continue();
    });
    await signInAt(page, 'operator@acme.com');
    await page.locator('.share [data-qr]').first().waitFor();
    expect(await page.locator('.print-go').count()).toBe(0);
    release();
    await page.locator('.print-frame .card-label').first().waitFor();
    expect(await page.locator('.print-go').count()).toBe(1);
  });

  it.each(FORMATS)('as %s loses nothing of the longest words there can be, and keeps off the edges', async (format) => {
    const { slug } = await event({ name: LONG, visibility: 'pin', pin: 'Schneewittchen-und-die-7-Zwerge' });
    await putTables(slug, ['Verwaltungsratsvorsitzendenstellvertreterinnenstammtisch der Gebirgsschützen 17']);
    const page = await sharePage(slug, { locale: 'de' });
    await choose(page, format);
    await page.locator('select[name=second]').selectOption('ar');
    await page.locator('input[name=wifi]').check();
    await page.locator('input[name=wifi-name]').fill('W'.repeat(32));
    await page.locator('input[name=wifi-password]').fill('M'.repeat(63));
    await print(page);
    await page.emulateMedia({ media: 'print' });
    const lost = await page.evaluate((mm) => {
      const problems: string[] = [];
      for (const face of document.querySelectorAll('.print-root .paper-face')) {
        const paper = face.getBoundingClientRect();
        const safe = 8 * mm - 1;
        for (const part of face.querySelectorAll('p, dd, dt, svg')) {
          const box = part.getBoundingClientRect();
          const isInside =
            box.left >= paper.left + safe &&
            box.right <= paper.right - safe &&
            box.top >= paper.top + safe &&
            box.bottom <= paper.bottom - safe;
          if (!isInside || part.scrollWidth > part.clientWidth + 1) problems.push(part.className || part.tagName);
        }
      }
      return problems;
    }, MM);
    expect(lost).toEqual([]);
    const code = page.locator('.print-root [data-qr]').last();
    expect(((await code.boundingBox())?.width ?? 0) / MM).toBeGreaterThan(25);
    expect(await decodeQr(page, await code.screenshot())).toBe(
      `${acme.origin}/e/${slug}?t=verwaltungsratsvorsitzendens`,
    );
  });

  it('is as it is shown: the preview and the sheet break their lines at the same places', async () => {
    const { slug } = await event({ name: LONG.slice(0, 120) });
    const page = await sharePage(slug, { locale: 'de' });
    const read = (place: string) =>
      page.evaluate((root) => {
        const card = document.querySelector<HTMLElement>(`${root} .paper-card`);
        const sizes = ['--name', '--words', '--code'].map((name) => card?.style.getPropertyValue(name));
        const heights = [...(card?.querySelectorAll<HTMLElement>('p, svg') ?? [])].map((part) => part.clientHeight);
        return { sizes, heights };
      }, place);
    await print(page);
    const preview = await read('.print-frame');
    await page.emulateMedia({ media: 'print' });
    expect(await read('.print-root')).toEqual(preview);
  });

  it('is read without colour: every word is dark on white, whatever accent the event has', async () => {
    const { slug } = await event({ settings: JSON.stringify({ look: { accent: '#ffe600' } }) });
    await putTables(slug, ['7']);
    const page = await sharePage(slug, { colorScheme: 'dark' });
    await print(page);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const pale = await page.evaluate(() => {
      const light = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
      const contrast = (colour: string) => {
        const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => light(Number(part) / 255));
        return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
      };
      return [...document.querySelectorAll('.print-root p, .print-root dt, .print-root dd')]
        .filter((part) => contrast(getComputedStyle(part).color) < 4.5)
        .map((part) => `${part.className} ${getComputedStyle(part).color}`);
    });
    expect(pale).toEqual([]);
    const code = page.locator('.print-root [data-qr]').first();
    const fills = await code.evaluate((svg) => [...svg.children].map((child) => child.getAttribute('fill')));
    expect(fills).toEqual(['#fff', '#000']);
  });

  it('says the PIN, the Wi-Fi and the words of two languages, and sends none of the Wi-Fi anywhere', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    const page = await sharePage(slug, { locale: 'de' });
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.locator('select[name=second]').selectOption('fr');
    await page.locator('input[name=wifi]').check();
    await page.locator('input[name=wifi-name]').fill('Festsaal');
    await page.locator('input[name=wifi-password]').fill('streng-geheim');
    await page.locator('input[name=copies]').fill('3');
    await print(page);
    const text = await page.locator('.print-root .paper-card').last().textContent();
    for (const words of ['9753', 'Festsaal', 'streng-geheim', 'Teil deine Fotos', 'Partagez vos photos']) {
      expect(text).toContain(words);
    }
    expect(await page.locator('.print-root .paper').count()).toBe(2);
    await expect.poll(() => sent.some((one) => one.includes('qr_printed'))).toBe(true);
    expect(sent.filter((one) => one.includes('geheim') || one.includes('Festsaal'))).toEqual([]);
  });

  it('is reached and started by keys alone', async () => {
    const { slug } = await event();
    const page = await sharePage(slug);
    await page.locator('input[value="a6-tent"]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('input[value="a5-tent"]').isChecked()).toBe(true);
    for (let n = 0; n < 20; n++) {
      if (await page.locator('.print-go button').evaluate((button) => button === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.dataset['printed'] === '1');
    expect(await page.locator('.print-root .card-wide').count()).toBe(4);
  });
});

describe('the page', () => {
  it.each(LOCALES)('stands in nobody’s way in %s, on a phone and on a desk', async (locale) => {
    const { slug } = await event({ name: LONG, visibility: 'pin', pin: '9753' });
    await putTables(slug, ['7', 'W'.repeat(80), 'طاولة العروس', '🎉']);
    const expectWhole = async (page: Page) => {
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await barriers(page)).toEqual([]);
    };
    for (const viewport of [PHONE, DESK]) {
      const page = await sharePage(slug, { viewport, locale, colorScheme: viewport === PHONE ? 'light' : 'dark' });
      await expectWhole(page);
      await page.locator('.share-head button').nth(1).click();
      await page.locator('[role=dialog] textarea').fill('=1+1\n7');
      await expectWhole(page);
      await page.keyboard.press('Escape');
      await page.locator('.share-qr').click();
      await expectWhole(page);
      await page.context().close();
    }
  });
});
