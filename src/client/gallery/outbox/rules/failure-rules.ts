import type { ErrorCode } from '../../../../contract/errors.ts';
import type { Refusal } from '../../../shared/api.ts';
import { backoffMs } from '../../../shared/backoff-rules.ts';
import { afresh, type Upload } from './upload-rules.ts';

/** A server that answers but cannot is asked so often by itself; a network that is away, for ever. */
export const ATTEMPTS_MAX = 20;

const isAway = (status: number) => status === 0 || status === 408 || status === 429;
const isPassing = (status: number) => isAway(status) || status === 423 || status >= 500;

/** Joining again helps: the session ended, a PIN changed, or the browser dropped a cookie. */
const HOLDING: readonly (ErrorCode | null)[] = ['event.pin_required', 'auth.required'];
/** The same bytes under a new key get through: what the server had of them has expired or was spoilt on the way. */
const AFRESH: readonly string[] = ['idempotency.mismatch', 'photo.digest_mismatch', 'upload.not_found', 'upload.gone'];
const AFRESH_MAX = 3;
/** Both sides disagree how far it is: they compare again, and go on. */
const COMPARED: readonly string[] = ['upload.offset_mismatch', 'upload.checksum_mismatch'];
/** What is so for one is so for all that follow: they are not sent in vain. */
const FOR_ALL: readonly string[] = [
  'event.uploads_closed',
  'event.not_found',
  'guest.blocked',
  'guest.no_shots_left',
  'quota.exceeded',
  'consent.required',
];

export interface Chances {
  now: number;
  /** [0, 1) */
  random: number;
  /** a new key, in case one is needed */
  key: string;
}

/** What a failed attempt leads to: another one by itself, a wait for joining again, or words for the guest. */
export function afterFailure(upload: Upload, refusal: Refusal, { now, random, key }: Chances): Upload {
  const { status, code } = refusal;
  const to = (state: Upload['state']): Upload => ({ ...upload, state });
  // It was deleted meanwhile, or something else decided: what the photo became stands in the list of own photos.
  if (upload.phase === 'picture' && status >= 404 && !isPassing(status)) {
    return to({ kind: 'sent', photoId: upload.photoId });
  }
  if (status === 401 || HOLDING.indexOf(code) >= 0) return to({ kind: 'held' });
  if (code && COMPARED.indexOf(code) >= 0)
    return to({ kind: 'retrying', at: now + backoffMs(upload.attempts, random) });
  const isGone = upload.place !== null && (status === 404 || status === 410);
  if ((isGone || (code && AFRESH.indexOf(code) >= 0)) && upload.attempts <= AFRESH_MAX) return afresh(upload, key);
  if (!isPassing(status)) {
    return to({ kind: 'refused', code, canRetry: code !== null && FOR_ALL.concat(AFRESH).indexOf(code) >= 0 });
  }
  if (!isAway(status) && upload.attempts >= ATTEMPTS_MAX) return to({ kind: 'refused', code, canRetry: true });
  const asked = (refusal.retryAfterSeconds || 0) * 1000;
  // Jitter on top of what the server asked for, or everybody it asked comes back in the same instant.
  return to({ kind: 'retrying', at: now + asked + backoffMs(upload.attempts, random) });
}

/** Whether a refusal speaks for everything that this guest has still to send. */
export const isForAll = ({ state }: Upload): boolean =>
  state.kind === 'refused' && state.code !== null && FOR_ALL.indexOf(state.code) >= 0;
