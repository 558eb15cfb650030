import type { GuestSession } from '../../contract/guests.ts';
import { findEvent } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import {
  countDevice,
  forgetUnusedTransfers,
  insertTransfer,
  lockTransfer,
  useTransfer,
} from '../../db/people/transfers.ts';
import { writeTenant } from '../../db/scope.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { randomToken, sha256Hex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { admission } from '../event-rules.ts';
import { publishEvent } from '../outbox.ts';
import { countTries, eventNotFound, forgetTries } from '../people/guests.ts';
import { eraseSome } from './erasing.ts';
import { holdIdentity, idsOf, requireIdentity } from './identities.ts';
import { approach, openSession, sessionOf, type Joining } from './joining.ts';
import { judgeTransfer } from './merge-rules.ts';
import { lockPair, mergeGuests } from './merging.ts';

const TRANSFER_SECONDS = 15 * 60;

/** The same for a link that never was, is used, has ended, or is of another event: nobody learns which. */
const invalid = () =>
  new DomainError(
    'guest.transfer_invalid',
    'This link does not work any more. Each works once, for a quarter of an hour: make a new one on your other device.',
  );

/**
 * A link that makes one other device this guest. The one before it ends.
 * @returns the token that the link carries, which is kept nowhere
 */
export async function makeTransfer(
  context: TenantContext,
  guests: GuestActor[],
  ref: string,
): Promise<{ slug: string; token: string; expiresAt: Date }> {
  const tenantId = context.tenant.id;
  const token = randomToken();
  const tokenHash = await sha256Hex(token);
  const expiresAt = new Date(context.ports.clock.now().getTime() + TRANSFER_SECONDS * 1000);
  return writeTenant(context.db, { tenantId }, async (tx) => {
    const [found] = await findEvent(tx, tenantId, ref);
    const { event, row } = requireIdentity(found, guests, await findIdentities(tx, tenantId, idsOf(guests)));
    const { id: guestId } = await holdIdentity(tx, tenantId, row.id);
    await forgetUnusedTransfers(tx, tenantId, event.id, guestId);
    const { pinVersion } = event;
    await insertTransfer(tx, { tenantId, eventId: event.id, guestId, tokenHash, pinVersion, expiresAt });
    return { slug: event.slug, token, expiresAt };
  });
}

/**
 * Makes this device the guest of a link. What it has been at this event until now comes along: one person, whose photos,
 * reactions and reports are together, and whose other devices go on as that one.
 * @param requestKey of this request (`Idempotency-Key`), so that one whose answer was lost can be sent again
 * @throws DomainError guest.transfer_invalid, event.not_found, rate.limited
 */
export async function followTransfer(
  context: TenantContext,
  input: Pick<Joining, 'event' | 'held' | 'device'> & { transfer: string; requestKey: string | null },
): Promise<GuestSession & { expiresInSeconds: number }> {
  const tenantId = context.tenant.id;
  const event = await approach(context, input.event, input.device);
  const session = sessionOf(event, input.held);
  // Whoever has the link has been let in by somebody who was; an event that is hidden from its guests stays so.
  if (admission(event, 'guest') === 'hidden') throw eventNotFound();
  await countTries(context, event, input.device, 'transfer');
  const now = context.ports.clock.now();
  const [tokenHash, keyHash] = await Promise.all([
    sha256Hex(input.transfer),
    input.requestKey === null ? null : sha256Hex(input.requestKey),
  ]);
  const outcome = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [transfer] = await lockTransfer(tx, tenantId, event.id, tokenHash);
    const judgement = judgeTransfer(transfer, event, keyHash, now);
    if (!transfer || judgement === 'refuse') throw invalid();
    const { from, into } = await lockPair(tx, tenantId, { from: session?.guestId ?? null, into: transfer.guestId });
    if (!into) throw invalid();
    if (judgement === 'use') {
      await useTransfer(tx, tenantId, transfer.id, keyHash, now);
      if (!from && session === undefined) await countDevice(tx, tenantId, into.id);
    }
    const merged = from ? await mergeGuests(tx, event, from, into, now) : { joinedPhotos: 0, dropped: [] };
    return { ...merged, guest: { id: into.id, name: into.name ?? from?.name ?? null } };
  });
  await forgetTries(context, event, input.device, 'transfer');
  context.defer(publishEvent(context, event.id));
  eraseSome(context, event.id, outcome.dropped);
  return openSession(context, event, outcome.guest, outcome.joinedPhotos, session);
}
