import { CLAIM_SECONDS, PROTOCOL_VERSION, type RoomModerator, type ServerFrame } from '../../../src/contract/live.ts';
import type { Claim, Seat } from './seat.ts';

/** What one seat may claim, when these are all the seats there are: not what another person holds. */
export function grantClaim(wanted: string[], by: RoomModerator, seats: Seat[], now: number): Claim {
  const held = new Set(
    seats
      .filter((seat) => seat.moderator?.id !== by.id && seat.expiresAt > now)
      .flatMap((seat) => standing(seat.claim, now)),
  );
  const photoIds = [...new Set(wanted)].filter((id) => !held.has(id));
  return { photoIds, until: now + CLAIM_SECONDS * 1000 };
}

/** Who is there and what is in whose hands. A person at two windows is one person. */
export function claimsFrame(seats: Seat[], now: number): Extract<ServerFrame, { type: 'claims' }> {
  const moderators = new Map<string, RoomModerator>();
  const items = new Map<string, RoomModerator>();
  for (const { moderator, claim, expiresAt } of seats) {
    if (moderator === null || expiresAt <= now) continue;
    const by = moderators.get(moderator.id) ?? moderator;
    moderators.set(by.id, by);
    for (const photoId of standing(claim, now)) items.set(photoId, by);
  }
  return {
    v: PROTOCOL_VERSION,
    type: 'claims',
    items: [...items].map(([photoId, by]) => ({ photoId, by })),
    moderators: [...moderators.values()],
  };
}

const standing = (claim: Claim | null, now: number): string[] =>
  claim !== null && claim.until > now ? claim.photoIds : [];
