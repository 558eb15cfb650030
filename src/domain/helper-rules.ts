import type { Helper } from '../contract/helpers.ts';
import type { EventGrantRow, EventRow } from '../db/schema/events.ts';
import { toDeviceName } from './device-name-rules.ts';

/** A party is longer than its programme: so long after the end of an event its helpers still help. */
const AFTER_END_MS = 12 * 3600_000;

/** Events that ended before this have no helpers any more. */
export const grantEndsBefore = (now: Date): Date => new Date(now.getTime() - AFTER_END_MS);

type Timing = Pick<EventRow, 'status' | 'endsAt' | 'deletedAt'>;

/** Whether an event can have helpers now; the same as `hasHelpers` of `db/helpers.ts` says of rows. */
export const takesHelpers = (event: Timing, now: Date): boolean =>
  event.deletedAt === null &&
  (event.status === 'draft' || event.status === 'live') &&
  (event.endsAt === null || event.endsAt > grantEndsBefore(now));

/** Where a grant stands. A closed event ends it for as long as it is closed. */
export function helperState(
  grant: Pick<EventGrantRow, 'revokedAt' | 'redeemedAt' | 'sessionHash' | 'expiresAt'>,
  event: Timing,
  now: Date,
): Helper['state'] {
  if (grant.revokedAt) return 'revoked';
  if (grant.redeemedAt && !grant.sessionHash) return 'left';
  if (!takesHelpers(event, now)) return 'ended';
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
