import type { Upload } from './upload-rules.ts';

export const SENDING_MAX = 2;

/** Nothing more happens to these by themselves. */
const ENDED = ['sent', 'refused', 'unshowable', 'unreadable', 'duplicate', 'lost', 'copied'];

export const isOpen = ({ state }: Upload): boolean => ENDED.indexOf(state.kind) < 0;
/** It did not get through, and the guest has to know. */
export const isFailed = ({ state }: Upload): boolean =>
  ['refused', 'unshowable', 'unreadable', 'lost'].indexOf(state.kind) >= 0;

/** Which file to read now: one at a time, so that fifty do no harm. */
export function nextToCopy(uploads: readonly Upload[]): Upload | null {
  if (uploads.some(({ state }) => state.kind === 'copying')) return null;
  return uploads.filter(({ state, stored }) => state.kind === 'queued' && stored === 'coming')[0] || null;
}

/** Which file to make a picture of now: one at a time, because each may take all the memory that a phone has to give. */
export function nextToPrepare(uploads: readonly Upload[]): Upload | null {
  if (uploads.some(({ state }) => state.kind === 'preparing')) return null;
  const wants = uploads.filter(
    ({ state, stored, picture }) => state.kind === 'queued' && stored !== 'coming' && picture === 'wanted',
  );
  return wants[0] || null;
}

const isReady = ({ state, stored, picture, isPaused }: Upload, now: number): boolean =>
  !isPaused &&
  stored !== 'coming' &&
  ((state.kind === 'queued' && picture !== 'wanted') || (state.kind === 'retrying' && state.at <= now));

/** Which uploads to start now: the oldest first, never more than `SENDING_MAX` at a time. */
export function nextToSend(uploads: readonly Upload[], now: number): Upload[] {
  const free = SENDING_MAX - uploads.filter(({ state }) => state.kind === 'sending').length;
  const ready = uploads.filter((upload) => isReady(upload, now));
  return ready.slice(0, Math.max(0, free));
}

/** When to look again, in milliseconds from now; null when nothing waits for time to pass. */
export function nextWake(uploads: readonly Upload[], now: number): number | null {
  const times = uploads.map(({ state, isPaused }) => (state.kind === 'retrying' && !isPaused ? state.at : Infinity));
  const first = Math.min(Infinity, ...times);
  return first === Infinity ? null : Math.max(0, first - now);
}

/** What could not be had and is chosen again. One that could not be read may have become shorter or longer since. */
export const replacedBy = (uploads: readonly Upload[], file: { name: string; size: number }): Upload | null =>
  uploads.filter(
    ({ state, name, bytes }) =>
      name === file.name && (state.kind === 'unreadable' || (state.kind === 'lost' && bytes === file.size)),
  )[0] || null;

/** Whether the guest may have it tried again. */
export const canTryAgain = ({ state }: Upload): boolean =>
  state.kind === 'unreadable' || (state.kind === 'refused' && state.canRetry);

/** Whether the same file stands in the list already: chosen again, or tapped twice. Its bytes need not be read for that. */
export const isChosenTwice = (
  uploads: readonly Upload[],
  file: { name: string; size: number; lastModified: number },
): boolean =>
  uploads.some(
    (upload) =>
      (isOpen(upload) || upload.state.kind === 'copied' || upload.state.kind === 'unshowable') &&
      upload.name === file.name &&
      upload.bytes === file.size &&
      upload.modified === file.lastModified,
  );

/** The same for what has been read: names differ, and a phone dates a file anew each time it hands it out. */
export const isSameAsAnother = (uploads: readonly Upload[], { key, sha256 }: Upload): boolean =>
  sha256 !== null &&
  uploads.some(
    (other) => other.key !== key && other.sha256 === sha256 && (isOpen(other) || other.state.kind === 'copied'),
  );

export interface Progress {
  /** uploads that are still on the way */
  open: number;
  /** of those, how many the guest has stopped */
  paused: number;
  sent: number;
  /** share of all bytes of this batch that have gone out, 0 to 1 */
  fraction: number;
}

export function progressOf(uploads: readonly Upload[]): Progress {
  let total = 0;
  let gone = 0;
  let open = 0;
  let paused = 0;
  let sent = 0;
  for (const upload of uploads) {
    const { bytes, pictureBytes, state, phase, offset } = upload;
    if (isFailed(upload) || state.kind === 'duplicate') continue;
    // A copy is what this batch is about until its original is asked for.
    const weight = phase === 'copy' && pictureBytes > 0 ? pictureBytes : bytes;
    total += weight;
    if (!isOpen(upload)) {
      sent += 1;
      gone += weight;
      continue;
    }
    open += 1;
    if (upload.isPaused) paused += 1;
    // The picture alone is small: with the file itself nearly all has gone.
    if (phase === 'picture') gone += weight;
    else if (state.kind === 'sending') gone += weight * state.fraction;
    else gone += Math.min(weight, offset);
  }
  return { open, paused, sent, fraction: total === 0 ? 0 : gone / total };
}
