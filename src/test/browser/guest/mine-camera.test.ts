import { describe, expect, it } from 'vitest';
import { barriers } from '../../support/barriers.ts';
import { freshPhoto, signIn } from '../../support/people.ts';
import { makeTeam, PASSWORD } from '../../support/team.ts';
import { fileOf, joinAt, setup } from '../setup.ts';

const { acme, at, atAcme, event, open, ownerUrl } = setup();

describe('a disposable camera', () => {
  it('counts its shots, keeps its photos in the dark, and develops them all in the open page', async () => {
    const { slug } = await event({
      moderation: 'after',
      reveal_at: new Date(Date.now() + 86_400_000).toISOString(),
      settings: JSON.stringify({ camera: { shots: 2 } }),
    });
    const page = await atAcme(`/e/${slug}`);
    await joinAt(page, 'Ada');
    await page.getByText('2 of 2 left').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.locator('#choose').setInputFiles(fileOf('one.jpg', await freshPhoto()));
    await page.getByText('1 of 2 left').waitFor();
    await page.locator('#choose').setInputFiles(fileOf('two.jpg', await freshPhoto()));
    await page.getByText('Your film is full').waitFor();
    expect(await page.locator('#choose').count()).toBe(0);
    await page.locator('[data-status=approved]').nth(1).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#bar-mine').click();
    await page.locator('#mine-grid .mine-film').nth(1).waitFor();
    expect(await page.locator('#mine-grid img').count()).toBe(0);
    expect(await page.locator('#mine-grid [data-receipt=kept]').count()).toBe(2);
    expect(await barriers(page)).toEqual([]);

    const { headers } = await signIn(acme, 'admin@acme.com');
    const revealAt = new Date(Date.now() - 1_000).toISOString();
    const answer = await acme(`/api/v1/events/${slug}`, { method: 'PATCH', headers, body: { revealAt } });
    expect(answer.status).toBe(200);
    await page.getByText('The photos are developed.').waitFor();
    await page.locator('#mine-grid .develops').nth(1).waitFor();
    await page.locator('#photos .tile').nth(1).waitFor({ state: 'attached' });
  });
});

describe('the words a guest agrees to', () => {
  it('stand before the first photo, are asked once, and again when they have changed', async () => {
    const { slug: tenant, members } = await makeTeam(ownerUrl, ['admin']);
    const client = at(tenant);
    const { headers } = await signIn(client, members[0]!.email, PASSWORD);
    const write = async (text: string) => {
      const body = { texts: { en: text } };
      expect((await client('/api/v1/tenant/consent', { method: 'POST', headers, body })).status).toBe(201);
    };
    await write('We show your photos at the party.');
    const { slug } = await event({ moderation: 'after' }, tenant);
    const page = await open(`${tenant}.localhost`, `/e/${slug}`, { expects: /status of 409/ });
    await joinAt(page, 'Ada');
    await page.locator('#consent').getByText('We show your photos at the party.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.locator('label', { has: page.locator('#choose') }).click();
    await page.locator('#consent [role=alert]').waitFor();
    await page.locator('#consent-agree').click();
    await page.locator('#consent').waitFor({ state: 'detached' });
    await page.locator('#choose').setInputFiles(fileOf('one.jpg', await freshPhoto()));
    await page.locator('[data-status=approved]').waitFor();
    await page.reload();
    await page.locator('#bar-add').click();
    await page.locator('#choose').waitFor({ state: 'attached' });
    expect(await page.locator('#consent').count()).toBe(0);

    // Others than this page has shown: nothing goes before they are read, and what was chosen goes on by itself.
    await write('We show your photos at the party and in the paper.');
    await page.locator('#choose').setInputFiles(fileOf('two.jpg', await freshPhoto()));
    await page.getByText('and in the paper').waitFor();
    await page.getByText('The text has changed since you agreed.').waitFor();
    await page.locator('#consent-agree').click();
    await page.locator('[data-status=approved]').nth(1).waitFor();
  });
});
