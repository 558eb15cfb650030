import type { BootFormat } from '../../contract/boot.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { PhotoType } from '../../contract/photos.ts';
import type { Refusal } from '../shared/api.ts';
import { backoffMs } from '../shared/backoff-rules.ts';

export const SENDING_MAX = 2;
export const ATTEMPTS_MAX = 8;

export type UploadState =
  | { kind: 'queued' }
  /** a picture of it is being made */
  | { kind: 'preparing' }
  /** this browser cannot show it, so nobody would see it: the guest has to say what is to become of it */
  | { kind: 'unshowable' }
  | { kind: 'sending'; fraction: number }
  /** `at`: milliseconds since 1970 */
  | { kind: 'retrying'; at: number }
  /** the session ended; goes on when the guest has joined again */
  | { kind: 'held' }
  | { kind: 'refused'; code: ErrorCode | null; canRetry: boolean }
  | { kind: 'sent'; photoId: string };

/**
 * The picture that stands for a file which the server does not decode: not needed, to be made, made, or not to be had.
 */
export type PreviewStep = 'none' | 'wanted' | 'made' | 'impossible';

export interface Upload {
  /** the `Idempotency-Key`, kept over every retry so that nothing arrives twice */
  key: string;
  name: string;
  bytes: number;
  isVideo: boolean;
  preview: PreviewStep;
  /** of the photo once the file itself has arrived: only its preview is on the way then */
  photoId: string | null;
  attempts: number;
  state: UploadState;
}

export interface FileFacts {
  name: string;
  size: number;
  type: string;
}

const ALIASES: Record<string, PhotoType> = {
  'image/jpg': 'image/jpeg',
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'video/x-m4v': 'video/mp4',
};
/** Some phones and most desktops give no type for these. */
const BY_ENDING: Record<string, PhotoType> = {
  heic: 'image/heic',
  heif: 'image/heic',
  avif: 'image/avif',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
};

/** What a file says it is; `''` where it says nothing. */
function typeOf(file: FileFacts): string {
  const ending = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
  const type = file.type.split(';')[0] as string;
  return type === '' ? BY_ENDING[ending] || '' : ALIASES[type] || type;
}

const formatOf = (file: FileFacts, formats: readonly BootFormat[]): BootFormat | undefined => {
  const type = typeOf(file);
  return formats.filter((format) => format.type === type)[0];
};

/** What can be refused before a byte is sent. The server judges by content anyway. */
export function precheck(file: FileFacts, formats: readonly BootFormat[]): ErrorCode | null {
  if (file.size === 0) return 'photo.empty';
  const format = formatOf(file, formats);
  const maxBytes = format
    ? format.maxBytes
    : Math.max.apply(
        null,
        formats.map((one) => one.maxBytes),
      );
  if (!format && typeOf(file) !== '') return 'photo.unsupported_type';
  if (file.size > maxBytes) return 'photo.too_large';
  return null;
}

const isVideo = (file: FileFacts) => typeOf(file).indexOf('video/') === 0;

export function newUpload(file: FileFacts, key: string, formats: readonly BootFormat[]): Upload {
  const code = precheck(file, formats);
  const format = formatOf(file, formats);
  return {
    key,
    name: file.name,
    bytes: file.size,
    isVideo: isVideo(file),
    preview: format && file.size > format.previewAbove ? 'wanted' : 'none',
    photoId: null,
    attempts: 0,
    state: code ? { kind: 'refused', code, canRetry: false } : { kind: 'queued' },
  };
}

/** What follows when a picture could not be made of a file: it goes as it is where something else can read it. */
export function afterUnshowable(upload: Upload, file: FileFacts, formats: readonly BootFormat[]): Upload {
  const format = formatOf(file, formats);
  const isSettled = upload.photoId !== null || (format !== undefined && format.isTranscoded);
  const state: UploadState =
    upload.photoId !== null
      ? { kind: 'sent', photoId: upload.photoId }
      : isSettled
        ? { kind: 'queued' }
        : { kind: 'unshowable' };
  return { ...upload, preview: 'impossible', state };
}

const isReady = ({ state, preview }: Upload, now: number): boolean =>
  (state.kind === 'queued' && preview !== 'wanted') || (state.kind === 'retrying' && state.at <= now);

/** Which file to make a picture of now: one at a time, because each may take all the memory that a phone has to give. */
export function nextToPrepare(uploads: readonly Upload[]): Upload | null {
  if (uploads.some(({ state }) => state.kind === 'preparing')) return null;
  return uploads.filter(({ state, preview }) => state.kind === 'queued' && preview === 'wanted')[0] || null;
}

/** Which uploads to start now: the oldest first, never more than `SENDING_MAX` at a time. */
export function nextToSend(uploads: readonly Upload[], now: number): Upload[] {
  const free = SENDING_MAX - uploads.filter((upload) => upload.state.kind === 'sending').length;
  const ready = uploads.filter((upload) => isReady(upload, now));
  return ready.slice(0, Math.max(0, free));
}

/** When to look again, in milliseconds from now; null when nothing waits for time to pass. */
export function nextWake(uploads: readonly Upload[], now: number): number | null {
  const times = uploads.map(({ state }) => (state.kind === 'retrying' ? state.at : Infinity));
  const first = Math.min(Infinity, ...times);
  return first === Infinity ? null : Math.max(0, first - now);
}

const isPassing = (status: number) => status === 0 || status === 408 || status === 429 || status >= 500;

/** What a failed attempt leads to: another one by itself, a pause for joining again, or words for the guest. */
export function afterFailure(upload: Upload, refusal: Refusal, now: number, random: number): UploadState {
  // It was deleted meanwhile, or something else decided: what the photo became stands in the list of own photos.
  if (upload.photoId !== null && refusal.status >= 404 && !isPassing(refusal.status)) {
    return { kind: 'sent', photoId: upload.photoId };
  }
  if (refusal.status === 401) return { kind: 'held' };
  // A PIN that changed, or a cookie the browser dropped: joining again helps there as well.
  if (refusal.code === 'event.pin_required') return { kind: 'held' };
  if (!isPassing(refusal.status)) {
    return { kind: 'refused', code: refusal.code, canRetry: refusal.code === 'photo.digest_mismatch' };
  }
  if (upload.attempts >= ATTEMPTS_MAX) return { kind: 'refused', code: refusal.code, canRetry: true };
  const asked = (refusal.retryAfterSeconds || 0) * 1000;
  // Jitter on top of what the server asked for, or everybody it asked comes back in the same instant.
  return { kind: 'retrying', at: now + asked + backoffMs(upload.attempts, random) };
}

/**
 * What an answer to the file itself leads to. A server that wants a picture nobody thought of gets one made now; one
 * that was made and is not wanted is forgotten.
 */
export function afterSent(upload: Upload, photo: { id: string; preview: string | null }): Upload {
  const isWanted = photo.preview === 'wanted' || photo.preview === 'missing';
  if (!isWanted || upload.preview === 'impossible') return { ...upload, state: { kind: 'sent', photoId: photo.id } };
  const preview = upload.preview === 'made' ? 'made' : 'wanted';
  return { ...upload, preview, photoId: photo.id, attempts: 0, state: { kind: 'queued' } };
}

export interface Progress {
  /** uploads that are still on the way */
  open: number;
  /** share of all bytes of this batch that have gone out, 0 to 1 */
  fraction: number;
}

export function progressOf(uploads: readonly Upload[]): Progress {
  let total = 0;
  let gone = 0;
  let open = 0;
  for (const { bytes, state, photoId } of uploads) {
    if (state.kind === 'refused' || state.kind === 'unshowable') continue;
    total += bytes;
    if (state.kind === 'sent') gone += bytes;
    else {
      open += 1;
      // The preview is small: with the file itself nearly all has gone.
      if (photoId !== null) gone += bytes;
      else if (state.kind === 'sending') gone += bytes * state.fraction;
    }
  }
  return { open, fraction: total === 0 ? 0 : gone / total };
}
