import { describe, expect, it } from 'vitest';
import { barriers } from '../../support/barriers.ts';
import { freshPhoto, join, send, signIn, untilStatus, type Guest } from '../../support/people.ts';
import { DESK, fileOf, joinAt, setup, soon } from '../setup.ts';

const { acme, atAcme, event } = setup();
const linkOf = async (slug: string, guest: Guest): Promise<string> =>
  (await acme(`/api/v1/events/${slug}/me/transfers`, { method: 'POST', headers: guest.headers })).json.url;

describe('who a guest is', () => {
  it('goes along to another device by a link, together with what that one has sent, and only once', async () => {
    const { slug } = await event({ moderation: 'after' });
    const phone = await atAcme(`/e/${slug}`);
    await joinAt(phone, 'Ada');
    await phone.locator('#choose').setInputFiles(fileOf('phone.jpg', await freshPhoto()));
    await phone.locator('[data-status=approved]').waitFor();
    await phone.keyboard.press('Escape');
    await phone.locator('#bar-mine').click();
    await phone.locator('#mine-move').click();
    await phone.locator('.mine-code svg').waitFor();
    expect(await barriers(phone)).toEqual([]);
    const link = await phone.locator('.dialog input[readonly]').inputValue();
    expect(link).toMatch(new RegExp(`/e/${slug}#me=[^&]+$`));

    const laptop = await atAcme(`/e/${slug}`, { viewport: DESK });
    await joinAt(laptop, 'Somebody');
    await laptop.locator('#choose').setInputFiles(fileOf('laptop.jpg', await freshPhoto()));
    await laptop.locator('[data-status=approved]').waitFor();
    await laptop.goto(link);
    await laptop.getByText('Continue as Ada here?').waitFor();
    await laptop.getByText('The 1 photo you have sent from this device comes along.').waitFor();
    // It does not stay where it might be passed on.
    expect(new URL(laptop.url()).hash).toBe('');
    expect(await barriers(laptop)).toEqual([]);
    await laptop.getByRole('button', { name: 'Continue here' }).click();
    await laptop.getByText('Welcome back, Ada.').waitFor();
    await laptop.getByText('1 photo of this device has come along.').waitFor();
    await laptop.getByRole('button', { name: 'See my photos' }).click();
    await laptop.locator('#mine-grid [data-photo]').nth(1).waitFor();
    await laptop.locator('.mine-who').getByText('Ada', { exact: true }).waitFor();
    await laptop.getByText('You are here on 2 devices').waitFor();

    const third = await atAcme(`/e/${slug}`, { expects: /status of 403/ });
    // Whoever wrote a name behind it is not believed, and a link that is of no use offers nothing.
    await third.goto(`${link}&as=Ada`);
    await third.getByText('This link no longer works').waitFor();
    expect(await barriers(third)).toEqual([]);
    expect(await third.getByRole('button', { name: 'Continue here' }).count()).toBe(0);
    await third.locator('.sheet [role=alert] button').click();
    await third.locator('.sheet').waitFor({ state: 'detached' });
  });

  it('asks again whose a link is when the network comes back', async () => {
    const { slug } = await event();
    const link = await linkOf(slug, await join(acme, slug, { name: 'Ada' }));
    const page = await atAcme(`/e/${slug}`, { expects: /ERR_FAILED/ });
    await page.route('**/session/transfer', (route) => route.abort());
    await page.goto(link);
    await page.getByText('There is no connection right now.').waitFor();
    await page.unroute('**/session/transfer');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Continue as Ada here?').waitFor();
    await page.getByRole('button', { name: 'Not on this device' }).click();
    await page.locator('#bar-add').click();
    await page.locator('#join-name').waitFor();
  });

  it('opens the door of an event with a PIN by a link', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    const link = await linkOf(slug, await join(acme, slug, { name: 'Ada', pin: '9753' }));
    const page = await atAcme('/', {});
    await page.goto(link);
    await page.getByText('Continue as Ada here?').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue here' }).click();
    await page.getByText('Welcome back, Ada.').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await page.getByRole('button', { name: 'See the photos' }).click();
    await page.locator('#bar-mine').click();
    await page.locator('.mine-who').getByText('Ada', { exact: true }).waitFor();
  });

  it('waits at the door for a PIN that has changed, and goes on by itself', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    const link = await linkOf(slug, await join(acme, slug, { name: 'Ada', pin: '9753' }));
    const staff = await signIn(acme, 'operator@acme.com');
    await acme(`/api/v1/events/${slug}`, { method: 'PATCH', headers: staff.headers, body: { pin: '8642' } });
    const page = await atAcme('/', { expects: /status of 403/ });
    await page.goto(link);
    await page.getByText('The PIN has changed', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Enter the PIN' }).click();
    await page.locator('#pin-link').waitFor();
    for (const pin of ['9753', '8642']) {
      await page.locator('#pin').fill(pin);
      await page.locator('#door button[type=submit]').click();
      await (pin === '9753' ? page.locator('#pin-error') : page.getByText('Continue as Ada here?')).waitFor();
    }
    await page.getByRole('button', { name: 'Continue here' }).click();
    await page.getByRole('button', { name: 'See my photos' }).click();
    await page.locator('.mine-who').getByText('Ada', { exact: true }).waitFor();
  });

  it('lets somebody at the door who wants no other device type the PIN', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    const link = await linkOf(slug, await join(acme, slug, { name: 'Ada', pin: '9753' }));
    const page = await atAcme('/', {});
    await page.goto(link);
    await page.getByRole('button', { name: 'Not on this device' }).click();
    expect(new URL(page.url()).hash).toBe('');
    await page.locator('#pin').fill('9753');
    await page.locator('#door button[type=submit]').click();
    await page.locator('#bar-add').waitFor();
    expect(await page.locator('.sheet').count()).toBe(0);
  });

  it('can be erased by its name, for everybody and at once, with a receipt that is checked elsewhere', async () => {
    const { slug } = await event({ moderation: 'after' });
    const other = await join(acme, slug, { name: 'Ben' });
    const kept = await send(acme, slug, other, await freshPhoto());
    await untilStatus(acme, slug, other, kept.json.photo.id, 'approved');
    const page = await atAcme(`/e/${slug}`);
    await joinAt(page, 'Ada Lovelace');
    await page.locator('#choose').setInputFiles(fileOf('mine.jpg', await freshPhoto()));
    await page.locator('[data-status=approved]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#photos .tile').nth(1).waitFor();
    await page.locator('#bar-mine').click();
    await page.locator('.mine-who').getByText('Ada Lovelace').waitFor();
    await page.locator('#mine-erase').click();
    const confirm = page.locator('.dialog button[type=submit]');
    expect(await confirm.getAttribute('aria-disabled')).toBe('true');
    await page.locator('[name=confirm]').fill('ada lovelace');
    expect(await barriers(page)).toEqual([]);
    await confirm.click();
    await page.locator('#mine-erased').waitFor();
    await page.locator('#mine-erased').getByText('1 photo').waitFor();
    // The room has closed the connection of whoever this was; the page has one of its own, as anybody.
    await page.locator('.empty', { hasText: 'not added a photo yet' }).waitFor();
    await soon(() => page.locator('#state').isVisible()).toBe(false);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the receipt' }).click();
    expect((await download).suggestedFilename()).toBe(`${slug}-erasure-receipt.txt`);
    const address = await page.getByRole('link', { name: 'Look at the receipt' }).getAttribute('href');
    const [path, receipt] = String(address).split('#');
    expect(path).toBe('/receipt');
    const checked = await acme('/api/v1/receipts/verify', { method: 'POST', body: { receipt } });
    expect(checked.json).toMatchObject({ valid: true, receipt: { erased: { photos: 1 } } });

    await page.locator('.dialog').getByRole('button', { name: 'Close' }).click();
    await page.locator('.sheet').waitFor({ state: 'detached' });
    await page.locator('#photos .tile').nth(1).waitFor({ state: 'detached' });
    expect(await page.locator('#photos .tile').count()).toBe(1);
    // This device is nobody: it is asked for a name again.
    await page.locator('#bar-add').click();
    await page.locator('#join-name').waitFor();
  });
});
