/** Somebody else at the desk. */
export interface Moderator {
  id: string;
  name: string;
}

/** Who holds which photo, as the room said last. */
export interface Claims {
  /** photos that others hold */
  held: ReadonlyMap<string, Moderator>;
  /** everybody else who is there */
  others: readonly Moderator[];
}

export interface ClaimsFrame {
  items: readonly { photoId: string; by: Moderator }[];
  moderators: readonly Moderator[];
}

/** One photo in hand and the next three, which are being fetched. */
export const CLAIM_PHOTOS = 4;
/** The room lets go of what was last claimed 90 seconds ago. */
export const RENEW_MS = 40_000;
/** Who has not touched anything for so long lets others have the photos. */
export const IDLE_MS = 75_000;

export const noClaims: Claims = { held: new Map(), others: [] };

/** What the frame says to the person `me`: their own photos, in whatever window, are free to them. */
export function readClaims(frame: ClaimsFrame, me: string): Claims {
  const held = new Map<string, Moderator>();
  for (const { photoId, by } of frame.items) if (by.id !== me) held.set(photoId, by);
  const others: Moderator[] = [];
  for (const one of frame.moderators) {
    if (one.id !== me && !others.some(({ id }) => id === one.id)) others.push(one);
  }
  return { held, others };
}

/** The first photo from `at` on, then before it, that nobody else holds; null when there is none. */
export function freeFrom(ids: readonly string[], at: number, held: ReadonlyMap<string, unknown>): string | null {
  for (let i = Math.max(at, 0); i < ids.length; i++) if (!held.has(ids[i] as string)) return ids[i] as string;
  for (let i = Math.min(at, ids.length) - 1; i >= 0; i--) if (!held.has(ids[i] as string)) return ids[i] as string;
  return null;
}

/** The photo in hand and those after it that are free. */
export function claimOf(
  ids: readonly string[],
  at: number,
  current: string | null,
  held: ReadonlyMap<string, unknown>,
): string[] {
  if (current === null) return [];
  const claim = held.has(current) ? [] : [current];
  for (let i = at; i >= 0 && i < ids.length && claim.length < CLAIM_PHOTOS; i++) {
    const id = ids[i] as string;
    if (id !== current && !held.has(id)) claim.push(id);
  }
  return claim;
}
