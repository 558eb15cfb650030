import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { freshPhoto, signIn } from '../../support/people.ts';
import { fileOf, joinAt, setup, soon } from '../setup.ts';

const { acme, atAcme, context, event } = setup();

const TAG = 'momentique-outbox';

/** What the host has of an event: its photos, each with all that is known of it. */
async function arrived(slug: string) {
  const { headers } = await signIn(acme, 'operator@acme.com');
  const { items } = (await acme(`/api/v1/photos?event=${slug}`, { headers })).json;
  const photos = (items as { id: string }[]).map(
    async ({ id }) => (await acme(`/api/v1/photos/${id}`, { headers })).json.photo,
  );
  return (await Promise.all(photos)).sort((one, other) => one.bytes - other.bytes);
}

/** Large enough for a copy to be worth making; what is behind a photo's end is kept and not looked at. */
async function largePhoto(bytes: number): Promise<Buffer> {
  const large = Buffer.alloc(bytes);
  large.set(await freshPhoto(2400, 1600));
  return large;
}

it('sends copies first where that was chosen, and the originals when told to, as the same photos', async () => {
  const { slug } = await event();
  const page = await atAcme(`/e/${slug}`);
  await joinAt(page, 'Ada');
  const begun: string[] = [];
  page.on('request', (request) => request.url().endsWith('/uploads') && begun.push(request.method()));
  await page.getByRole('switch', { name: 'Send faster' }).click();
  const originals = [await largePhoto(4_000_001), await largePhoto(6_000_002)];
  await page.locator('#choose').setInputFiles(originals.map((bytes, n) => fileOf(`large ${n}.jpg`, bytes)));
  await page.locator('[data-upload=copied]').nth(1).waitFor();
  await page.locator('[data-status=pending]').nth(1).waitFor();
  const copies = await arrived(slug);
  expect(copies).toEqual(
    Array.from({ length: 2 }, () =>
      expect.objectContaining({ originalState: 'awaited', type: 'image/jpeg', width: 2048, height: 1365 }),
    ),
  );

  await page.getByRole('button', { name: 'Send originals now' }).click();
  await page.locator('[data-upload]').first().waitFor({ state: 'detached' });
  await soon(async () => (await arrived(slug)).map(({ originalState }) => originalState)).toEqual([null, null]);
  expect(await arrived(slug)).toEqual(
    originals.map((bytes) =>
      expect.objectContaining({
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        width: 2400,
        height: 1600,
      }),
    ),
  );
  expect((await arrived(slug)).map(({ id }) => id).sort()).toEqual(copies.map(({ id }) => id).sort());
  expect(begun).toEqual(['POST', 'POST', 'POST', 'POST']);
  expect(await page.locator('[data-status]').count()).toBe(2);

  // Neither the copy nor the original is taken for something new.
  await page.locator('#choose').setInputFiles(fileOf('again.jpg', originals[0]!));
  await page.locator('[data-upload=duplicate]', { hasText: 'You have sent this one already' }).waitFor();
});

it('goes on in the background when the network is back and no page is open', async () => {
  const { slug } = await event();
  const phone = await context();
  // Headless browsers keep no wishes for the background: that the page has one is noted, and granted below.
  await phone.addInitScript(() => {
    const manager = (window as unknown as { SyncManager?: { prototype: { register(tag: string): unknown } } })
      .SyncManager;
    if (!manager) return;
    const { register } = manager.prototype;
    manager.prototype.register = function (tag: string) {
      localStorage.setItem('wished', tag);
      return register.call(this, tag);
    };
  });
  const visit = () => atAcme(`/e/${slug}`, { context: phone, expects: /ERR_|Failed to load resource/ });
  let page = await visit();
  await joinAt(page, 'Ada');
  await page.locator('#choose').setInputFiles(fileOf('first.jpg', await freshPhoto()));
  await page.locator('[data-status=pending]').waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  // What goes out stops in the middle, on this visit and on the next.
  await phone.route('**/uploads', () => undefined);
  await page
    .locator('#choose')
    .setInputFiles([fileOf('second.jpg', await freshPhoto()), fileOf('third.jpg', await freshPhoto())]);
  await page.locator('[data-upload=sending]').nth(1).waitFor();
  await page.close();
  page = await visit();
  await page.locator('#bar-add').click();
  await page.locator('[data-upload=sending]').nth(1).waitFor();
  await page.evaluate(() => localStorage.removeItem('wished'));
  await phone.setOffline(true);

  const nowhere = await phone.newPage();
  const browser = await phone.newCDPSession(nowhere);
  const registered = new Promise<string>((resolve) =>
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL.includes(slug) && !isDeleted);
      if (own) resolve(own.registrationId);
    }),
  );
  await browser.send('ServiceWorker.enable');
  const registrationId = await registered;
  const origin = new URL(page.url()).origin;
  await page.close();
  expect(await arrived(slug)).toHaveLength(1);
  await phone.unroute('**/uploads');
  await phone.setOffline(false);
  await browser.send('ServiceWorker.dispatchSyncEvent', {
    origin,
    registrationId,
    tag: TAG,
    lastChance: false,
  });
  await soon(async () => (await arrived(slug)).length).toBe(3);
  expect(phone.pages()).toEqual([nowhere]);

  const again = await atAcme(`/e/${slug}`, { context: phone });
  await again.locator('#bar-add').click();
  await again.locator('#choose').waitFor({ state: 'attached' });
  expect(await again.evaluate(() => localStorage.getItem('wished'))).toBe(TAG);
  expect(await again.locator('[data-upload]').count()).toBe(0);
  await again.keyboard.press('Escape');
  await again.locator('#bar-mine').click();
  await again.locator('#mine-grid [data-photo]').nth(2).waitFor();
});
