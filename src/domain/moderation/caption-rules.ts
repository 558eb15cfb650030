import type { PhotoFlag, PhotoStatus } from '../../contract/photos.ts';
import type { EventRow, GuestRow } from '../../db/schema/events.ts';
import { firstDecision } from './first-decision-rules.ts';

/**
 * What new words do to a photo that is there already: they are judged as if it had just come, so that nobody shows
 * what the host has not seen by writing it later. Taking words away hides nothing.
 * @param words the caption as it will be
 * @param approved how many photos of this guest are published
 */
export function judgeNewWords(
  event: Pick<EventRow, 'moderation' | 'trustAfter' | 'settings'>,
  guest: Pick<GuestRow, 'name' | 'blockedAt' | 'trust'>,
  photo: { status: PhotoStatus; caption: string | null },
  words: string | null,
  approved: number,
): { status: PhotoStatus; flags: PhotoFlag[] } {
  const first = firstDecision(event, guest, words, approved);
  const isShown = photo.status === 'approved';
  const isNew = words !== null && words !== photo.caption;
  return { status: isShown && isNew && first.status !== 'approved' ? 'pending' : photo.status, flags: first.flags };
}
