import { afterFailure, isForAll } from '../rules/failure-rules.ts';
import { isOpen } from '../rules/queue-rules.ts';
import { afterSent, type Upload } from '../rules/upload-rules.ts';
import { sendByFetch } from '../send/by-fetch.ts';
import { attempt } from '../send/sender.ts';
import { readBody } from './bytes.ts';
import { BEAT_MS, hold, letGo, showAlive } from './lease.ts';
import { dropBytes, listUploads, noteSent, putUpload } from './store.ts';
import { SYNC_TAG } from './sync-tag.ts';

/*
 * The service worker of guests' galleries: where the browser wakes it, it sends what waits in the outbox although no
 * page is open. It answers no requests of pages.
 */

interface SyncLike extends Event {
  tag: string;
  waitUntil(done: Promise<unknown>): void;
}
const scope = self as unknown as {
  addEventListener(type: string, listener: (event: SyncLike) => void): void;
  skipWaiting(): Promise<void>;
};

/** How often it looks whether a page is still at work. */
const LOOKS = 8;
const TAB = `worker-${Math.random().toString(36).slice(2)}`;
const randomKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('');

const canSend = (upload: Upload): boolean =>
  isOpen(upload) && upload.tab === null && upload.stored === 'kept' && upload.picture !== 'wanted' && !upload.isPaused;

async function send(started: Upload): Promise<Upload> {
  let upload: Upload = { ...started, attempts: started.attempts + 1, state: { kind: 'queued' } };
  const answer = await attempt({
    upload,
    consent: upload.consent,
    read: (from, to) => readBody(started, { file: undefined, picture: undefined }, from, to),
    transport: sendByFetch,
    stop: { isStopped: false, now: null },
    async onPlace(place, offset) {
      upload = { ...upload, place, offset };
      await putUpload(upload);
    },
    onBytes: () => undefined,
  });
  if (!answer.ok) {
    upload = afterFailure(upload, answer, { now: Date.now(), random: Math.random(), key: randomKey() });
    await putUpload(upload);
    return upload;
  }
  const { photo } = answer.data;
  upload = afterSent(upload, photo, randomKey());
  await putUpload(upload);
  if (upload.state.kind === 'sent') await dropBytes(upload.key);
  if (photo && upload.sha256) await noteSent(upload.event, upload.sha256, photo.id);
  return upload;
}

/** What is so for one is so for all: they are not sent in vain. */
async function refuseAll(uploads: readonly Upload[], { state }: Upload): Promise<void> {
  for (const upload of uploads) await putUpload({ ...upload, state });
}

/** @returns whether all of the event is sent, or will be by somebody else */
async function sendEvent(event: string): Promise<boolean> {
  const lease = `send-${event}`;
  // A page that is open does so itself, and shows it; one that is being closed gives way.
  for (let look = 1; !(await hold(lease, TAB)); look++) {
    if (look > LOOKS) return false;
    await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
  }
  const beat = setInterval(() => void hold(lease, TAB), BEAT_MS);
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(SYNC_TAG);
  try {
    let isDone = true;
    const uploads = (await listUploads(event)).filter(canSend);
    for (let n = 0; n < uploads.length; n++) {
      const after = await send(uploads[n] as Upload).catch(() => null);
      if (after && isForAll(after)) await refuseAll(uploads.slice(n + 1), after);
      if (channel) channel.postMessage(event);
      if (after && isForAll(after)) break;
      isDone = isDone && after !== null && (!isOpen(after) || after.state.kind === 'held');
    }
    return isDone;
  } finally {
    clearInterval(beat);
    await letGo(lease, TAB);
    if (channel) channel.close();
  }
}

async function sendAll(): Promise<void> {
  const events = new Set((await listUploads(null)).filter(canSend).map(({ event }) => event));
  let isDone = true;
  for (const event of Array.from(events)) isDone = (await sendEvent(event)) && isDone;
  // The browser asks again later.
  if (!isDone) throw new Error('not all is sent');
}

showAlive(TAB);
scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('sync', (event) => {
  if (event.tag === SYNC_TAG) event.waitUntil(sendAll());
});
