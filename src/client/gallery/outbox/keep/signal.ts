import { SYNC_TAG } from './sync-tag.ts';

/**
 * Tells other tabs, and the service worker, that the outbox of an event has changed, and hears it from them. Where the
 * browser has no channels, whoever sends looks into the database now and then.
 * @returns how to tell
 */
export function openSignal(event: string, onSignal: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(SYNC_TAG);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === event) onSignal();
  };
  return () => channel.postMessage(event);
}
