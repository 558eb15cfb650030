import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { locatedTiff, secretsIn } from '../../support/located-files.ts';
import { concatBytes, jpegSegment } from '../../support/images.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { begin } from '../../support/tus.ts';
import { setup } from '../setup.ts';

const { acme, event } = setup();
const owner = await signIn(acme, 'admin@acme.com');
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A photo that names its place, and the smaller copy that a browser makes of it. */
async function pair() {
  const plain = await freshPhoto(2400, 1600);
  const exif = jpegSegment(0xe1, concatBytes(Buffer.from('Exif\0\0'), locatedTiff(1, true)));
  const original = concatBytes(plain.subarray(0, 2), exif, plain.subarray(2));
  const copy = new Uint8Array(await sharp(original).resize(1200).jpeg().toBuffer());
  return { original, copy };
}

it('a copy is shown and given out until its original has come, by either way of sending, and then that', async () => {
  const { slug } = await event({ moderation: 'after' });
  const guest = await join(acme, slug);
  const { original, copy } = await pair();
  const tus = (bytes: Uint8Array, metadata: Record<string, string>) =>
    begin(acme, slug, guest, {
      length: bytes.length,
      body: bytes,
      metadata: { filetype: 'image/jpeg', sha256: sha256Of(bytes), ...metadata },
      headers: { prefer: 'return=representation' },
    });
  const first = await tus(copy, { stands: 'copy' });
  expect([first.status, first.json.photo.copy], first.text).toEqual([201, true]);
  const { id } = first.json.photo;
  const photo = await untilStatus(acme, slug, guest, id, 'approved');
  const given = async () => sha256Of((await acme(photo.original)).bytes);
  const seen = async () => (await acme(`/api/v1/photos/${id}`, { headers: owner.headers })).json.photo;
  const received = async () =>
    sha256Of((await acme(`${photo.original}?as=received`, { headers: owner.headers })).bytes);
  expect([await given(), await received(), (await seen()).originalState]).toEqual([
    sha256Of(copy),
    sha256Of(copy),
    'awaited',
  ]);

  const both = await tus(copy, { stands: 'copy', original: id });
  expect([both.status, both.json.code]).toEqual([400, 'request.invalid']);
  const square = await tus(await freshPhoto(900, 900), { original: id });
  expect([square.status, square.json.code ?? square.json.problem?.code]).toContain('photo.original_mismatch');

  const second = await tus(original, { original: id });
  expect([second.status, second.json.photo?.id, second.json.photo?.copy], second.text).toEqual([201, id, false]);
  expect(await received()).toBe(sha256Of(original));
  await expect.poll(async () => (await seen()).originalState, { timeout: 20_000 }).toBeNull();
  expect(await seen()).toMatchObject({ width: 2400, height: 1600, location: 'removed', sha256: sha256Of(original) });
  const { bytes, headers } = await acme(photo.original);
  expect([bytes.length, secretsIn(bytes), secretsIn(original).length > 0]).toEqual([original.length, [], true]);
  expect(headers['etag']).toBe(`"${sha256Of(bytes)}"`);
  const again = await send(acme, slug, guest, original);
  expect([again.status, again.json.photo.id]).toEqual([200, id]);
});
