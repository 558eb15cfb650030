import { describe, expect, it } from 'vitest';
import { chosen, upload } from '../test-support/uploads.ts';
import type { Upload } from '../rules/upload-rules.ts';
import { attempt, type Ask } from './sender.ts';
import { metadataOf, PATCH_BYTES, type Reply } from './tus-rules.ts';

const receipt = (status: string, more: object = {}) =>
  JSON.stringify({ upload: { id: 'u', status }, photo: null, problem: null, ...more });
const DONE = receipt('done', { photo: { id: 'p', preview: null } });
const reply = (status: number, headers: Record<string, string> = {}, text = ''): Reply => ({
  status,
  header: (name) => headers[name] ?? null,
  text,
});
const NOTHING = reply(0);

/** A server that answers one thing after another, and what it was asked. */
async function sent(one: Partial<Upload>, replies: Reply[]) {
  const asked: string[] = [];
  const places: [string, number][] = [];
  const started = upload({ kind: 'queued' }, { attempts: 1, ...one });
  const answer = await attempt({
    upload: started,
    consent: null,
    read: async (from, to) => new Blob([new Uint8Array(to - from)]),
    async transport({ method, headers, body }: Ask) {
      asked.push(`${method} ${headers['Upload-Offset'] ?? ''}${body ? `+${body.size}` : ''}`.trim());
      return replies.shift() ?? NOTHING;
    },
    stop: { isStopped: false, now: null },
    onPlace: async (place, offset) => void places.push([place, offset]),
    onBytes: () => undefined,
  });
  return { asked, places, answer };
}

describe('one attempt', () => {
  it('sends a small file with its creation, and reads the receipt', async () => {
    const { asked, answer } = await sent({ bytes: 900 }, [
      reply(201, { Location: '/u', 'Upload-Offset': '900' }, DONE),
    ]);
    expect(asked).toEqual(['POST +900']);
    expect(answer).toMatchObject({ ok: true, data: { photo: { id: 'p' } } });
  });

  it('sends a large one piece by piece, and keeps where it is after each', async () => {
    const bytes = PATCH_BYTES + 10;
    const { asked, places, answer } = await sent({ bytes }, [
      reply(201, { Location: '/u' }),
      reply(204, { 'Upload-Offset': String(PATCH_BYTES) }),
      reply(200, { 'Upload-Offset': String(bytes) }, DONE),
    ]);
    expect(asked).toEqual(['POST', `PATCH 0+${PATCH_BYTES}`, `PATCH ${PATCH_BYTES}+10`]);
    expect(places).toEqual([
      ['/u', 0],
      ['/u', PATCH_BYTES],
      ['/u', bytes],
    ]);
    expect(answer.ok).toBe(true);
  });

  it('goes on from where the server is', async () => {
    const { asked } = await sent({ bytes: 100, place: '/u', attempts: 3 }, [
      reply(200, { 'Upload-Offset': '60' }),
      reply(200, { 'Upload-Offset': '100' }, DONE),
    ]);
    expect(asked).toEqual(['HEAD', 'PATCH 60+40']);
  });

  it('asks for the place again when the answer to the creation was lost, and sends nothing twice', async () => {
    const { asked, answer } = await sent({ bytes: 100, attempts: 2 }, [
      reply(201, { Location: '/u', 'Upload-Offset': '40' }),
      reply(200, { 'Upload-Offset': '100' }, DONE),
    ]);
    expect(asked).toEqual(['POST', 'PATCH 40+60']);
    expect(answer.ok).toBe(true);
  });

  it('asks later for a photo that is still being finished', async () => {
    const { answer } = await sent({ bytes: 100, place: '/u' }, [
      reply(200, { 'Upload-Offset': '100' }),
      reply(200, {}, receipt('finishing')),
    ]);
    expect(answer).toMatchObject({ ok: false, status: 0, retryAfterSeconds: 1 });
  });

  it('says why a photo was refused, from the answer or from the receipt', async () => {
    const problem = { code: 'photo.corrupt', detail: 'x' };
    const replies = [reply(200, { 'Upload-Offset': '100' }), reply(200, {}, receipt('refused', { problem }))];
    expect((await sent({ bytes: 100, place: '/u' }, replies)).answer).toMatchObject({
      ok: false,
      code: 'photo.corrupt',
    });
    const refused = reply(415, {}, JSON.stringify({ code: 'photo.unsupported_type' }));
    expect((await sent({ bytes: 100 }, [refused])).answer).toMatchObject({
      status: 415,
      code: 'photo.unsupported_type',
    });
  });
});

describe('what is said of an upload', () => {
  const said = (one: Upload, consent: string | null = null) =>
    Object.fromEntries(
      metadataOf(one, consent)
        .split(',')
        .map((pair) => pair.split(' ') as [string, string])
        .map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );

  it('names it in its own script, with its digest, its picture and the consent', () => {
    const whole = { ...chosen(), name: 'حفلة 🎉.jpg', sha256: 'ab', pictureBytes: 7 };
    expect(said(whole, '3')).toEqual({
      filename: 'حفلة 🎉.jpg',
      filetype: 'image/jpeg',
      sha256: 'ab',
      previewbytes: '7',
      consent: '3',
    });
  });

  it('tells a copy from its original, and keeps the place only where the guest wants that', () => {
    const located = { ...chosen(), isLocated: true, sha256: 'ab', pictureBytes: 7 };
    const copy = said({ ...located, phase: 'copy', keepsLocation: true });
    expect(copy).toEqual({ filename: 'a.jpg', filetype: 'image/jpeg', stands: 'copy', location: 'keep' });
    const original = said({ ...located, phase: 'original', photoId: 'p' });
    expect(original).toEqual({ filename: 'a.jpg', filetype: 'image/jpeg', sha256: 'ab', original: 'p' });
  });
});
