import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { freshPhoto, join, untilStatus } from '../../support/people.ts';
import { begin, beginAt, head, patch, receipt } from '../../support/tus.ts';
import { setup } from '../setup.ts';

const { acme, event } = setup();

it('a photo that comes in pieces is received, prepared and waits for the host like any other', async () => {
  const { slug } = await event();
  const guest = await join(acme, slug);
  const bytes = await freshPhoto();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const address = await beginAt(acme, slug, guest, {
    length: bytes.length,
    metadata: { filename: 'a.jpg', filetype: 'image/jpeg', caption: 'Cheers', sha256 },
  });
  const half = Math.floor(bytes.length / 2);
  const first = await patch(acme, address, guest, 0, bytes.subarray(0, half));
  expect([first.status, first.headers['upload-offset'], first.text]).toEqual([204, String(half), '']);
  expect((await receipt(acme, address, guest)).json).toMatchObject({
    upload: { status: 'receiving', offset: half, length: bytes.length },
    photo: null,
    problem: null,
  });
  const known = await head(acme, address, guest);
  expect([known.status, known.headers['upload-offset'], known.headers['upload-length']]).toEqual([
    200,
    String(half),
    String(bytes.length),
  ]);
  const last = await patch(acme, address, guest, half, bytes.subarray(half), { prefer: 'return=representation' });
  expect(last.status, last.text).toBe(200);
  expect(last.json).toMatchObject({ upload: { status: 'done', offset: bytes.length }, problem: null });
  expect(last.json.photo).toMatchObject({ status: 'processing', caption: 'Cheers' });
  await untilStatus(acme, slug, guest, last.json.photo.id, 'pending');
  expect((await receipt(acme, address, guest)).json.photo).toMatchObject({
    id: last.json.photo.id,
    status: 'pending',
    width: 640,
  });
});

it('a small photo comes with its creation in one request, and the receipt with the answer', async () => {
  const { slug } = await event();
  const guest = await join(acme, slug);
  const bytes = await freshPhoto();
  const answer = await begin(acme, slug, guest, {
    length: bytes.length,
    body: bytes,
    headers: { prefer: 'return=representation', 'idempotency-key': 'one' },
  });
  expect(answer.status, answer.text).toBe(201);
  expect(answer.headers['upload-offset']).toBe(String(bytes.length));
  expect(answer.json).toMatchObject({ upload: { status: 'done' }, photo: { status: 'processing' } });
  const again = await begin(acme, slug, guest, {
    length: bytes.length,
    body: bytes,
    headers: { prefer: 'return=representation', 'idempotency-key': 'one' },
  });
  expect([again.status, again.json.photo.id]).toEqual([201, answer.json.photo.id]);
});
