import { readEventSettings } from '../../contract/event-settings.ts';
import type { DecisionReason, PhotoFlag } from '../../contract/photos.ts';
import type { EventRow, GuestRow } from '../../db/schema/events.ts';
import { wordFlags } from './word-rules.ts';

export type FirstDecision = { flags: PhotoFlag[] } & (
  { status: 'pending' } | { status: 'approved' | 'rejected'; reason: DecisionReason }
);

/**
 * What becomes of a photo when it is ready, before anybody has seen it. Whatever cannot be read, and whoever is
 * not known to be trusted, waits for a person.
 * @param approved how many photos of this guest are published
 */
export function firstDecision(
  event: Pick<EventRow, 'moderation' | 'trustAfter' | 'settings'>,
  guest: Pick<GuestRow, 'name' | 'blockedAt' | 'trust'> | undefined,
  caption: string | null,
  approved: number,
): FirstDecision {
  const settings = readEventSettings(event.settings);
  const flags = wordFlags(settings, [caption, guest?.name ?? null]);
  if (!guest) return { status: 'pending', flags };
  if (guest.blockedAt) return { status: 'rejected', reason: 'guest_blocked', flags };
  if (flags.length > 0 || !settings.isReadable || guest.trust === 'never') return { status: 'pending', flags };
  if (event.moderation === 'after') return { status: 'approved', reason: 'after', flags };
  const isTrusted = guest.trust === 'always' || (event.trustAfter !== null && approved >= event.trustAfter);
  return isTrusted ? { status: 'approved', reason: 'trusted', flags } : { status: 'pending', flags };
}
