/** A party is longer than its programme: so long after the end of an event its helpers still help. */
export const GRANT_AFTER_END_MS = 12 * 3600_000;

/** Events that ended before this have no helpers any more. */
export const grantEndsBefore = (now: Date): Date => new Date(now.getTime() - GRANT_AFTER_END_MS);
