import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { freshPhoto, join } from '../../support/people.ts';
import { begin, beginAt, patch } from '../../support/tus.ts';
import { setup } from '../setup.ts';

const { acme, event } = setup();
/** More than the buffers of a connection hold: whoever refuses it unread cuts the sender off. */
const LONG = randomBytes(8_000_000);

it('whoever is still sending hears why they are refused, wherever that is decided', async () => {
  const { slug } = await event();
  const [guest, other] = await Promise.all([join(acme, slug), join(acme, slug)]);
  const address = await beginAt(acme, slug, guest, { length: 20_000_000 });
  const full = await beginAt(acme, slug, guest, { length: 4_000_000 });
  const photos = `/api/v1/events/${slug}/photos`;
  const type = { 'content-type': 'image/jpeg' };
  for (let round = 0; round < 3; round += 1) {
    const another = await beginAt(acme, slug, other, { length: 20_000_000 });
    const answers = {
      'nobody sends a photo': await acme(photos, { method: 'POST', headers: type, body: LONG }),
      'no photo': await acme(photos, { method: 'POST', headers: { ...guest.headers, ...type }, body: LONG }),
      'no photo, in pieces': await patch(acme, another, other, 0, LONG),
      'another offset': await patch(acme, address, guest, 77, LONG),
      'longer than announced': await patch(acme, full, guest, 0, LONG),
      'of another guest': await patch(acme, address, other, 0, LONG),
      'another version': await patch(acme, address, guest, 0, LONG, { 'tus-resumable': '0.2.2' }),
      'no bytes by type': await begin(acme, slug, guest, {
        length: LONG.length,
        body: LONG,
        headers: { 'content-type': 'text/plain' },
      }),
      'a name, too long': await acme(`/api/v1/events/${slug}/session`, {
        method: 'POST',
        body: { name: 'a'.repeat(8e6) },
      }),
    };
    expect(Object.entries(answers).map(([name, { status, json }]) => `${name}: ${status} ${json?.code}`)).toEqual([
      'nobody sends a photo: 401 auth.required',
      'no photo: 415 photo.unsupported_type',
      'no photo, in pieces: 415 photo.unsupported_type',
      'another offset: 409 upload.offset_mismatch',
      'longer than announced: 413 request.too_large',
      'of another guest: 404 upload.not_found',
      'another version: 412 upload.version',
      'no bytes by type: 415 request.unsupported_media_type',
      'a name, too long: 413 request.too_large',
    ]);
  }
  const bytes = await freshPhoto();
  const own = await beginAt(acme, slug, guest, { length: bytes.length });
  expect((await patch(acme, own, guest, 0, bytes)).status).toBe(204);
});
