import type { Helper } from '../../contract/helpers.ts';
import type { EventGrantRow, EventRow } from '../../db/schema/events.ts';
import { toDeviceName } from './device-name-rules.ts';

/** A party is longer than its programme: so long after the end of an event its helpers still help. */
const AFTER_END_MS = 12 * 3600_000;

/** What ended before this has no helpers any more. */
export const grantEndsBefore = (now: Date): Date => new Date(now.getTime() - AFTER_END_MS);

type Timing = Pick<EventRow, 'status' | 'endsAt' | 'deletedAt'>;

/** Whether somebody may be invited to help at an event. */
export const takesHelpers = (event: Timing): boolean =>
  event.deletedAt === null && (event.status === 'draft' || event.status === 'live');

/**
 * Whether a grant's time lasts. It ends with its event; and whoever is invited after the end, since guests
 * send photos on the morning after, has as long from then on. (`isInTime` of `db/helpers.ts` asks the same of rows.)
 */
export function isInTime(grant: Pick<EventGrantRow, 'createdAt'>, event: Timing, now: Date): boolean {
  if (!takesHelpers(event)) return false;
  if (event.endsAt === null) return true;
  return Math.max(event.endsAt.getTime(), grant.createdAt.getTime()) > grantEndsBefore(now).getTime();
}

/** Where a grant stands. A closed event ends it for as long as it is closed. */
export function helperState(
  grant: Pick<EventGrantRow, 'createdAt' | 'revokedAt' | 'redeemedAt' | 'sessionHash' | 'expiresAt'>,
  event: Timing,
  now: Date,
): Helper['state'] {
  if (grant.revokedAt) return 'revoked';
  if (grant.redeemedAt && !grant.sessionHash) return 'left';
  if (!isInTime(grant, event, now)) return 'ended';
  if (grant.redeemedAt) return 'active';
  return grant.expiresAt <= now ? 'expired' : 'waiting';
}

const iso = (date: Date | null): string | null => (date ? date.toISOString() : null);

export const toHelper = (grant: EventGrantRow, event: Timing, now: Date): Helper => ({
  id: grant.id,
  label: grant.label,
  state: helperState(grant, event, now),
  device: toDeviceName(grant.device),
  createdAt: grant.createdAt.toISOString(),
  expiresAt: grant.expiresAt.toISOString(),
  redeemedAt: iso(grant.redeemedAt),
  lastSeenAt: iso(grant.lastSeenAt),
  revokedAt: iso(grant.revokedAt),
});
