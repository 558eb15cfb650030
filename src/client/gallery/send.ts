import type { OwnPhoto } from '../../contract/photos.ts';
import { call, eventPath, refusal, type Answer } from '../shared/api.ts';

/** No byte moved for this long: the connection is dead although nobody says so. */
const STALLED_MS = 45_000;

const DIGEST_MAX_BYTES = 50_000_000;

/** SHA-256 of the file as RFC 9530 wants it; null where the browser has no digest (plain http) or no memory. */
async function digestOf(file: Blob): Promise<string | null> {
  const subtle = window.crypto && window.crypto.subtle;
  if (!subtle) return null;
  try {
    const hash = new Uint8Array(await subtle.digest('SHA-256', await new Response(file).arrayBuffer()));
    return `sha-256=:${btoa(String.fromCharCode.apply(null, Array.from(hash)))}:`;
  } catch {
    return null;
  }
}

/** A random `Idempotency-Key`; `crypto.randomUUID` is missing in old browsers. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => `0${byte.toString(16)}`.slice(-2)).join('');
}

export interface Sending {
  event: string;
  file: Blob;
  key: string;
  /** whether a picture has been made of it, which follows */
  isPreviewed: boolean;
  onFraction: (fraction: number) => void;
}

/** One attempt at sending the picture that stands for an own photo. */
export const sendPreview = (event: string, photoId: string, picture: Blob): Promise<Answer<{ photo: OwnPhoto }>> =>
  call(eventPath(event, `/mine/${photoId}/preview`), { method: 'PUT', body: picture });

/** One attempt at sending one file. `XMLHttpRequest`, because `fetch` tells nothing about what has gone out. */
export async function sendPhoto({
  event,
  file,
  key,
  isPreviewed,
  onFraction,
}: Sending): Promise<Answer<{ photo: OwnPhoto }>> {
  // Read whole to be digested: a video would not fit into a phone's memory beside its own player.
  const digest = file.size > DIGEST_MAX_BYTES ? null : await digestOf(file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let stalled: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), STALLED_MS);
    };
    const fail = () => {
      clearTimeout(stalled);
      resolve(refusal(0, '', null));
    };
    request.open('POST', eventPath(event, isPreviewed ? '/photos?preview=coming' : '/photos'));
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.setRequestHeader('Idempotency-Key', key);
    if (digest) request.setRequestHeader('Content-Digest', digest);
    request.upload.onprogress = (progress) => {
      watch();
      if (progress.lengthComputable) onFraction(progress.loaded / progress.total);
    };
    request.onerror = fail;
    request.onabort = fail;
    request.onload = () => {
      clearTimeout(stalled);
      const { status, responseText } = request;
      if (status < 200 || status > 299) {
        return resolve(refusal(status, responseText, request.getResponseHeader('Retry-After')));
      }
      try {
        resolve({ ok: true, status, data: JSON.parse(responseText) as { photo: OwnPhoto } });
      } catch {
        resolve(refusal(0, '', null));
      }
    };
    watch();
    request.send(file);
  });
}
