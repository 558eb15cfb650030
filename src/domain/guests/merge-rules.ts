import type { Trust } from '../../contract/photos.ts';
import type { Twin } from '../../db/people/merges.ts';
import type { TransferRow } from '../../db/people/transfers.ts';
import type { EventRow, GuestRow } from '../../db/schema/events.ts';

/** Of the same bytes twice the one stays that has come further; of two alike the one that the guest keeps anyway. */
const RANK: Record<string, number> = { approved: 4, pending: 3, processing: 2, rejected: 1, failed: 0 };
/** Of a photo and its smaller copy it is the photo. */
const rankOf = (status: string, awaits: boolean | undefined): number => (RANK[status] ?? 0) + (awaits ? 0 : 10);

interface Pair {
  dropped: string;
  kept: string;
}

/** @returns pairs of which no photo is dropped that another one is dropped for */
export function chooseTwins(twins: Twin[]): Pair[] {
  const pairs: Pair[] = [];
  const gone = new Set<string>();
  for (const twin of twins) {
    if (gone.has(twin.from) || gone.has(twin.into)) continue;
    const keepsFrom = rankOf(twin.from_status, twin.from_awaits) > rankOf(twin.into_status, twin.into_awaits);
    const pair = keepsFrom ? { dropped: twin.into, kept: twin.from } : { dropped: twin.from, kept: twin.into };
    gone.add(pair.dropped);
    for (const earlier of pairs) if (earlier.kept === pair.dropped) earlier.kept = pair.kept;
    pairs.push(pair);
  }
  return pairs;
}

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
 * Whether a link to another device may be followed: once, in its time, for the event as it was entered then. A PIN that
 * has changed since is asked of whoever is not in already, and the link waits for it (`pin`): it says who somebody is,
 * and no longer that they may come in.
 * @param isAdmitted the device may read the event as it is now
 * @param keyHash of the key of this request; the request that has used the link may come again, as its answer may be lost
 */
export function judgeTransfer(
  transfer: Pick<TransferRow, 'expiresAt' | 'pinVersion' | 'usedAt' | 'usedKeyHash'> | undefined,
  event: Pick<EventRow, 'pinVersion'>,
  isAdmitted: boolean,
  keyHash: string | null,
  now: Date,
): 'use' | 'again' | 'pin' | 'refuse' {
  if (!transfer || transfer.expiresAt <= now) return 'refuse';
  const isAgain = keyHash !== null && transfer.usedKeyHash === keyHash;
  if (transfer.usedAt && !isAgain) return 'refuse';
  if (transfer.pinVersion !== event.pinVersion && !isAdmitted) return 'pin';
  return transfer.usedAt ? 'again' : 'use';
}
