import { describe, expect, it } from 'vitest';
import { DESK, setup } from '../setup.ts';

const { acme, at, atAcme, open, port } = setup();

describe('each host', () => {
  it('shows its own tenant: nothing of Acme’s is at TechStart', async () => {
    const page = await open('techstart.localhost', '/');
    expect(await page.locator('body').textContent()).not.toMatch(/Acme|Launch Party|Board Dinner/);
    expect(await page.locator('.card').allTextContents()).toEqual([expect.stringContaining('Demo Day')]);
    const published = await acme('/api/v1/events/launch-party/photos?limit=1');
    const photo = published.json.items[0].renditions[0].url;
    expect((await acme(photo)).status).toBe(200);
    const techstart = at('techstart');
    for (const path of ['/e/launch-party', '/e/launch-party/wall', '/e/board-dinner', photo]) {
      expect([path, (await techstart(path)).status]).toEqual([path, 404]);
    }
  });

  it('is a plain 404 where nobody lives', async () => {
    const page = await open('nobody.localhost', '/e/launch-party', { expects: /404/ });
    expect(await page.locator('body').textContent()).toBe('Not found\n');
  });

  it('says so when its tenant is not active yet', async () => {
    const page = await open('demo-company.localhost', '/', { expects: /403/ });
    expect(await page.locator('h1').textContent()).toBe('Not active yet');
    expect(await page.locator('main').textContent()).toContain('Demo Company');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'))).toBe(
      '#7a3cff',
    );
  });

  it('without a tenant lists what runs here, with links that work and sign-ins', async () => {
    const page = await open('localhost', '/', { viewport: DESK });
    expect(await page.locator('table').textContent()).toContain('admin@acme.com');
    expect(await page.locator('pre').textContent()).toContain('127.0.0.1 acme.localhost techstart.localhost');
    await page.getByRole('link', { name: 'Launch Party' }).click();
    expect(page.url()).toBe(`http://acme.localhost:${port}/e/launch-party`);
    await page.locator('.tile').first().waitFor();
  });
});

describe('an event with a PIN', () => {
  it('shows its door only, says when the PIN is wrong, and lets in whoever has it', async () => {
    const page = await atAcme('/e/board-dinner', { expects: /403/ });
    expect(await page.locator('h1').textContent()).toBe('Board Dinner');
    expect(await page.locator('#photos, #bar-add').count()).toBe(0);
    // What a link from another device needs, and nothing of the event that is not in the address.
    expect(JSON.parse((await page.locator('#boot').textContent())!)).toEqual({
      event: { slug: 'board-dinner' },
      locale: 'en',
      home: '/e/board-dinner',
    });
    await page.locator('#pin').fill('1111');
    await page.locator('button[type=submit]').click();
    await page.locator('#pin-error').waitFor();
    expect(await page.locator('#pin-error').textContent()).toContain('That PIN is not right');
    expect(await page.locator('#pin').getAttribute('aria-invalid')).toBe('true');
    await page.locator('#pin').fill('2468');
    await page.locator('#name').fill('Ada');
    await page.locator('button[type=submit]').click();
    await page.locator('#photos').waitFor({ state: 'attached' });
    // The session is this event's: the sheet asks for no name and no PIN any more.
    await page.locator('#bar-add').click();
    await page.locator('#choose').waitFor({ state: 'attached' });
    await page.goto(`${acme.origin}/e/board-dinner/wall`);
    await page.locator('.code-square svg').waitFor();
    const stranger = await atAcme('/e/board-dinner/wall');
    expect(await stranger.locator('#pin').count()).toBe(1);
  });
});
