import { describe, expect, it } from 'vitest';
import { barriers } from '../../support/barriers.ts';
import { freshPhoto, join, send, untilStatus } from '../../support/people.ts';
import { DESK, fileOf, joinAt, setup, soon } from '../setup.ts';

const { acme, atAcme, event } = setup();

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
    expect(link).toMatch(new RegExp(`/e/${slug}#me=[^&]+&as=Ada$`));

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
    await third.goto(link);
    await third.getByRole('button', { name: 'Continue here' }).click();
    await third.locator('.sheet [role=alert]').waitFor();
    expect(await third.locator('.sheet [role=alert]').textContent()).toMatch(/link/i);
    expect(await third.locator('#arrived').count()).toBe(0);
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
