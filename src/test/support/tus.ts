import type { Answer, Client } from './http.ts';
import type { Guest } from './people.ts';

/* A client of tus as plain as curl. */

export const TUS = { 'tus-resumable': '1.0.0' };
const BYTES = { 'content-type': 'application/offset+octet-stream' };

/** `Upload-Metadata` of some pairs. */
export const metadataOf = (pairs: Record<string, string>): string =>
  Object.entries(pairs)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

export interface Beginning {
  length: number;
  metadata?: Record<string, string>;
  headers?: Record<string, string>;
  /** sent along with the creation */
  body?: Uint8Array;
}

export const begin = (client: Client, event: string, guest: Guest, beginning: Beginning): Promise<Answer> =>
  client(`/api/v1/events/${event}/uploads`, {
    method: 'POST',
    headers: {
      ...TUS,
      ...guest.headers,
      'upload-length': String(beginning.length),
      ...(beginning.metadata ? { 'upload-metadata': metadataOf(beginning.metadata) } : {}),
      ...(beginning.body ? BYTES : {}),
      ...beginning.headers,
    },
    ...(beginning.body ? { body: beginning.body } : {}),
  });

/** As `begin`; @returns the address */
export async function beginAt(client: Client, event: string, guest: Guest, beginning: Beginning): Promise<string> {
  const answer = await begin(client, event, guest, beginning);
  if (answer.status !== 201) throw new Error(`beginning an upload: ${answer.status} ${answer.text}`);
  return String(answer.headers['location']);
}

export const patch = (
  client: Client,
  address: string,
  guest: Guest,
  offset: number,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  client(address, {
    method: 'PATCH',
    headers: { ...TUS, ...BYTES, ...guest.headers, 'upload-offset': String(offset), ...headers },
    body,
  });

export const head = (client: Client, address: string, guest: Guest, headers: Record<string, string> = {}) =>
  client(address, { method: 'HEAD', headers: { ...TUS, ...guest.headers, ...headers } });

export const receipt = (client: Client, address: string, guest: Guest): Promise<Answer> =>
  client(address, { headers: guest.headers });
