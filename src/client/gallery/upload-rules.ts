import type { ErrorCode } from '../../contract/errors.ts';
import type { Refusal } from '../shared/api.ts';
import { backoffMs } from '../shared/backoff-rules.ts';

export const SENDING_MAX = 2;
export const ATTEMPTS_MAX = 8;
const TYPES = ['image/jpeg', 'image/png', 'image/webp'];

export type UploadState =
  | { kind: 'queued' }
  | { kind: 'sending'; fraction: number }
  /** `at`: milliseconds since 1970 */
  | { kind: 'retrying'; at: number }
  /** the session ended; goes on when the guest has joined again */
  | { kind: 'held' }
  | { kind: 'refused'; code: ErrorCode | null; canRetry: boolean }
  | { kind: 'sent'; photoId: string };

export interface Upload {
  /** the `Idempotency-Key`, kept over every retry so that nothing arrives twice */
  key: string;
  name: string;
  bytes: number;
  attempts: number;
  state: UploadState;
}

export interface FileFacts {
  name: string;
  size: number;
  type: string;
}

/** What can be refused before a byte is sent. Some phones give no type: the server judges by content anyway. */
export function precheck(file: FileFacts, maxBytes: number): ErrorCode | null {
  if (file.size === 0) return 'photo.empty';
  if (file.size > maxBytes) return 'photo.too_large';
  if (file.type !== '' && TYPES.indexOf(file.type) < 0) return 'photo.unsupported_type';
  return null;
}

export function newUpload(file: FileFacts, key: string, maxBytes: number): Upload {
  const code = precheck(file, maxBytes);
  return {
    key,
    name: file.name,
    bytes: file.size,
    attempts: 0,
    state: code ? { kind: 'refused', code, canRetry: false } : { kind: 'queued' },
  };
}

/** Which uploads to start now: the oldest first, never more than `SENDING_MAX` at a time. */
export function nextToSend(uploads: readonly Upload[], now: number): Upload[] {
  const free = SENDING_MAX - uploads.filter((upload) => upload.state.kind === 'sending').length;
  const ready = uploads.filter(
    ({ state }) => state.kind === 'queued' || (state.kind === 'retrying' && state.at <= now),
  );
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
  for (const { bytes, state } of uploads) {
    if (state.kind === 'refused') continue;
    total += bytes;
    if (state.kind === 'sent') gone += bytes;
    else {
      open += 1;
      if (state.kind === 'sending') gone += bytes * state.fraction;
    }
  }
  return { open, fraction: total === 0 ? 0 : gone / total };
}
