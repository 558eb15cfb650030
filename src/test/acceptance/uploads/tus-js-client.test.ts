import { createHash } from 'node:crypto';
import { Upload, type UploadOptions } from 'tus-js-client';
import { expect, it } from 'vitest';
import { freshPhoto, join, type Guest } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, event, port } = setup();

/** The client as it is installed. Node does not resolve `*.localhost`, so that the host is named apart. */
function uploadOf(slug: string, guest: Guest, bytes: Uint8Array, options: Partial<UploadOptions>) {
  let upload: Upload | undefined;
  const done = new Promise<Upload>((resolve, reject) => {
    upload = new Upload(Buffer.from(bytes), {
      endpoint: `http://127.0.0.1:${port}/api/v1/events/${slug}/uploads`,
      headers: { host: acme.host, authorization: `Bearer ${guest.token}` },
      metadata: { filename: 'party.jpg', filetype: 'image/jpeg' },
      retryDelays: [0, 100, 500],
      onError: reject,
      onSuccess: () => resolve(upload as Upload),
      ...options,
    });
  });
  return { upload: upload as unknown as Upload, done };
}

/** A photo with much behind its end, which is kept and not looked at. */
async function largePhoto(bytes: number): Promise<Uint8Array> {
  const large = new Uint8Array(bytes);
  large.set(await freshPhoto());
  return large;
}

const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function expectPhoto(slug: string, guest: Guest, bytes: Uint8Array): Promise<void> {
  const mine = await acme(`/api/v1/events/${slug}/mine`, { headers: guest.headers });
  expect(mine.json.items).toHaveLength(1);
  const staff = await acme('/api/v1/auth/login', {
    method: 'POST',
    body: { email: 'admin@acme.com', password: 'password123' },
  });
  const photo = await acme(`/api/v1/photos/${mine.json.items[0].id}`, {
    headers: { authorization: `Bearer ${staff.json.accessToken}` },
  });
  expect(photo.json.photo).toMatchObject({ sha256: shaOf(bytes), bytes: bytes.length });
}

it.each([
  ['in chunks', { chunkSize: 2_000_000 }],
  ['with its creation', { chunkSize: 3_000_000, uploadDataDuringCreation: true }],
  ['as one endless PATCH', {}],
  ['with POST for every method', { chunkSize: 5_000_000, overridePatchMethod: true }],
] as [string, Partial<UploadOptions>][])('tus-js-client sends a photo %s', async (_how, options) => {
  const { slug } = await event();
  const guest = await join(acme, slug);
  const bytes = await largePhoto(7_000_001);
  const { upload, done } = uploadOf(slug, guest, bytes, options);
  upload.start();
  await done;
  await expectPhoto(slug, guest, bytes);
});

it('tus-js-client pauses and resumes, and another one carries on from its address', async () => {
  const { slug } = await event();
  const guest = await join(acme, slug);
  const bytes = await largePhoto(9_000_000);
  const paused = Promise.withResolvers<void>();
  const { upload } = uploadOf(slug, guest, bytes, {
    chunkSize: 1_000_000,
    onProgress: (sent) => {
      if (sent > 3_500_000) paused.resolve();
    },
  });
  upload.start();
  await paused.promise;
  await upload.abort();
  expect(upload.url).toBeTruthy();
  const accepted: number[] = [];
  const second = uploadOf(slug, guest, bytes, {
    chunkSize: 1_000_000,
    uploadUrl: upload.url,
    onChunkComplete: (_size, sent) => accepted.push(sent),
  });
  second.upload.start();
  await second.done;
  expect(accepted[0]).toBeGreaterThan(3_000_000);
  await expectPhoto(slug, guest, bytes);
});

it('tus-js-client ends what it has begun', async () => {
  const { slug } = await event();
  const guest = await join(acme, slug);
  const bytes = await largePhoto(4_000_000);
  const begun = Promise.withResolvers<void>();
  const { upload } = uploadOf(slug, guest, bytes, { chunkSize: 500_000, onChunkComplete: () => begun.resolve() });
  upload.start();
  await begun.promise;
  await upload.abort(true);
  const mine = await acme(`/api/v1/events/${slug}/mine`, { headers: guest.headers });
  expect(mine.json.items).toEqual([]);
});
