import type { Outbox } from '../outbox/outbox.ts';

export interface SentFile {
  name: string;
  /** address of what this browser shows of it, while it does */
  preview: string | null;
}

/** What the outbox knows of photos that have arrived, and whose picture is still on its way: those stand among the uploads. */
export function sentFiles(outbox: Outbox): { sent: Map<string, SentFile>; following: Set<string> } {
  const sent = new Map<string, SentFile>();
  const following = new Set<string>();
  for (const { state, phase, photoId, name, key } of outbox.uploads()) {
    if (state.kind !== 'sent') {
      if (phase === 'picture' && photoId !== null) following.add(photoId);
    } else if (state.photoId) sent.set(state.photoId, { name, preview: outbox.preview(key) });
  }
  return { sent, following };
}
