import { describe, expect, it } from 'vitest';
import type { UploadFacts } from '../contract/upload-object.ts';
import { originalsOf, type PortBindings } from './ports.ts';
import { uploadsOf, type UploadNamespace } from './upload-objects.ts';

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const [tenantId, uploadId, eventId, guestId] = [id(1), id(2), id(3), id(4)];
const caller = { event: eventId, guests: [{ eventId, guestId }] };
const refused = { code: 'upload.not_found', detail: 'There is none.', retryAfterSeconds: null } as const;
const factsOf = (residency: UploadFacts['residency']): UploadFacts => ({
  tenantId,
  residency,
  eventId,
  slug: 'party',
  guestId,
  uploadId,
  length: 10,
  previewBytes: 0,
  sha256: null,
  idempotencyKey: null,
  metadata: null,
  notes: { caption: null, consentVersion: null, location: 'remove', stands: 'original', original: null },
});

/** A namespace that writes down which object is reached, by which way and where. */
function recordingUploads(answer: () => Promise<unknown> = async () => ({ refused })) {
  const asked: string[] = [];
  const namespaceIn = (place: string): UploadNamespace => ({
    idFromName: (name) => `${place}:${name}` as unknown as DurableObjectId,
    get: (object) => {
      const call = (door: string) => () => (asked.push(`${door} ${String(object)}`), answer());
      const [create, look, cancel] = [call('create'), call('look'), call('cancel')];
      return { create, look, cancel, fetch: async () => Response.json(await call('append')()) };
    },
    jurisdiction: (jurisdiction) => namespaceIn(jurisdiction),
  });
  return { asked, namespace: namespaceIn('anywhere') };
}

/** Every door of an upload. */
async function knock(uploads: ReturnType<typeof uploadsOf>, residency: UploadFacts['residency']) {
  const address = { tenantId, uploadId, residency };
  return [
    await uploads.create(factsOf(residency)),
    await uploads.look(address, caller, true),
    await uploads.append(address, caller, { offset: 0, checksum: null, body: null, length: null }),
    await uploads.cancel(address, caller),
  ];
}

const PLACES = [
  { residency: null, jurisdictions: 'on', where: 'anywhere', bucket: 'ORIGINALS' },
  { residency: 'eu', jurisdictions: 'on', where: 'eu', bucket: 'ORIGINALS_EU' },
  { residency: 'us', jurisdictions: 'on', where: 'us', bucket: 'ORIGINALS_US' },
  { residency: null, jurisdictions: 'off', where: 'anywhere', bucket: 'ORIGINALS' },
  { residency: 'eu', jurisdictions: 'off', where: 'anywhere', bucket: 'ORIGINALS' },
  { residency: 'us', jurisdictions: 'off', where: 'anywhere', bucket: 'ORIGINALS' },
] as const;

describe('the object of an upload', () => {
  it.each(PLACES)('of residency $residency, jurisdictions $jurisdictions, is reached $where', async (one) => {
    const { asked, namespace } = recordingUploads();
    await knock(uploadsOf(namespace, one.jurisdictions), one.residency);
    const address = `${one.where}:${tenantId}/${uploadId}`;
    expect(asked).toEqual(['create', 'look', 'append', 'cancel'].map((door) => `${door} ${address}`));
  });

  it('of one name is another one for every tenant', async () => {
    const { asked, namespace } = recordingUploads();
    const uploads = uploadsOf(namespace, 'on');
    for (const tenant of [tenantId, id(5)]) {
      await uploads.look({ tenantId: tenant, uploadId, residency: null }, caller, false);
    }
    expect(new Set(asked).size).toBe(2);
  });

  it('that is just being replaced is to be asked again, and what is wrong with it is not hidden', async () => {
    const away = recordingUploads(() => Promise.reject(Object.assign(new Error('reset'), { retryable: true })));
    for (const answer of await knock(uploadsOf(away.namespace, 'on'), null)) {
      expect(answer).toMatchObject({ refused: { code: 'unavailable', retryAfterSeconds: 2 } });
    }
    const wrong = recordingUploads(() => Promise.reject(new Error('no such table')));
    await expect(knock(uploadsOf(wrong.namespace, 'on'), null)).rejects.toThrow('no such table');
    await expect(knock(uploadsOf(undefined, 'on'), null)).rejects.toThrow('no objects of uploads are bound');
  });
});

describe('an original in parts', () => {
  it.each(PLACES)('of residency $residency, jurisdictions $jurisdictions, lies in $bucket alone', async (one) => {
    const asked: string[] = [];
    const key = `t/${tenantId}/e/${eventId}/${uploadId}/original`;
    const bucket = (name: string) => ({
      createMultipartUpload: async () => (asked.push(`begin ${name}`), { uploadId: 'parts' }),
      resumeMultipartUpload: () => ({
        uploadPart: async () => (asked.push(`part ${name}`), { etag: 'e' }),
        complete: async () => (asked.push(`complete ${name}`), { etag: 'whole' }),
        abort: async () => void asked.push(`abort ${name}`),
      }),
    });
    const names = ['ORIGINALS', 'ORIGINALS_EU', 'ORIGINALS_US'];
    const bindings = Object.fromEntries(names.map((name) => [name, bucket(name)])) as unknown as PortBindings;
    const originals = originalsOf(bindings, one.jurisdictions);
    const partsId = await originals.beginParts(one.residency, key);
    const object = { residency: one.residency, key, partsId };
    const part = await originals.putPart(object, 1, new Blob(['x']).stream());
    await originals.completeParts(object, [part], 1);
    await originals.abortParts(object);
    expect(asked).toEqual(['begin', 'part', 'complete', 'abort'].map((door) => `${door} ${one.bucket}`));
  });
});
