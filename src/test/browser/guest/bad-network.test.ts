import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { layCable } from '../../support/cable.ts';
import { originalsOf } from '../../support/arrivals.ts';
import { freshPhoto, signIn } from '../../support/people.ts';
import { fileOf, joinAt, setup, soon } from '../setup.ts';

const { acme, atAcme, context, event } = setup();

const AWAY = /ERR_|Failed to load resource|WebSocket connection/;
const BAD = { offline: false, latency: 400, downloadThroughput: 250_000, uploadThroughput: 1_500_000 };

const arrived = async (slug: string): Promise<string[]> =>
  originalsOf(acme, slug, (await signIn(acme, 'operator@acme.com')).headers);

async function photo(bytes: number): Promise<Buffer> {
  const padded = Buffer.alloc(bytes);
  padded.set(await freshPhoto(64, 48));
  return padded;
}

/** In which order the files were begun, by the names that travel with them. */
function beginnings(page: Page): () => string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    const [, name] = /filename ([\w+/=]+)/.exec(request.headers()['upload-metadata'] ?? '') ?? [];
    if (request.method() === 'POST' && name) names.push(Buffer.from(name, 'base64').toString());
  });
  return () => names.filter((name, n) => names.indexOf(name) === n);
}

/** A slow network, and answers that the server has given and that go wrong on their way: the first and the third. */
async function badNetwork(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', BAD);
  let answers = 0;
  session.on('Fetch.requestPaused', ({ requestId }) => {
    answers += 1;
    const done =
      answers === 1
        ? session.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' })
        : answers === 3
          ? session.send('Fetch.fulfillRequest', { requestId, responseCode: 502 })
          : session.send('Fetch.continueRequest', { requestId });
    // The page may have been closed, or have given it up.
    done.catch(() => undefined);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*/uploads*', requestStage: 'Response' }] });
}

it('gets everything there, once, byte for byte and in order, and says what goes on', async () => {
  const { slug } = await event();
  const cable = await layCable();
  onTestFinished(() => cable.close());
  const phone = await context({ hasTouch: true, isMobile: true, proxy: { server: cable.url } });
  const page = await atAcme(`/e/${slug}`, { context: phone, expects: AWAY });
  await joinAt(page, 'Ada');
  const begun = beginnings(page);
  await badNetwork(page);
  // The last one goes in two pieces.
  const photos = await Promise.all([80_000, 90_000, 100_000, 110_000, 5_400_000].map(photo));
  const names = photos.map((_bytes, n) => `party ${n + 1}.jpg`);
  await page.locator('#choose').setInputFiles(photos.map((bytes, n) => fileOf(names[n]!, bytes)));
  await page.locator('#batch-said', { hasText: 'of 5 sent' }).waitFor();
  await page.locator('[data-upload=retrying]', { hasText: /Bad connection\. Trying again in \d+ s/ }).waitFor();

  // In the middle of the large one every connection dies, and no new one comes through.
  const large = page.locator('[data-upload]', { hasText: names[4]! });
  await large.getByText(/Sending, [2-9]\d %/).waitFor();
  cable.cut();
  await large.getByText('Bad connection').waitFor();
  expect(await page.locator('#keep-hint').textContent()).toContain('goes on when you open the page again');
  expect((await arrived(slug)).length).toBeLessThan(5);
  cable.mend();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));

  // Said for a moment, before the last of them is prepared.
  await page.getByText('All photos sent').waitFor();
  await page.locator('[data-status=pending]').nth(4).waitFor();
  await soon(() => page.locator('[data-upload]').count()).toBe(0);
  const digests = photos.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  expect(await arrived(slug)).toEqual(digests.sort());
  expect(begun()).toEqual(names);
});
