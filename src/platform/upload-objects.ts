import type { Residency } from '../contract/tenants.ts';
import {
  UPLOAD_HEADERS,
  uploadAnswerSchema,
  uploadFactsSchema,
  type UploadAnswer,
  type UploadRpc,
} from '../contract/upload-object.ts';
import type { UploadAddress, Uploads } from '../domain/ports.ts';

type UploadStub = UploadRpc & { fetch(request: Request): Promise<Response> };
/** As much of a Durable Object namespace as is used, so that a test can record what it is asked. */
export interface UploadNamespace {
  idFromName(name: string): DurableObjectId;
  get(id: DurableObjectId): unknown;
  jurisdiction(jurisdiction: Residency): UploadNamespace;
}

/** What an object throws when it is replaced or overloaded: the same call again finds it. */
const away: UploadAnswer = {
  refused: {
    code: 'unavailable',
    detail: 'The upload cannot be carried on just now. Nothing is lost; try again.',
    retryAfterSeconds: 2,
  },
};

/** The objects of uploads; the same name in another jurisdiction is another one. */
export function uploadsOf(namespace: UploadNamespace | undefined, jurisdictions: 'on' | 'off'): Uploads {
  const stub = ({ tenantId, uploadId, residency }: UploadAddress): UploadStub => {
    if (!namespace) throw new Error('no objects of uploads are bound');
    const located = residency === null || jurisdictions === 'off' ? namespace : namespace.jurisdiction(residency);
    return located.get(located.idFromName(`${tenantId}/${uploadId}`)) as UploadStub;
  };
  const answer = async (call: () => Promise<unknown>): Promise<UploadAnswer> => {
    try {
      return uploadAnswerSchema.parse(await call());
    } catch (error) {
      const { retryable = false, overloaded = false } = error as { retryable?: boolean; overloaded?: boolean };
      if (retryable || overloaded) return away;
      throw error;
    }
  };
  return {
    create: (facts) => answer(() => stub(facts).create(uploadFactsSchema.parse(facts))),
    look: (address, caller, takesOver) => answer(() => stub(address).look(caller, takesOver)),
    cancel: (address, caller) => answer(() => stub(address).cancel(caller)),
    append: (address, caller, { offset, checksum, body, length }) =>
      answer(async () => {
        const headers: Record<string, string> = {
          [UPLOAD_HEADERS.caller]: JSON.stringify(caller),
          [UPLOAD_HEADERS.offset]: String(offset),
          ...(checksum === null ? {} : { [UPLOAD_HEADERS.checksum]: checksum }),
          ...(length === null ? {} : { [UPLOAD_HEADERS.length]: String(length) }),
        };
        const request = new Request('https://upload/append', { method: 'PATCH', headers, body });
        return (await stub(address).fetch(request)).json();
      }),
  };
}
