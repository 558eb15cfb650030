import type { Problem } from '../../../../contract/errors.ts';
import type { OwnPhoto } from '../../../../contract/photos.ts';
import type { UploadReceipt } from '../../../../contract/uploads.ts';
import { refusal, type Answer, type Refusal } from '../../../shared/api.ts';
import { lengthOf, type Upload } from '../rules/upload-rules.ts';

/** Above this a cut would cost too much to send again. */
export const ONE_REQUEST_BYTES = 5_000_000;
/** As much as the server puts into the store at a time; all that is held in memory of an upload. */
export const PATCH_BYTES = 5 * 1_048_576;
/** Asked for again when a photo is being finished and the answer to its last byte was lost. */
const FINISHING_AGAIN_S = 1;

/** Text in Base64; names are in every script. */
function encoded(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let plain = '';
  for (let i = 0; i < bytes.length; i++) plain += String.fromCharCode(bytes[i] as number);
  return btoa(plain);
}

/** `Upload-Metadata` of what is sent in this phase. */
export function metadataOf(upload: Upload, consent: string | null): string {
  const { phase, name, type, sha256, pictureBytes, photoId } = upload;
  const values: [string, string | null][] = [
    ['filename', name],
    ['filetype', phase === 'copy' ? 'image/jpeg' : type || null],
    ['sha256', phase === 'copy' ? null : sha256],
    ['previewbytes', phase === 'whole' && pictureBytes > 0 ? String(pictureBytes) : null],
    ['stands', phase === 'copy' ? 'copy' : null],
    ['original', phase === 'original' ? photoId : null],
    ['location', upload.isLocated && upload.keepsLocation ? 'keep' : null],
    ['consent', consent],
  ];
  const given = values.filter(([, value]) => value !== null);
  return given.map(([key, value]) => `${key} ${encoded(value as string)}`).join(',');
}

/** Where the next piece ends. */
export const pieceEnd = (upload: Upload, offset: number): number => Math.min(lengthOf(upload), offset + PATCH_BYTES);

/** What came back from the server, whichever way it was asked. */
export interface Reply {
  /** 0: nothing came back */
  status: number;
  header: (name: string) => string | null;
  text: string;
}

export const isGood = ({ status }: Reply): boolean => status >= 200 && status < 300;

export const refusalOf = (reply: Reply): Refusal => refusal(reply.status, reply.text, reply.header('Retry-After'));

/** How far the server is; null where it does not say. */
export function offsetOf(reply: Reply): number | null {
  const text = reply.header('Upload-Offset');
  const offset = text === null || text === '' ? NaN : Number(text);
  return Number.isInteger(offset) && offset >= 0 ? offset : null;
}

export type Sent = { photo: OwnPhoto | null };

/**
 * What a receipt says of the upload; null where the answer is none.
 * @returns a refusal without status where the photo is not ready yet: it is asked for again
 */
export function receiptOf(text: string): Answer<Sent> | null {
  let receipt: UploadReceipt;
  try {
    receipt = JSON.parse(text) as UploadReceipt;
  } catch {
    return null;
  }
  if (!receipt || !receipt.upload) return null;
  const { upload, photo, problem } = receipt;
  if (upload.status === 'done') return { ok: true, status: 200, data: { photo } };
  if (upload.status === 'refused') {
    const code = problem ? problem.code : null;
    return { ok: false, status: 422, code, problem: problem as Problem | null, retryAfterSeconds: null };
  }
  return { ok: false, status: 0, code: null, problem: null, retryAfterSeconds: FINISHING_AGAIN_S };
}
