import type { Trust } from '../../contract/photos.ts';
import type { Twin } from '../../db/people/merges.ts';
import type { TransferRow } from '../../db/people/transfers.ts';
import type { EventRow, GuestRow } from '../../db/schema/events.ts';

/** Of the same bytes twice the one stays that has come further; of two alike the one that the guest keeps anyway. */
const RANK: Record<string, number> = { approved: 4, pending: 3, processing: 2, rejected: 1, failed: 0 };
/** Of a photo and its smaller copy it is the photo. */
const rankOf = (status: string, awaits: boolean | undefined): number => (RANK[status] ?? 0) + (awaits ? 0 : 10);

/**
 * Which of two photos that are one stays. One that is the same as several (their copy, and their original as a photo of
 * its own) goes, so that nothing goes which only another kept.
 */
export const chooseTwin = (twin: Twin, _place: number, all: readonly Twin[]): { dropped: string; kept: string } =>
  all.filter(({ from }) => from === twin.from).length === 1 &&
  rankOf(twin.from_status, twin.from_awaits) > rankOf(twin.into_status, twin.into_awaits)
    ? { dropped: twin.into, kept: twin.from }
    : { dropped: twin.from, kept: twin.into };

type Standing = Pick<GuestRow, 'name' | 'tableCode' | 'blockedAt' | 'blockedBy' | 'trust' | 'devices'>;

/**
 * What one person is of whom there were two. A block of either is a block of both, and so is distrust; trust is not
 * passed on, or anybody could have it from a friend.
 */
export function mergeStanding(from: Standing, into: Standing): Standing {
  const blocked = into.blockedAt ? into : from;
  const trust: Trust = from.trust === 'never' ? 'never' : into.trust;
  return {
    name: into.name ?? from.name,
    tableCode: into.tableCode ?? from.tableCode,
    blockedAt: blocked.blockedAt,
    blockedBy: blocked.blockedBy,
    trust,
    devices: from.devices + into.devices,
  };
}

/**
 * Whether a link to another device may be followed: once, in its time, for the event as it was entered then.
 * @param keyHash of the key of this request; the request that has used the link may come again, as its answer may be lost
 */
export function judgeTransfer(
  transfer: TransferRow | undefined,
  event: Pick<EventRow, 'pinVersion'>,
  keyHash: string | null,
  now: Date,
): 'use' | 'again' | 'refuse' {
  if (!transfer || transfer.expiresAt <= now || transfer.pinVersion !== event.pinVersion) return 'refuse';
  if (!transfer.usedAt) return 'use';
  return keyHash !== null && transfer.usedKeyHash === keyHash ? 'again' : 'refuse';
}
