import type { Decision, PhotoStatus } from '../../contract/photos.ts';

export type Judgement = 'change' | 'leave' | 'photo.not_ready' | 'photo.changed';

/**
 * What a decision amounts to for a photo as it is now. One that is already so is left alone, so that a repeat
 * changes nothing; one that somebody else has decided otherwise meanwhile is not overwritten.
 * @param from the status the person saw, if they said
 */
export function judge(now: PhotoStatus, to: Decision, from: Decision | undefined): Judgement {
  if (now === 'processing' || now === 'failed') return 'photo.not_ready';
  if (now === to) return 'leave';
  return from !== undefined && from !== now ? 'photo.changed' : 'change';
}
