import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { freshPhoto, join } from '../../support/people.ts';
import { begin, beginAt, head, metadataOf, patch, receipt, TUS } from '../../support/tus.ts';
import { setup } from '../setup.ts';

/* tus 1.0, statement by statement: https://tus.io/protocols/resumable-upload */

const { acme, techstart, event } = setup();
const { slug, id: eventId } = await event();
const guest = await join(acme, slug);
const photo = await freshPhoto();
const { length } = photo;
const fresh = (more: Partial<Parameters<typeof begin>[3]> = {}) => beginAt(acme, slug, guest, { length, ...more });

describe('core', () => {
  it('OPTIONS says what is spoken here, to anyone and without a version', async () => {
    for (const path of [`/api/v1/events/${slug}/uploads`, `/api/v1/events/${slug}/uploads/any`]) {
      const answer = await acme(path, { method: 'OPTIONS' });
      expect(answer.status).toBe(204);
      expect(answer.headers).toMatchObject({
        'tus-resumable': '1.0.0',
        'tus-version': '1.0.0',
        'tus-max-size': '1000000000',
        'tus-extension': 'creation,creation-with-upload,termination,expiration,checksum',
        'tus-checksum-algorithm': 'sha1,sha256',
      });
    }
  });

  it('HEAD says offset and length, also at 0, and is not to be kept', async () => {
    const answer = await head(acme, await fresh(), guest);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'upload-offset': '0',
      'upload-length': String(length),
      'cache-control': 'no-store',
      'tus-resumable': '1.0.0',
    });
  });

  it('PATCH takes bytes at the offset, answers 204 and the new one', async () => {
    const address = await fresh();
    const first = await patch(acme, address, guest, 0, photo.subarray(0, 1000));
    expect([first.status, first.headers['upload-offset'], first.headers['tus-resumable']]).toEqual([
      204,
      '1000',
      '1.0.0',
    ]);
    expect((await head(acme, address, guest)).headers['upload-offset']).toBe('1000');
    expect((await patch(acme, address, guest, 1000, new Uint8Array())).headers['upload-offset']).toBe('1000');
  });

  it.each([0, 999, 1001, 5_000_000])(
    'PATCH at another offset (%i) is a conflict and changes nothing',
    async (offset) => {
      const address = await fresh();
      await patch(acme, address, guest, 0, photo.subarray(0, 1000));
      const answer = await patch(acme, address, guest, offset, photo.subarray(0, 10));
      expect([answer.status, answer.json.code]).toEqual([409, 'upload.offset_mismatch']);
      expect((await head(acme, address, guest)).headers['upload-offset']).toBe('1000');
    },
  );

  it.each([
    [{ 'content-type': 'image/jpeg' }, 415, 'request.unsupported_media_type'],
    [{ 'upload-offset': '-1' }, 400, 'request.invalid'],
    [{ 'upload-offset': '1e3' }, 400, 'request.invalid'],
    [{ 'upload-offset': '9'.repeat(40) }, 400, 'request.invalid'],
    [{ 'tus-resumable': '0.2.2' }, 412, 'upload.version'],
    [{ 'tus-resumable': '' }, 412, 'upload.version'],
  ])('PATCH with %j is refused and changes nothing', async (headers, status, code) => {
    const address = await fresh();
    const answer = await patch(acme, address, guest, 0, photo.subarray(0, 10), headers as Record<string, string>);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers['tus-resumable']).toBe('1.0.0');
    expect(answer.headers['tus-version']).toBe(status === 412 ? '1.0.0' : undefined);
    expect((await head(acme, address, guest)).headers['upload-offset']).toBe('0');
  });

  it.each(['HEAD', 'PATCH', 'DELETE'])('%s of what is not there is 404', async (method) => {
    for (const upload of ['00000000-0000-4000-8000-000000000000', 'not-an-id', '%00', 'a'.repeat(90)]) {
      const answer = await acme(`/api/v1/events/${slug}/uploads/${upload}`, {
        method,
        headers: { ...TUS, ...guest.headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
      });
      expect(answer.status).toBe(404);
      expect(answer.headers['tus-resumable']).toBe('1.0.0');
    }
  });

  it('X-HTTP-Method-Override makes a POST another method', async () => {
    const address = await fresh();
    const as = (method: string, headers = {}, body?: Uint8Array) =>
      acme(address, {
        method: 'POST',
        headers: { ...TUS, ...guest.headers, 'x-http-method-override': method, ...headers },
        ...(body ? { body } : {}),
      });
    const bytes = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    expect((await as('PATCH', bytes, photo.subarray(0, 100))).headers['upload-offset']).toBe('100');
    expect((await as('HEAD')).headers['upload-offset']).toBe('100');
    expect((await as('DELETE')).status).toBe(204);
    expect((await as('HEAD')).status).toBe(404);
    expect((await as('PURGE')).status).toBe(405);
    // A link must never be a write.
    const link = await acme(await fresh(), { headers: { ...guest.headers, 'x-http-method-override': 'DELETE' } });
    expect([link.status, link.json.upload.status]).toEqual([200, 'receiving']);
  });
});

describe('creation', () => {
  it('answers 201 with the address, by the event’s id, and when it expires', async () => {
    const answer = await begin(acme, slug, guest, { length });
    expect([answer.status, answer.text]).toEqual([201, '']);
    expect(answer.headers['location']).toMatch(new RegExp(`^/api/v1/events/${eventId}/uploads/[0-9a-f-]{36}$`));
    expect(answer.headers['upload-offset']).toBeUndefined();
    const expires = Date.parse(String(answer.headers['upload-expires']));
    expect(expires - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect(expires - Date.now()).toBeLessThan(24.1 * 3_600_000);
  });

  it.each([
    [{ 'upload-length': '' }, 400],
    [{ 'upload-length': '-5' }, 400],
    [{ 'upload-length': '12.5' }, 400],
    [{ 'upload-defer-length': '1' }, 400],
    [{ 'upload-concat': 'partial' }, 400],
    [{ 'upload-length': '0' }, 400],
    [{ 'upload-length': '1000000001' }, 413],
    [{ 'tus-resumable': '2.0.0' }, 412],
    [{ 'idempotency-key': 'ä' }, 400],
    [{ 'upload-metadata': 'filename' + ' a'.repeat(2) }, 400],
    [{ 'upload-metadata': 'filename %%%' }, 400],
    [{ 'upload-metadata': 'a YQ==,a YQ==' }, 400],
    [{ 'upload-metadata': `a ${'A'.repeat(9000)}` }, 400],
    [{ 'upload-metadata': metadataOf({ sha256: 'xyz' }) }, 400],
    [{ 'upload-metadata': metadataOf({ previewbytes: '99999999' }) }, 400],
    [{ 'upload-metadata': metadataOf({ previewbytes: '1000000' }) }, 400],
    [{ 'upload-metadata': metadataOf({ caption: 'x'.repeat(301) }) }, 400],
    [{ 'upload-metadata': metadataOf({ location: 'everywhere' }) }, 400],
    [{ 'upload-metadata': metadataOf({ original: '../1' }) }, 400],
    [{ 'upload-metadata': metadataOf({ filetype: 'text/plain' }) }, 415],
    [{ 'upload-metadata': metadataOf({ filetype: 'image/jpeg' }), 'upload-length': '101000000' }, 413],
  ])('with %j is refused', async (headers, status) => {
    const answer = await begin(acme, slug, guest, { length, headers: headers as unknown as Record<string, string> });
    expect(answer.status, answer.text).toBe(status);
    expect(answer.json.detail).toBeTruthy();
    expect(answer.headers['tus-resumable']).toBe('1.0.0');
    expect(answer.headers['location']).toBeUndefined();
  });

  it.each([
    '../../etc/passwd',
    'C:\\photos\\party.jpg',
    '🎉👩‍👩‍👧 party.jpg',
    'party\u202Egpj.exe',
    'صورة الحفل.jpg',
    'n'.repeat(300),
    'a\nb\0c.jpg',
    '',
  ])('keeps the name %j to itself and gives it back as it came', async (filename) => {
    const address = await fresh({ metadata: { filename, filetype: 'image/jpeg', unknown: 'x' } });
    const answer = await head(acme, address, guest);
    expect(answer.headers['upload-metadata']).toBe(metadataOf({ filename, filetype: 'image/jpeg', unknown: 'x' }));
    expect((await acme(address, { method: 'DELETE', headers: { ...TUS, ...guest.headers } })).status).toBe(204);
  });

  it('with upload takes the first bytes at once, of the right type only', async () => {
    const part = photo.subarray(0, 500);
    const answer = await begin(acme, slug, guest, { length, body: part });
    expect([answer.status, answer.headers['upload-offset']]).toEqual([201, '500']);
    const other = await begin(acme, slug, guest, { length, body: part, headers: { 'content-type': 'image/jpeg' } });
    expect([other.status, other.json.code]).toEqual([415, 'request.unsupported_media_type']);
    const longer = await begin(acme, slug, guest, { length: 100, body: part });
    expect([longer.status, longer.json.code]).toEqual([413, 'request.too_large']);
    await patch(acme, String(answer.headers['location']), guest, 500, photo.subarray(500));
    expect((await receipt(acme, String(answer.headers['location']), guest)).json.upload.status).toBe('done');
  });

  it('with the same Idempotency-Key is the same upload, also when it is done; another one is refused', async () => {
    const bytes = await freshPhoto();
    const key = { 'idempotency-key': 'the-same' };
    const first = await fresh({ length: bytes.length, headers: key });
    expect(await fresh({ length: bytes.length, headers: key })).toBe(first);
    await patch(acme, first, guest, 0, bytes.subarray(0, 700));
    const again = await begin(acme, slug, guest, { length: bytes.length, headers: key, body: bytes });
    expect([again.headers['location'], again.headers['upload-offset']]).toEqual([first, '700']);
    for (const other of [{ length: bytes.length + 1 }, { length: bytes.length, metadata: { caption: 'new' } }]) {
      const answer = await begin(acme, slug, guest, { ...other, headers: key });
      expect([answer.status, answer.json.code]).toEqual([422, 'idempotency.mismatch']);
    }
    await patch(acme, first, guest, 700, bytes.subarray(700));
    const done = await begin(acme, slug, guest, {
      length: bytes.length,
      headers: { ...key, prefer: 'return=representation' },
    });
    expect([done.status, done.headers['location'], done.json.upload.status]).toEqual([201, first, 'done']);
  });
});

describe('checksum', () => {
  const digest = (name: string, bytes: Uint8Array) => createHash(name).update(bytes).digest('base64');
  it.each(['sha1', 'sha256'])('%s is compared: wrong bytes are 460 and gone, right ones count', async (name) => {
    const address = await fresh();
    const part = photo.subarray(0, 900);
    const wrong = { 'upload-checksum': `${name} ${digest(name, photo)}` };
    const refused = await patch(acme, address, guest, 0, part, wrong);
    expect([refused.status, refused.json.code]).toEqual([460, 'upload.checksum_mismatch']);
    expect((await head(acme, address, guest)).headers['upload-offset']).toBe('0');
    const right = { 'upload-checksum': `${name} ${digest(name, part)}` };
    expect((await patch(acme, address, guest, 0, part, right)).headers['upload-offset']).toBe('900');
  });
  it('of an algorithm that is not spoken is 400', async () => {
    const answer = await patch(acme, await fresh(), guest, 0, photo, {
      'upload-checksum': `md5 ${digest('md5', photo)}`,
    });
    expect([answer.status, answer.json.code]).toEqual([400, 'upload.checksum_unsupported']);
  });
});

describe('termination', () => {
  it('ends an upload for good; what has become a photo stays one', async () => {
    const address = await fresh();
    await patch(acme, address, guest, 0, photo.subarray(0, 900));
    const end = (at: string) => acme(at, { method: 'DELETE', headers: { ...TUS, ...guest.headers } });
    expect([(await end(address)).status, (await end(address)).status]).toEqual([204, 404]);
    expect((await head(acme, address, guest)).status).toBe(404);
    expect((await patch(acme, address, guest, 900, photo.subarray(900))).status).toBe(404);
    const bytes = await freshPhoto();
    const done = await fresh({ length: bytes.length });
    const last = await patch(acme, done, guest, 0, bytes, { prefer: 'return=representation' });
    expect((await end(done)).status).toBe(204);
    const mine = await acme(`/api/v1/events/${slug}/mine`, { headers: guest.headers });
    expect(mine.json.items.map((one: { id: string }) => one.id)).toContain(last.json.photo.id);
  });
});

describe('after its end an upload', () => {
  it('takes nothing more, and says where it stands', async () => {
    const bytes = await freshPhoto();
    const address = await fresh({ length: bytes.length });
    await patch(acme, address, guest, 0, bytes);
    const known = await head(acme, address, guest);
    expect([known.headers['upload-offset'], known.headers['upload-expires']]).toEqual([
      String(bytes.length),
      undefined,
    ]);
    expect((await patch(acme, address, guest, bytes.length, new Uint8Array())).status).toBe(204);
    expect((await patch(acme, address, guest, bytes.length, bytes)).status).toBe(413);
    expect((await patch(acme, address, guest, 0, bytes)).status).toBe(409);
  });

  it('that was refused says why, to whoever asks again', async () => {
    const text = new TextEncoder().encode('no photo at all, '.repeat(100));
    const address = await fresh({ length: 500_000_000, metadata: { filetype: 'video/mp4' } });
    const answer = await patch(acme, address, guest, 0, text);
    expect([answer.status, answer.json.code]).toEqual([415, 'photo.unsupported_type']);
    expect((await patch(acme, address, guest, 0, text)).json.code).toBe('photo.unsupported_type');
    expect((await head(acme, address, guest)).status).toBe(415);
    expect((await receipt(acme, address, guest)).json).toMatchObject({
      upload: { status: 'refused' },
      photo: null,
      problem: { code: 'photo.unsupported_type' },
    });
  });

  it('of other bytes than were announced is refused', async () => {
    const bytes = await freshPhoto();
    const address = await fresh({ length: bytes.length, metadata: { sha256: 'a'.repeat(64) } });
    const answer = await patch(acme, address, guest, 0, bytes);
    expect([answer.status, answer.json.code]).toEqual([422, 'photo.digest_mismatch']);
  });
});

describe('whoever is not the guest', () => {
  it('finds no upload: nobody, another guest, another event, another tenant', async () => {
    const address = await fresh();
    const upload = address.split('/').at(-1);
    const elsewhere = await event();
    const stranger = await join(acme, slug);
    const visitor = await join(acme, elsewhere.slug);
    const foreign = await event({}, 'techstart');
    const foreigner = await join(techstart, foreign.slug);
    const unknown = { token: '', id: '', headers: {} as { authorization: string } };
    expect((await head(acme, address, unknown)).status).toBe(401);
    expect((await head(acme, address, stranger)).status).toBe(404);
    expect((await patch(acme, address, stranger, 0, photo)).status).toBe(404);
    expect((await head(acme, address, visitor)).status).toBe(404);
    expect((await head(acme, `/api/v1/events/${elsewhere.slug}/uploads/${upload}`, visitor)).status).toBe(404);
    expect((await head(acme, `/api/v1/events/${elsewhere.id}/uploads/${upload}`, guest)).status).toBe(404);
    expect((await head(techstart, address, foreigner)).status).toBe(404);
    expect((await head(techstart, address, guest)).status).toBe(401);
    expect((await receipt(acme, address, stranger)).status).toBe(404);
    const end = await acme(address, { method: 'DELETE', headers: { ...TUS, ...stranger.headers } });
    expect(end.status).toBe(404);
    expect((await head(acme, `/api/v1/events/${slug}/uploads/${upload}`, guest)).headers['upload-offset']).toBe('0');
  });
});
