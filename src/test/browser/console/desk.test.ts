import { describe, expect, it } from 'vitest';
import { freshPhoto, join, send, untilStatus } from '../../support/people.ts';
import { DESK, PHONE, setup, signInAt } from '../setup.ts';

const { acme, atAcme, context, event } = setup();

async function waitingPhoto(slug: string, name = 'Ada'): Promise<string> {
  const guest = await join(acme, slug, { name });
  const sent = await send(acme, slug, guest, await freshPhoto());
  const { id } = sent.json.photo;
  await untilStatus(acme, slug, guest, id, 'pending');
  return id;
}
const statusOf = async (slug: string, headers: Record<string, string>) =>
  Object.fromEntries(
    (await acme(`/api/v1/photos?event=${slug}`, { headers })).json.items.map(
      (one: { id: string; status: string }) => [one.id, one.status] as const,
    ),
  ) as Record<string, string>;
const staff = async () => {
  const answer = await acme('/api/v1/auth/login', {
    method: 'POST',
    body: { email: 'admin@acme.com', password: 'password123' },
  });
  return { authorization: `Bearer ${answer.json.accessToken}` };
};

describe('the console', () => {
  it('says when the password is wrong, lets a member in, keeps the session over a reload and ends it', async () => {
    // Searched for: other tests make more events than a page of the list has.
    const page = await atAcme('/admin?q=Launch', { viewport: DESK });
    await signInAt(page, 'operator@acme.com', 'wrong');
    await page.locator('#sign-in-error').waitFor();
    expect(await page.locator('#sign-in-error').textContent()).toBe('E-mail or password is wrong.');
    await signInAt(page, 'operator@acme.com');
    const card = page.locator('.event-row-link', { hasText: 'Launch Party' });
    await card.waitFor();
    expect(await card.textContent()).toMatch(/6 waiting.*27 published/);
    await card.click();
    await page.getByRole('navigation').getByRole('link', { name: 'Photos' }).click();
    await page.locator('[data-live=live]').waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/events/launch-party/photos');

    await page.reload();
    await page.locator('[data-live=live]').waitFor();
    expect(await page.locator('.person-email').textContent()).toBe('operator@acme.com');
    // The refresh cookie is the only thing kept, and no script can read it.
    expect(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }))).toBe(
      '{}',
    );
    await page.goBack();
    await page.goBack();
    await card.waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('#email').waitFor();
    await page.reload();
    await page.locator('#email').waitFor();
  });

  it('shows photos that arrive while one looks, and decides by click and by keys, also back again', async () => {
    const { slug } = await event();
    const page = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK, as: 'admin@acme.com' });
    await page.locator('[data-live=live]').waitFor();
    await page.getByText('Nothing waiting').waitFor();

    const ids = [await waitingPhoto(slug), await waitingPhoto(slug, 'Søren'), await waitingPhoto(slug)];
    const strip = page.locator('.strip-photo');
    await strip.nth(2).waitFor();
    expect(await strip.evaluateAll((all) => all.map((one) => one.getAttribute('data-photo')))).toEqual(ids);
    const count = page.locator('[data-tab=pending] .tab-count');
    const onStage = (id: string | undefined) => page.locator(`.stage [data-photo="${id}"]`).waitFor();
    await expect.poll(() => count.textContent()).toBe('3');
    await onStage(ids[0]);

    await page.locator('[data-decide=approved]').click();
    await onStage(ids[1]);
    expect(await page.locator('.inspector').textContent()).toContain('Søren');
    const headers = await staff();
    await expect.poll(() => statusOf(slug, headers)).toMatchObject({ [ids[0] as string]: 'approved' });

    await page.keyboard.press('r');
    await onStage(ids[2]);
    await expect.poll(() => statusOf(slug, headers)).toMatchObject({ [ids[1] as string]: 'rejected' });
    await page.keyboard.press('z');
    await expect.poll(() => statusOf(slug, headers)).toMatchObject({ [ids[1] as string]: 'pending' });
    await expect.poll(() => count.textContent()).toBe('2');

    await page.keyboard.press('ArrowLeft');
    await onStage(ids[1]);
    await page.keyboard.press('a');
    await expect.poll(() => statusOf(slug, headers)).toMatchObject({ [ids[1] as string]: 'approved' });
    await page.locator('[data-tab=approved]').click();
    await strip.nth(1).waitFor();
    await expect.poll(() => page.locator('[data-tab=approved] .tab-count').textContent()).toBe('2');
  });

  it('shows one moderator what another has decided', async () => {
    const { slug } = await event();
    const id = await waitingPhoto(slug);
    const first = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK });
    const second = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK });
    for (const [page, email] of [
      [first, 'admin@acme.com'],
      [second, 'operator@acme.com'],
    ] as const) {
      await signInAt(page, email);
      await page.locator(`.stage [data-photo="${id}"]`).waitFor();
      await page.locator('[data-live=live]').waitFor();
    }
    await first.locator('[data-decide=approved]').click();
    await second.getByText('Nothing waiting').waitFor();
  });

  it('lets a viewer look, and says why the buttons do nothing', async () => {
    const { slug } = await event();
    const id = await waitingPhoto(slug);
    const page = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK, as: 'viewer@acme.com' });
    await page.locator(`.stage [data-photo="${id}"]`).waitFor();
    for (const to of ['approved', 'rejected']) {
      const button = page.locator(`[data-decide=${to}]`);
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      expect(await button.getAttribute('aria-describedby')).toBe('why-not');
    }
    expect(await page.locator('#why-not').textContent()).toContain('may look but not decide');
    await page.keyboard.press('a');
    await page.locator('.toast', { hasText: 'may look but not decide' }).waitFor();
    await page.locator(`.stage [data-photo="${id}"]`).waitFor();
    expect(await statusOf(slug, await staff())).toEqual({ [id]: 'pending' });
  });

  it('works on a phone, with a thumb', async () => {
    const { slug } = await event();
    const ids = [await waitingPhoto(slug), await waitingPhoto(slug)];
    const browsing = await context({ viewport: PHONE, hasTouch: true, isMobile: true });
    const page = await atAcme(`/admin/events/${slug}/photos`, { context: browsing, as: 'admin@acme.com' });
    await page.locator(`.stage [data-photo="${ids[0]}"]`).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    for (const to of ['approved', 'rejected']) {
      const box = await page.locator(`[data-decide=${to}]`).boundingBox();
      expect(box && box.height >= 44 && box.y + box.height <= PHONE.height).toBe(true);
    }
    await page.locator('[data-decide=approved]').tap();
    await page.locator(`.stage [data-photo="${ids[1]}"]`).waitFor();
  });
});
