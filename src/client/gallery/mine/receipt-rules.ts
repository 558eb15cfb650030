import type { PhotoStatus } from '../../../contract/photos.ts';

/** What became of a photo, as one word for it. `kept`: the host has agreed, and nobody sees photos before the reveal. */
export type Receipt = 'processing' | 'waiting' | 'kept' | 'published' | 'shown' | 'rejected' | 'failed';

/** As badges are coloured. */
export const TONES: Record<Receipt, 'plain' | 'wait' | 'good' | 'bad'> = {
  processing: 'plain',
  waiting: 'wait',
  kept: 'good',
  published: 'good',
  shown: 'good',
  rejected: 'plain',
  failed: 'bad',
};

export interface Fate {
  status: PhotoStatus;
  /** ISO 8601; when a wall showed it first */
  shownAt: string | null;
}

export const receiptOf = ({ status, shownAt }: Fate, shows: boolean): Receipt => {
  if (status === 'pending') return 'waiting';
  if (status !== 'approved') return status;
  if (shownAt !== null) return 'shown';
  return shows ? 'published' : 'kept';
};

export interface Step {
  receipt: 'sent' | Receipt;
  /** `now`: this is what it waits for; `stopped`: it goes no further */
  state: 'done' | 'now' | 'next' | 'stopped';
  /** ISO 8601; null where it is not known, or has not happened */
  at: string | null;
}

/**
 * The way of a photo from its sender to the wall. Steps that its event does not have are left out: nobody waits for
 * a host who looks afterwards, and what a wall has not shown may never be on one.
 */
export function stepsOf(photo: Fate & { createdAt: string }, asksFirst: boolean, shows: boolean): Step[] {
  const now = receiptOf(photo, shows);
  const goal = shows ? 'published' : 'kept';
  const steps: Step[] = [{ receipt: 'sent', state: 'done', at: photo.createdAt }];
  const add = (receipt: Receipt, state: Step['state'], at: string | null = null) => steps.push({ receipt, state, at });
  if (now === 'failed') {
    add('failed', 'stopped');
    return steps;
  }
  if (now === 'processing') add('processing', 'now');
  if (now === 'rejected') {
    add('rejected', 'stopped');
    return steps;
  }
  if (now === 'waiting') add('waiting', 'now');
  else if (now === 'processing' && asksFirst) add('waiting', 'next');
  if (now === 'shown') {
    add('published', 'done');
    add('shown', 'done', photo.shownAt);
  } else add(goal, now === goal ? 'done' : 'next');
  return steps;
}

/** How many there are of each, for the line below a guest's name. */
export function countReceipts(photos: readonly Fate[], shows: boolean): { out: number; waiting: number } {
  let out = 0;
  let waiting = 0;
  for (const photo of photos) {
    const receipt = receiptOf(photo, shows);
    if (receipt === 'published' || receipt === 'shown') out += 1;
    if (receipt === 'waiting' || receipt === 'processing') waiting += 1;
  }
  return { out, waiting };
}
