import { readEventSettings } from '../../contract/event-settings.ts';
import { holdForName, takeDownGuest } from '../../db/decisions.ts';
import {
  listTwins,
  lockGuests,
  moveOpinions,
  movePhotos,
  moveReactions,
  moveReports,
  retireGuest,
  writeMerged,
} from '../../db/people/merges.ts';
import { deletePhotos } from '../../db/people/erasures.ts';
import type { EventRow, GuestRow } from '../../db/schema/events.ts';
import type { TenantTx } from '../../db/scope.ts';
import { wordFlags } from '../moderation/word-rules.ts';
import { recordEventChange } from '../organiser/event-changes.ts';
import { chooseTwins, mergeStanding } from './merge-rules.ts';

const BY_RULE = { kind: 'rule' as const, id: null, name: null };

/**
 * Locks a guest who moves, and the one that their new device has been so far, as both are now.
 * @returns `into` null when that guest is erased; `from` null when there is none, or it is the same person
 */
export async function lockPair(
  tx: TenantTx,
  tenantId: string,
  ids: { from: string | null; into: string },
): Promise<{ from: GuestRow | null; into: GuestRow | null }> {
  for (let { from, into } = ids; ;) {
    const rows = await lockGuests(tx, tenantId, from === null ? [into] : [from, into]);
    const target = rows.find((row) => row.id === into);
    const source = rows.find((row) => row.id === from);
    if (!target || target.erasedAt) return { from: null, into: null };
    const isSettled = !target.mergedInto && !source?.mergedInto;
    if (isSettled) return { from: source && !source.erasedAt && source.id !== target.id ? source : null, into: target };
    into = target.mergedInto ?? target.id;
    from = source ? (source.mergedInto ?? source.id) : null;
    if (from === into) from = null;
  }
}

/**
 * Makes two guests of an event one, in the caller's transaction and with both locked: photos, reactions, reports, name,
 * table and standing. What either may not do, the one may not do. The caller defers `publishEvent`.
 * @returns how many photos came along, and the photos that both had sent, whose second copies are gone
 */
export async function mergeGuests(
  tx: TenantTx,
  event: EventRow,
  from: GuestRow,
  into: GuestRow,
  now: Date,
): Promise<{ joinedPhotos: number; dropped: string[] }> {
  const { tenantId } = event;
  const merge = { tenantId, eventId: event.id, from: from.id, into: into.id };
  const pairs = chooseTwins(await listTwins(tx, merge));
  const dropped = pairs.map((pair) => pair.dropped);
  await moveOpinions(tx, tenantId, pairs);
  await deletePhotos(tx, tenantId, dropped, now);
  await moveReports(tx, merge);
  await moveReactions(tx, merge);
  const joinedPhotos = await movePhotos(tx, merge);
  const standing = mergeStanding(from, into);
  await retireGuest(tx, merge, now);
  await writeMerged(tx, merge, standing);
  const whole = { eventId: event.id, guestId: into.id, by: BY_RULE, now };
  if (standing.blockedAt) await takeDownGuest(tx, tenantId, whole);
  else if (wordFlags(readEventSettings(event.settings), [standing.name]).length > 0) {
    await holdForName(tx, tenantId, whole);
  }
  // Its other devices come back as who they are now.
  await recordEventChange(tx, tenantId, event.id, { closesGuest: from.id });
  return { joinedPhotos, dropped };
}
