import { createHash } from 'node:crypto';
import type Uppy from '@uppy/core';
import type Tus from '@uppy/tus';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { Upload } from 'tus-js-client';
import { beforeAll, expect, it } from 'vitest';
import { originalsOf } from '../../support/arrivals.ts';
import { freshPhoto, signIn } from '../../support/people.ts';
import { root } from '../../support/processes.ts';
import { joinAt, setup } from '../setup.ts';

const { acme, atAcme, event } = setup();

/** Each in several pieces, far below what a request may carry. */
const BYTES = 2_600_001;
const PIECE = 400_000;

interface Clients {
  Upload: typeof Upload;
  Uppy: typeof Uppy;
  Tus: typeof Tus;
}
/** What the page has: the clients as they are installed, and the files that they send. */
type Scope = typeof globalThis & { clients: Clients; chosen: File[] };

let script = '';
beforeAll(async () => {
  const contents = `
    export { Upload } from 'tus-js-client';
    export { default as Uppy } from '@uppy/core';
    export { default as Tus } from '@uppy/tus';`;
  const bundled = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'clients',
    platform: 'browser',
    logLevel: 'warning',
  });
  script = bundled.outputFiles[0]!.text;
});

/** A guest's page with the clients, and two photos with much behind their end, which is kept and not looked at. */
async function ready(expects?: RegExp) {
  const { slug } = await event();
  const page = await atAcme(`/e/${slug}`, { bypassCSP: true, ...(expects ? { expects } : {}) });
  await joinAt(page, 'Ada');
  await page.keyboard.press('Escape');
  await page.addScriptTag({ content: script });
  const photos = await Promise.all([freshPhoto(), freshPhoto()]);
  const whole = photos.map((photo) => {
    const bytes = Buffer.alloc(BYTES);
    bytes.set(photo);
    return bytes;
  });
  await page.evaluate(
    ({ encoded, length }) => {
      (globalThis as Scope).chosen = encoded.map((text, n) => {
        const start = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
        return new File([start, new Uint8Array(length - start.length)], `party ${n}.jpg`, { type: 'image/jpeg' });
      });
    },
    { encoded: photos.map((photo) => Buffer.from(photo).toString('base64')), length: BYTES },
  );
  const asked: { method: string; offset: number }[] = [];
  page.on('request', (request) => {
    if (!request.url().includes('/uploads')) return;
    asked.push({ method: request.method(), offset: Number(request.headers()['upload-offset'] ?? -1) });
  });
  const refused: { method: string; status: number }[] = [];
  page.on('response', (response) => {
    if (!response.url().includes('/uploads') || response.ok()) return;
    refused.push({ method: response.request().method(), status: response.status() });
  });
  return { slug, page, asked, refused, endpoint: `/api/v1/events/${slug}/uploads`, sums: whole.map(sumOf).sort() };
}

const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The guest finds both among the own photos, and the host has them to the last byte. */
async function expectArrived(page: Page, slug: string, sums: string[]): Promise<void> {
  await page.locator('#bar-mine').click();
  await page.locator('#mine-grid [data-photo]').nth(1).waitFor();
  const { headers } = await signIn(acme, 'admin@acme.com');
  expect(await originalsOf(acme, slug, headers)).toEqual(sums);
}

it('Uppy sends two photos in pieces', async () => {
  const { slug, page, asked, endpoint, sums } = await ready();
  const result = await page.evaluate(
    async ({ address, chunkSize }) => {
      const { clients, chosen } = globalThis as Scope;
      const uppy = new clients.Uppy().use(clients.Tus, { endpoint: address, chunkSize });
      for (const file of chosen) uppy.addFile({ name: file.name, type: file.type, data: file });
      const ended = await uppy.upload();
      return { sent: ended?.successful?.length, failed: ended?.failed?.map(({ error }) => error) };
    },
    { address: endpoint, chunkSize: PIECE },
  );
  expect(result).toEqual({ sent: 2, failed: [] });
  expect(asked.filter(({ method }) => method === 'PATCH')).toHaveLength(2 * Math.ceil(BYTES / PIECE));
  await expectArrived(page, slug, sums);
});

it('tus-js-client is paused in the middle of each of two photos, and goes on from there', async () => {
  const { slug, page, asked, refused, endpoint, sums } = await ready(/status of 409/);
  const paused = await page.evaluate(
    async ({ address, chunkSize }) => {
      const { clients, chosen } = globalThis as Scope;
      const ends = chosen.map(
        (file) =>
          new Promise<number>((resolve, reject) => {
            let at = 0;
            const upload = new clients.Upload(file, {
              endpoint: address,
              chunkSize,
              metadata: { filename: file.name, filetype: file.type },
              onChunkComplete(_piece, accepted) {
                if (at || accepted < 2 * chunkSize) return;
                at = accepted;
                // By then the next piece is on its way.
                setTimeout(() => void upload.abort().then(() => upload.start(), reject));
              },
              onSuccess: () => resolve(at),
              onError: reject,
            });
            upload.start();
          }),
      );
      return Promise.all(ends);
    },
    { address: endpoint, chunkSize: PIECE },
  );
  expect(paused).toEqual([2 * PIECE, 2 * PIECE]);
  const methods = asked.map(({ method }) => method);
  expect(methods.filter((one) => one === 'POST')).toHaveLength(2);
  // Each asks once where it was. A piece that was let go of may arrive behind that question, and the next one is refused
  // for it: then, and only then, it asks once more.
  expect(methods.filter((one) => one === 'HEAD')).toHaveLength(2 + refused.length);
  expect(refused).toEqual(refused.map(() => ({ method: 'PATCH', status: 409 })));
  const from = methods.indexOf('HEAD');
  const later = asked.slice(from).filter(({ method, offset }) => method === 'PATCH' && offset < PIECE);
  expect(later).toEqual([]);
  await expectArrived(page, slug, sums);
});
