import { describe, expect, it } from 'vitest';
import { freshPhoto, signIn } from '../../support/people.ts';
import { fileOf, joinAt, setup, soon, tileShown } from '../setup.ts';

const { acme, atAcme, event } = setup();
const staffList = async (slug: string) => {
  const staff = await signIn(acme, 'operator@acme.com');
  return (await acme(`/api/v1/photos?event=${slug}`, { headers: staff.headers })).json;
};

describe('a guest', () => {
  it('joins with a name, sends several photos, and sees each of them go its way without a reload', async () => {
    const { slug } = await event();
    const page = await atAcme(`/e/${slug}`);
    // Every state a row has had, noted in the page so that none is too quick to be seen.
    await page.evaluate(() => {
      const seen = ((window as unknown as { seen: string[] }).seen = [] as string[]);
      new MutationObserver(() => {
        for (const row of document.querySelectorAll<HTMLElement>('#files li')) {
          const state = row.dataset['upload'] ?? row.dataset['status'] ?? '';
          const bar = row.querySelector('[role=progressbar]');
          for (const one of bar ? [state, 'progress'] : [state]) if (!seen.includes(one)) seen.push(one);
        }
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await joinAt(page, 'Ada');
    const photos = await Promise.all([freshPhoto(1600, 1200), freshPhoto(900, 1200), freshPhoto()]);
    await page.locator('#choose').setInputFiles(photos.map((bytes, n) => fileOf(`party ${n}.jpg`, bytes)));
    await page.locator('[data-status=pending]').nth(2).waitFor();
    expect(await page.locator('#files li').allTextContents()).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining('Waiting for the host')),
    );
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen).toEqual(expect.arrayContaining(['sending', 'progress', 'processing', 'pending']));
    expect(seen.indexOf('sending')).toBeLessThan(seen.indexOf('processing'));
    expect(seen.indexOf('processing')).toBeLessThan(seen.indexOf('pending'));
    expect(await page.locator('#photos .tile').count()).toBe(0);
    const { items } = await staffList(slug);
    expect(items.map((one: { by: string }) => one.by)).toEqual(['Ada', 'Ada', 'Ada']);
  });

  it('who taps before the page’s script is there still gets the sheet', async () => {
    const { slug } = await event();
    const page = await atAcme(`/e/${slug}`);
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\.js(\?|$)/, async (route) => {
      await held;
      await route.continue();
    });
    await page.reload({ waitUntil: 'commit' });
    await page.locator('#bar-add').click();
    await page.waitForURL(/#add$/, { waitUntil: 'commit' });
    release();
    await page.locator('#join-name').waitFor();
    expect(await page.locator('#add').isVisible()).toBe(false);
    // A reload is no wish to send photos.
    await page.reload();
    await page.locator('#bar-mine').waitFor();
    expect(await page.locator('.sheet').count()).toBe(0);
  });

  it('sees own photos published at once where the host looks later', async () => {
    const { slug } = await event({ moderation: 'after' });
    const page = await atAcme(`/e/${slug}`);
    await joinAt(page);
    await page.locator('#choose').setInputFiles(fileOf('now.jpg', await freshPhoto()));
    const row = page.locator('[data-status=approved]');
    await row.waitFor();
    expect(await row.textContent()).toContain('Published');
    await tileShown(page, String(await row.getAttribute('data-photo')));
    await page.reload();
    await page.locator('#bar-mine').click();
    await page.locator('[data-status=approved]').waitFor();
  });

  it('is told in words what is wrong with a file, and nothing of it is sent', async () => {
    const { slug } = await event();
    const page = await atAcme(`/e/${slug}`, { expects: /status of 4(15|22)/ });
    await joinAt(page);
    await page
      .locator('#choose')
      .setInputFiles([
        fileOf('plan.pdf', Buffer.from('%PDF-1.7'), 'application/pdf'),
        fileOf('empty.jpg', Buffer.alloc(0)),
        fileOf('renamed.jpg', Buffer.from('text that calls itself a photo')),
      ]);
    const refused = page.locator('[data-upload=refused]');
    await refused.nth(2).waitFor();
    expect(await refused.allTextContents()).toEqual([
      expect.stringMatching(/plan\.pdf.*Only photos and videos/),
      expect.stringMatching(/empty\.jpg.*This file is empty/),
      expect.stringMatching(/renamed\.jpg.*(Only photos and videos|damaged)/),
    ]);
    // A file over the limit is made in the page: a test protocol does not carry 100 MB.
    await page.locator('#choose').evaluate((input: HTMLInputElement) => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([new Uint8Array(100_000_001)], 'huge.jpg', { type: 'image/jpeg' }));
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await refused.nth(3).waitFor();
    expect(await refused.nth(3).textContent()).toMatch(/huge\.jpg.*too large. A photo may have 100 MB/);
    await refused.first().getByRole('button').click();
    await soon(() => refused.count()).toBe(3);
    expect((await staffList(slug)).items).toEqual([]);
  });

  it('who sends the same photo twice still has it once', async () => {
    const { slug } = await event();
    const page = await atAcme(`/e/${slug}`);
    await joinAt(page);
    const file = fileOf('twice.jpg', await freshPhoto());
    await page.locator('#choose').setInputFiles(file);
    await page.locator('[data-status=pending]').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => request.method() !== 'GET' && asked.push(request.url()));
    await page.locator('#choose').setInputFiles({ ...file, name: 'the same under another name.jpg' });
    await page.locator('[data-upload=duplicate]', { hasText: 'You have sent this one already' }).waitFor();
    expect(asked).toEqual([]);
    expect((await staffList(slug)).items).toHaveLength(1);
  });

  it('whose upload succeeded without a word coming back sends it again, and it is not doubled', async () => {
    const { slug } = await event();
    const page = await atAcme(`/e/${slug}`, { expects: /ERR_FAILED/ });
    await joinAt(page);
    // The longest of the waits that chance allows before the second try: the shortest is over before anybody reads of it.
    await page.evaluate(() => (Math.random = () => 0.99));
    const keys: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/uploads')) keys.push(String(request.headers()['idempotency-key']));
    });
    // The server gets all of it; the answer is lost on the way back.
    const network = await page.context().newCDPSession(page);
    network.once('Fetch.requestPaused', async ({ requestId, responseStatusCode }) => {
      lost.push(responseStatusCode);
      await network.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
      await network.send('Fetch.disable');
    });
    const lost: (number | undefined)[] = [];
    await network.send('Fetch.enable', { patterns: [{ urlPattern: '*/uploads', requestStage: 'Response' }] });
    await page.locator('#choose').setInputFiles(fileOf('shaky.jpg', await freshPhoto()));
    await page.locator('[data-upload=retrying]').waitFor();
    expect(await page.locator('[data-upload=retrying]').textContent()).toContain('Trying again');
    expect(lost).toEqual([201]);
    // What became of the first may be told before the second is sent: both are one photo in the end.
    await soon(() => keys.length).toBe(2);
    await page.locator('[data-upload]').waitFor({ state: 'detached' });
    await page.locator('[data-status=pending]').waitFor();
    expect(await page.locator('[data-status]').count()).toBe(1);
    expect(keys[1]).toBe(keys[0]);
    expect((await staffList(slug)).items).toHaveLength(1);
  });

  it('deletes an own photo, may take that back, and then it is gone everywhere', async () => {
    const { slug } = await event({ moderation: 'after' });
    const page = await atAcme(`/e/${slug}`);
    const other = await atAcme(`/e/${slug}`);
    await joinAt(page);
    await page.locator('#choose').setInputFiles(fileOf('oops.jpg', await freshPhoto()));
    const row = page.locator('[data-status=approved]');
    await row.waitFor();
    const id = String(await row.getAttribute('data-photo'));
    await tileShown(other, id);
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.waitFor();
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.waitFor({ state: 'detached' });
    // Leaving the page does not save the photo: what was deleted is deleted.
    await page.goto('about:blank');
    await other.locator(`[data-id="${id}"]`).waitFor({ state: 'detached' });
    await expect.poll(async () => (await staffList(slug)).items).toEqual([]);
  });
});
