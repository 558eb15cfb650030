import { describe, expect, it } from 'vitest';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { DESK, fileOf, joinAt, setup, tileShown } from '../setup.ts';

const { acme, atAcme, event } = setup();

/** An event that publishes at once, with real photos of one guest, and its host. */
async function party(count = 1, over: Record<string, unknown> = {}) {
  const { id, slug } = await event({ moderation: 'after', ...over });
  const guest = await join(acme, slug, { name: 'Ada' });
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await send(acme, slug, guest, await freshPhoto())).json.photo.id);
  for (const photo of ids) await untilStatus(acme, slug, guest, photo, 'approved');
  const staff = await signIn(acme, 'admin@acme.com');
  const host = async (method: string, path: string, body?: unknown) => {
    const answer = await acme(`/api/v1/events/${slug}${path}`, { method, headers: staff.headers, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  return { id, slug, guest, ids: ids as [string, ...string[]], host };
}

describe('a guest who finds a photo that should not be there', () => {
  it('tells the host without having joined, and is thanked', async () => {
    const { slug, ids, host } = await party();
    const page = await atAcme(`/e/${slug}`);
    await page.locator(`[data-id="${ids[0]}"] a`).click();
    await page.locator('.lightbox-report').click();
    expect(await page.locator('.sheet button[type=submit]').isDisabled()).toBe(true);
    await page.getByText('I am in this photo').click();
    await page.locator('#report-note').fill('Bitte nicht zeigen');
    // Keys belong to the sheet: the photo behind it stays.
    await page.keyboard.press('ArrowLeft');
    await page.locator('.sheet button[type=submit]').click();
    await page.getByText('Thank you').waitFor();
    const { items } = await host('GET', '/reports');
    expect(items).toMatchObject([{ reason: 'me', note: 'Bitte nicht zeigen', photo: { id: ids[0] } }]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.sheet').count()).toBe(0);
    expect(await page.locator('.lightbox').count()).toBe(1);
  });

  it('is told when that did not get through, with the words still there', async () => {
    const { slug } = await party();
    const page = await atAcme(`/e/${slug}`, { expects: /ERR_/ });
    await page.locator('.tile a').first().click();
    await page.locator('.lightbox-report').click();
    await page.getByText('Something else').click();
    await page.locator('#report-note').fill('Wrong party');
    await page.route('**/reports', (route) => route.abort());
    await page.locator('.sheet button[type=submit]').click();
    await page.locator('.sheet [role=alert]').waitFor();
    expect(await page.locator('#report-note').inputValue()).toBe('Wrong party');
    await page.unroute('**/reports');
    await page.locator('.sheet button[type=submit]').click();
    await page.getByText('Thank you').waitFor();
  });
});

describe('while the host has stopped publication', () => {
  it('open galleries and walls say the message at once, new ones too, and the photos come back without a reload', async () => {
    const { slug, ids, host } = await party(2);
    const page = await atAcme(`/e/${slug}`);
    const wall = await atAcme(`/e/${slug}/wall`, { viewport: DESK });
    await tileShown(page, ids[0]);
    await page.locator('.tile a').first().click();
    await wall.locator('.slide-shown').waitFor();
    await page.evaluate(() => ((window as unknown as { same: boolean }).same = true));

    await host('POST', '/hold', { message: 'Gleich geht es weiter' });
    await page.locator('#held').waitFor();
    expect(await page.locator('#held-text').textContent()).toBe('Gleich geht es weiter');
    expect(await page.locator('.tile').count()).toBe(0);
    expect(await page.locator('.lightbox').count()).toBe(0);
    await wall.locator('.break').waitFor();
    expect(await wall.locator('.break-title').textContent()).toBe('Gleich geht es weiter');
    expect(await wall.locator('.slide').count()).toBe(0);

    const late = await atAcme(`/e/${slug}`, { locale: 'de' });
    expect(await late.locator('.held-title').textContent()).toBe('Gleich geht es weiter');
    expect(await late.locator('.tile').count()).toBe(0);
    const lateWall = await atAcme(`/e/${slug}/wall`, { locale: 'de' });
    expect(await lateWall.locator('.break-title').isVisible()).toBe(true);
    expect(await lateWall.locator('.slide').count()).toBe(0);

    await host('POST', '/release');
    for (const one of [page, late]) {
      await tileShown(one, ids[0]);
      expect(await one.locator('#held').isHidden()).toBe(true);
    }
    for (const one of [wall, lateWall]) {
      await one.locator('.slide-shown').waitFor();
      expect(await one.locator('.break').isHidden()).toBe(true);
    }
    expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
  });
});

describe('what the host changes while a guest looks', () => {
  it('takes the button for adding away, and gives it back', async () => {
    const { slug, host } = await party();
    const page = await atAcme(`/e/${slug}`);
    await page.locator('#bar-mine').waitFor();
    await host('PATCH', '', { uploads: 'closed' });
    await page.locator('#bar-add').waitFor({ state: 'hidden' });
    expect(await page.locator('#closed').isVisible()).toBe(true);
    await host('PATCH', '', { uploads: 'open' });
    await page.locator('#bar-add').waitFor();
    expect(await page.locator('#closed').isHidden()).toBe(true);
    await joinAt(page);
  });

  it('closes the door: a PIN that was set asks whoever is inside for it', async () => {
    const { slug, host } = await party();
    const page = await atAcme(`/e/${slug}`, { expects: /40[13]|WebSocket/ });
    await page.locator('#bar-mine').waitFor();
    await host('PATCH', '', { visibility: 'pin', pin: '4711' });
    await page.locator('#pin').waitFor();
    expect(await page.locator('.tile').count()).toBe(0);
    await page.locator('#pin').fill('4711');
    await page.locator('button[type=submit]').click();
    await page.locator('.tile').waitFor();
  });

  it('shows albums once they are published, and their photos without JavaScript', async () => {
    const { slug, ids, host } = await party(2);
    const page = await atAcme(`/e/${slug}`, { expects: /404/ });
    await tileShown(page, ids[0]);
    expect(await page.locator('#albums').isHidden()).toBe(true);
    const { album } = await host('POST', '/albums', { name: 'Tanz' });
    await host('POST', `/albums/${album.id}/photos`, { ids: [ids[0]] });
    await host('PATCH', `/albums/${album.id}`, { published: true });
    const chip = page.locator('.chip', { hasText: 'Tanz' });
    await chip.waitFor();
    await chip.click();
    await page.waitForURL(/album=/);
    await tileShown(page, ids[0]);
    expect(await page.locator('.tile').count()).toBe(1);
    expect(await page.locator('.chip[aria-current]').textContent()).toContain('Tanz');
    const plain = await atAcme(`/e/${slug}?album=${album.id}&lang=de`, { javaScriptEnabled: false });
    expect(await plain.locator('.tile').count()).toBe(1);
    await plain.locator('.chip', { hasText: 'Alle Fotos' }).click();
    await plain.waitForURL(/lang=de/);
    expect(await plain.locator('.tile').count()).toBe(2);
    await host('PATCH', `/albums/${album.id}`, { published: false });
    await page.waitForURL((url) => !url.searchParams.has('album'));
  });
});

describe('a guest whom the host has blocked', () => {
  it('is told so in the sheet, and is not offered to choose more', async () => {
    const { slug, host } = await party();
    const page = await atAcme(`/e/${slug}`, { expects: /403/ });
    await joinAt(page, 'Mallory');
    const { items } = await host('GET', '/guests?q=Mallory');
    await host('PATCH', `/guests/${items[0].id}`, { blocked: true });
    await page.locator('#choose').setInputFiles([fileOf('again.jpg', await freshPhoto())]);
    await page.locator('.sheet .notice').waitFor();
    expect(await page.locator('.sheet .notice').textContent()).toBe('The host does not take photos from this device.');
    expect(await page.locator('#choose').count()).toBe(0);
  });
});
