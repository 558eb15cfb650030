import type { UploadState } from '../contract/upload-object.ts';
import { TUS_EXTENSIONS, TUS_VERSION } from '../contract/uploads.ts';
import { DomainError } from '../domain/errors.ts';

/*
 * tus 1.0 as headers. Source: https://tus.io/protocols/resumable-upload
 */

const CONTENT_TYPE = 'application/offset+octet-stream';
const CHECKSUM_ALGORITHMS = ['sha1', 'sha256'];
/** More digits than any file has bytes, and fewer than JavaScript counts exactly. */
const NUMBER = /^\d{1,15}$/;

const PATHS = /^\/api\/v1\/events\/[^/]+\/uploads(?:\/|$)/;

/** Every answer at the addresses of uploads says which version it speaks, refusals too. */
export function withTusVersion(response: Response, path: string): Response {
  if (!PATHS.test(path)) return response;
  const headers = new Headers(response.headers);
  headers.set('tus-resumable', TUS_VERSION);
  if (response.status === 412) headers.set('tus-version', TUS_VERSION);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

const invalid = (header: string, message: string) =>
  new DomainError('request.invalid', `Check “header.${header}”: ${message}.`, {
    fields: [{ path: `header.${header}`, message }],
  });

/** @throws DomainError upload.version */
export function requireVersion({ headers }: Request): void {
  if (headers.get('tus-resumable') === TUS_VERSION) return;
  throw new DomainError('upload.version', `Send Tus-Resumable: ${TUS_VERSION}; no other version is spoken here.`);
}

/** For clients that cannot send every method. Only a POST is another one, so that no link can be a write. */
export const methodOf = ({ method, headers }: Request): string =>
  method === 'POST' ? (headers.get('x-http-method-override')?.toUpperCase() ?? method) : method;

function readNumber({ headers }: Request, name: string): number {
  const text = headers.get(name);
  if (text === null) throw invalid(name, 'is missing');
  if (!NUMBER.test(text)) throw invalid(name, 'must be a whole number of bytes');
  return Number(text);
}

/** Bytes of the whole upload. @throws DomainError request.invalid */
export function readUploadLength(request: Request): number {
  if (request.headers.has('upload-defer-length')) {
    throw invalid('upload-defer-length', 'is not spoken here; say Upload-Length at once');
  }
  if (request.headers.has('upload-concat')) throw invalid('upload-concat', 'is not spoken here');
  return readNumber(request, 'upload-length');
}

export interface SentBytes {
  offset: number;
  checksum: string | null;
  body: ReadableStream<Uint8Array> | null;
  /** of the body, where it says so */
  length: number | null;
}

function requireBytes({ headers }: Request): void {
  if (headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === CONTENT_TYPE) return;
  throw new DomainError('request.unsupported_media_type', `Send the bytes as ${CONTENT_TYPE}.`);
}

const lengthOf = ({ headers }: Request): number | null => {
  const length = headers.get('content-length');
  return length !== null && NUMBER.test(length) ? Number(length) : null;
};

const bytesOf = (request: Request, offset: number): SentBytes => ({
  offset,
  checksum: request.headers.get('upload-checksum'),
  body: request.body,
  length: lengthOf(request),
});

/** What a PATCH brings. @throws DomainError request.unsupported_media_type, request.invalid */
export function readBytes(request: Request): SentBytes {
  requireBytes(request);
  return bytesOf(request, readNumber(request, 'upload-offset'));
}

/** What a creation brings along; null: nothing. @throws DomainError request.unsupported_media_type */
export function readFirstBytes(request: Request): SentBytes | null {
  if (request.body === null || lengthOf(request) === 0) return null;
  requireBytes(request);
  return bytesOf(request, 0);
}

/** RFC 7240: whoever asks for it is told what has become of the upload. */
export const prefersReceipt = ({ headers }: Request): boolean =>
  /(?:^|[\s,;])return="?representation"?(?:$|[\s,;])/i.test(headers.get('prefer') ?? '');

/** What this server speaks. */
export const capabilities = (maxBytes: number): Record<string, string> => ({
  'tus-version': TUS_VERSION,
  'tus-extension': TUS_EXTENSIONS.join(','),
  'tus-max-size': String(maxBytes),
  'tus-checksum-algorithm': CHECKSUM_ALGORITHMS.join(','),
});

/** How far an upload is. One that is whole does not expire. */
export const progressOf = ({ status, offset, expiresAt }: UploadState): Record<string, string> => ({
  'upload-offset': String(offset),
  ...(status === 'receiving' ? { 'upload-expires': new Date(expiresAt).toUTCString() } : {}),
});
