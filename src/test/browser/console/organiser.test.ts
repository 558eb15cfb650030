import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { makeMember, makeTenant } from '../../support/database.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { DESK, PATIENCE_MS, PHONE, setup, signInAt } from '../setup.ts';

const { acme, at, atAcme, context, event, open, ownerUrl } = setup();
const SIZES = { phone: PHONE, desk: DESK } as const;
/** A busy machine takes longer than Vitest's second. */
const patiently = { timeout: PATIENCE_MS };
const named = (word: string) => `${word} ${randomUUID().slice(0, 6)}`;

/** Everything a person does with a page, counted: a click, a field that is filled, a choice, a key. */
function counted(page: Page) {
  let interactions = 0;
  const count = <A extends unknown[]>(act: (...rest: A) => Promise<unknown>) => {
    return async (...rest: A) => {
      interactions++;
      await act(...rest);
    };
  };
  return {
    done: () => interactions,
    click: count((target: Locator) => target.click()),
    fill: count((target: Locator, text: string) => target.fill(text)),
    press: count((key: string) => page.keyboard.press(key)),
  };
}

/** An account of its own, with one owner and nothing in it. */
async function emptyAccount() {
  const slug = `new-${randomUUID().slice(0, 8)}`;
  await makeTenant(ownerUrl, slug);
  const email = await makeMember(ownerUrl, slug, 'owner');
  return { slug, email, client: at(slug) };
}

const eventOf = async (client: typeof acme, email: string, slug: string) => {
  const staff = await signIn(client, email);
  return (await client(`/api/v1/events/${slug}`, { headers: staff.headers })).json.event;
};

describe.each(['phone', 'desk'] as const)('from an empty account to printed cards on a %s', (size) => {
  it('takes ten interactions at most', async () => {
    const { slug: tenant, email, client } = await emptyAccount();
    const page = await open(`${tenant}.localhost`, '/admin', { viewport: SIZES[size], timezoneId: 'Europe/Madrid' });
    await page.evaluate(() => {
      (globalThis as unknown as { printed: number }).printed = 0;
      window.print = () => void (globalThis as unknown as { printed: number }).printed++;
    });
    await signInAt(page, email);
    const person = counted(page);

    await person.click(page.getByRole('link', { name: 'New event' }));
    await person.fill(page.getByLabel('Name', { exact: true }), 'Bodas de Año 🎉');
    await person.click(page.locator('[data-preset=saturday]'));
    await person.click(page.locator('.swatch').nth(4));
    await person.click(page.getByRole('radio', { name: /With a PIN/ }));
    await person.click(page.getByRole('radio', { name: /Before they are published/ }));
    await person.click(page.getByRole('button', { name: 'Create and go live' }));
    await page.getByText('Your event is live').waitFor();
    await person.click(page.getByRole('link', { name: 'Print table cards' }));
    await person.click(page.locator('.print-go button'));
    await page.waitForFunction(() => (globalThis as unknown as { printed: number }).printed === 1);
    expect(person.done()).toBeLessThanOrEqual(10);

    const made = await eventOf(client, email, 'bodas-de-ano');
    expect(made).toMatchObject({
      name: 'Bodas de Año 🎉',
      status: 'live',
      visibility: 'pin',
      moderation: 'before',
      timeZone: 'Europe/Madrid',
      settings: { look: { accent: '#2f6f3e' } },
    });
    expect(made.pin).toMatch(/^\d{6}$/);
    // Saturday evening in Madrid, whatever the zone of the machine.
    const start = new Intl.DateTimeFormat('en', {
      timeZone: 'Europe/Madrid',
      weekday: 'short',
      hour: 'numeric',
      hour12: false,
    });
    expect(start.format(new Date(made.startsAt))).toBe('Sat, 18');
    const guest = await join(client, 'bodas-de-ano', { pin: made.pin });
    const sent = await send(client, 'bodas-de-ano', guest, await freshPhoto(64, 64));
    await untilStatus(client, 'bodas-de-ano', guest, sent.json.photo.id, 'pending');

    await page.goBack();
    await page.locator('[data-step=qr_printed] input:checked').waitFor();
    await page.locator('.number-wait', { hasText: '1' }).waitFor();
  });
});

describe.each(['phone', 'desk'] as const)('an event on a %s', (size) => {
  const at390 = { viewport: SIZES[size] };
  /** The shell hears that the event has changed and asks for it by the address that it had. */
  const gone = /status of 404/;

  it('is held with one tap and released with another', async () => {
    const { slug } = await event();
    const page = await atAcme(`/admin/events/${slug}`, { ...at390, as: 'admin@acme.com' });
    await page.locator('[data-hold=hold]').click();
    await page.locator('.hold-on').waitFor();
    await page.getByLabel(/Message for guests/).fill('Back in a minute');
    await page.getByRole('button', { name: 'Show this message' }).click();
    await expect
      .poll(async () => (await eventOf(acme, 'admin@acme.com', slug)).held?.message, patiently)
      .toBe('Back in a minute');
    await page.locator('[data-hold=release]').click();
    await page.locator('[data-hold=hold]').waitFor();
    expect((await eventOf(acme, 'admin@acme.com', slug)).held).toBeNull();
  });

  it('is deleted by naming it, and had back with one tap', async () => {
    const name = named('Gala');
    const { slug } = await event({ name });
    const page = await atAcme(`/admin/events/${slug}/settings`, { ...at390, expects: gone, as: 'admin@acme.com' });
    await page.locator('.danger').getByRole('button', { name: 'Delete the event' }).click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Delete the event' });
    await dialog.getByRole('textbox').fill('Gal');
    expect(await confirm.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('textbox').fill(name);
    await confirm.click();
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    expect((await eventOf(acme, 'admin@acme.com', slug)).deletedAt).toBeNull();
  });

  it('keeps what is typed until it is saved, and takes a saved change back', async () => {
    const { slug } = await event({ name: 'Before' });
    const page = await atAcme(`/admin/events/${slug}/settings`, { ...at390, as: 'admin@acme.com' });
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('');
    await page.locator('.form-foot button[type=submit]').click();
    await page.getByText('Please give it a name.').waitFor();
    await name.fill('After');
    await page.getByLabel('Words that wait').fill('rede\n\n rede \nkuchen');
    await page.locator('.form-foot button[type=submit]').click();
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
    expect(await eventOf(acme, 'admin@acme.com', slug)).toMatchObject({
      name: 'After',
      settings: { holdWords: ['rede', 'kuchen'] },
    });
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await eventOf(acme, 'admin@acme.com', slug)).name, patiently).toBe('Before');
    expect((await eventOf(acme, 'admin@acme.com', slug)).settings.holdWords).toEqual([]);
    expect(await name.inputValue()).toBe('Before');
  });

  it('offers another address where one is taken', async () => {
    const [{ slug: taken }, { slug }] = [await event(), await event()];
    const page = await atAcme(`/admin/events/${slug}/settings`, {
      ...at390,
      expects: /status of (404|409)/,
      as: 'admin@acme.com',
    });
    await page.locator('[name=slug]').fill(taken);
    await page.locator('.form-foot button[type=submit]').click();
    await page.getByRole('button', { name: `Take “${taken}-2”` }).click();
    await page.locator('.form-foot button[type=submit]').click();
    await page.waitForURL(`**/${taken}-2/settings`);
  });

  it('shows a viewer everything and lets them change nothing', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '2468' });
    const page = await atAcme(`/admin/events/${slug}`, { ...at390, as: 'viewer@acme.com' });
    const close = page.locator('[data-status=closed]');
    await close.waitFor();
    expect(await close.getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('[data-hold=hold]').getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('main').textContent()).not.toContain('2468');
    await page.goto(page.url().replace(slug, `${slug}/settings`));
    await page.locator('#why-not').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
    expect((await eventOf(acme, 'admin@acme.com', slug)).status).toBe('live');
  });
});

describe('the list of events', () => {
  it('counts live, filters by time and finds by name', async () => {
    const word = named('Zebra');
    const { slug } = await event({ name: word, moderation: 'before' });
    const page = await atAcme('/admin', { viewport: DESK, as: 'admin@acme.com' });
    const row = page.locator('.event-row', { hasText: word });
    await row.getByText('0 published').waitFor();
    const guest = await join(acme, slug);
    await send(acme, slug, guest, await freshPhoto(64, 64));
    await row.getByText('1 waiting').waitFor();
    await page.getByLabel('Find an event').fill(word.slice(2));
    await expect.poll(() => page.locator('.event-row').count(), patiently).toBe(1);
    expect(page.url()).toContain('q=');
    await page.getByRole('tab', { name: /Past/ }).click();
    await page.getByText('No event like').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => page.locator('.event-row').count(), patiently).toBeGreaterThan(1);
  });

  it('leads to what was deleted', async () => {
    const name = named('Gone');
    const { slug } = await event({ name });
    const staff = await signIn(acme, 'admin@acme.com');
    await acme(`/api/v1/events/${slug}`, { method: 'DELETE', headers: staff.headers });
    const page = await atAcme('/admin', { viewport: PHONE, as: 'admin@acme.com' });
    await page.getByRole('link', { name: /can be restored/ }).click();
    await page.locator('.event-row', { hasText: name }).getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  });
});

it('a form asks before it is left with something unsaved', async () => {
  const page = await open('acme.localhost', '/admin/events/new', { context: await context({ viewport: DESK }) });
  await signInAt(page);
  await page.getByLabel('Name', { exact: true }).fill('Half a name');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a name');
});
