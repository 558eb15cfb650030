import type { GuestSession } from '../../contract/guests.ts';
import { findEvent } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import {
  countDevice,
  findTransfer,
  forgetUnusedTransfers,
  insertTransfer,
  lockTransfer,
  useTransfer,
} from '../../db/people/transfers.ts';
import { readTenant, writeTenant } from '../../db/scope.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { randomToken, sha256Hex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { admission } from '../event-rules.ts';
import { publishEvent } from '../outbox.ts';
import { countTries, eventNotFound, forgetTries } from '../people/guests.ts';
import { eraseSome } from './erasing.ts';
import { holdIdentity, idsOf, requireIdentity } from './identities.ts';
import { approach, openSession, type Joining } from './joining.ts';
import { judgeTransfer } from './merge-rules.ts';
import { lockPair, mergeGuests } from './merging.ts';

const TRANSFER_SECONDS = 15 * 60;

/** The same for a link that never was, is used, has ended, or is of another event: nobody learns which. */
const invalid = () =>
  new DomainError(
    'guest.transfer_invalid',
    'This link does not work any more. Each works once, for a quarter of an hour: make a new one on your other device.',
  );

/** @throws DomainError guest.transfer_invalid, event.pin_required */
function requireUsable(judgement: ReturnType<typeof judgeTransfer>): 'use' | 'again' {
  if (judgement === 'refuse') throw invalid();
  if (judgement === 'pin') {
    throw new DomainError(
      'event.pin_required',
      'The PIN of this event has changed since this link was made. Enter the new PIN, then open the link again.',
    );
  }
  return judgement;
}

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

interface Following extends Pick<Joining, 'event' | 'held' | 'device'> {
  transfer: string;
}

/**
 * The event that a link was opened for, with one try counted. Whoever has the link has been let in by somebody who was;
 * an event that is hidden from its guests stays so.
 */
async function beginFollowing(context: TenantContext, input: Following) {
  const { event, session } = await approach(context, input);
  if (admission(event, 'guest') === 'hidden') throw eventNotFound();
  await countTries(context, event, input.device, 'transfer');
  const isAdmitted = admission(event, session ? 'guest' : 'anyone') === 'open';
  return { event, session, isAdmitted, tokenHash: await sha256Hex(input.transfer) };
}

/**
 * Whose a link is, which stays unused: what a person is asked about before a device becomes somebody.
 * @throws DomainError guest.transfer_invalid, event.pin_required where it has changed, event.not_found, rate.limited
 */
export async function nameTransfer(context: TenantContext, input: Following): Promise<{ name: string | null }> {
  const tenantId = context.tenant.id;
  const { event, isAdmitted, tokenHash } = await beginFollowing(context, input);
  const [rows] = await readTenant(context.db, { tenantId }, (tx) => [findTransfer(tx, tenantId, event.id, tokenHash)]);
  requireUsable(judgeTransfer(rows[0]?.transfer, event, isAdmitted, null, context.ports.clock.now()));
  // The count of tries goes on: one's own link can be asked about as often as one likes.
  return { name: rows[0]?.name ?? null };
}

/**
 * Makes this device the guest of a link. What it has been at this event until now comes along: one person, whose photos,
 * reactions and reports are together, and whose other devices go on as that one.
 * @param requestKey of this request (`Idempotency-Key`), so that one whose answer was lost can be sent again
 * @throws DomainError guest.transfer_invalid, event.pin_required where it has changed, event.not_found, rate.limited
 */
export async function followTransfer(
  context: TenantContext,
  input: Following & { requestKey: string | null },
): Promise<GuestSession & { expiresInSeconds: number }> {
  const tenantId = context.tenant.id;
  const { event, session, isAdmitted, tokenHash } = await beginFollowing(context, input);
  const now = context.ports.clock.now();
  const keyHash = input.requestKey === null ? null : await sha256Hex(input.requestKey);
  const outcome = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [transfer] = await lockTransfer(tx, tenantId, event.id, tokenHash);
    const judgement = requireUsable(judgeTransfer(transfer, event, isAdmitted, keyHash, now));
    if (!transfer) throw invalid();
    const { from, into } = await lockPair(tx, tenantId, { from: session?.guestId ?? null, into: transfer.guestId });
    if (!into) throw invalid();
    if (judgement === 'use') {
      await useTransfer(tx, tenantId, transfer.id, keyHash, now);
      if (!from && !session) await countDevice(tx, tenantId, into.id);
    }
    const merged = from ? await mergeGuests(tx, event, from, into, now) : { joinedPhotos: 0, dropped: [] };
    return { ...merged, guest: { id: into.id, name: into.name ?? from?.name ?? null } };
  });
  await forgetTries(context, event, input.device, 'transfer');
  context.defer(publishEvent(context, event.id));
  eraseSome(context, event.id, outcome.dropped);
  return openSession(context, event, outcome.guest, outcome.joinedPhotos, session);
}
