import type { Erasure, ReceiptAnswer, ReceiptFacts } from '../../contract/me.ts';
import { findEvent } from '../../db/events.ts';
import {
  countFilesLeft,
  deletePhotos,
  eraseGuest,
  eraseReactions,
  eraseReports,
  findErasureOf,
  insertErasure,
  lockPhotosOf,
} from '../../db/people/erasures.ts';
import type { EventRow } from '../../db/schema/events.ts';
import type { GuestErasureRow } from '../../db/schema/guest-identity.ts';
import { readTenant, writeTenant, type TenantTx } from '../../db/scope.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { cancelOpenUploads } from '../intake/resumable/transfers.ts';
import { recordEventChange } from '../organiser/event-changes.ts';
import { publishEvent } from '../outbox.ts';
import { eraseSome } from './erasing.ts';
import { findLocked, notJoined, requireSession } from './identities.ts';
import { readReceipt, signReceipt } from './receipts.ts';

/** Who gives the receipt. */
interface Giver {
  host: string;
  tenant: string;
}

interface Gone {
  event: EventRow;
  erasure: GuestErasureRow;
  photoIds: string[];
  guests: { id: string }[];
}

/** Everything of a guest in one transaction, and what it was. */
async function eraseOnce(tx: TenantTx, event: EventRow, guestId: string, now: Date): Promise<Gone> {
  const { tenantId } = event;
  const of = { tenantId, eventId: event.id, guestId };
  const locked = await lockPhotosOf(tx, of);
  const reports = await eraseReports(tx, of);
  const photoIds = await deletePhotos(
    tx,
    tenantId,
    locked.map((photo) => photo.id),
    now,
  );
  const reactions = await eraseReactions(tx, of);
  const guests = await eraseGuest(tx, of, now);
  const counts = { photos: photoIds.length, reactions, reports };
  const [erasure] = await insertErasure(tx, { ...of, id: crypto.randomUUID(), ...counts, erasedAt: now });
  if (!erasure) throw new Error('the erasure was not inserted');
  await recordEventChange(tx, tenantId, event.id, { closesGuest: guestId });
  return { event, erasure, photoIds, guests };
}

/**
 * Erases a guest for good: photos, reactions, requests, name. In one transaction, so that there is no half of it; what
 * follows, telling the room and deleting files, the outbox and the sweeper finish whatever breaks. Whoever asks again
 * with the same session gets the same receipt.
 * @throws DomainError as `requireSession`
 */
export async function eraseMe(
  context: TenantContext,
  guests: GuestActor[],
  ref: string,
  giver: Giver,
): Promise<Erasure & { eventId: string }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const { event, erasure, ...gone } = await writeTenant(context.db, { tenantId }, async (tx): Promise<Gone> => {
    const [found] = await findEvent(tx, tenantId, ref);
    const { event: of, session } = requireSession(found, guests);
    const guest = await findLocked(tx, tenantId, session.guestId);
    if (guest?.eventId === of.id) return eraseOnce(tx, of, guest.id, now);
    const [before] = await findErasureOf(tx, tenantId, session.guestId);
    if (before?.erasure.eventId !== of.id) throw notJoined();
    return { event: of, erasure: before.erasure, photoIds: [], guests: [] };
  });
  context.defer(publishEvent(context, event.id));
  eraseSome(context, event.id, gone.photoIds);
  for (const { id } of gone.guests) context.defer(cancelOpenUploads(context, { guestId: id }));
  const { photos, reactions, reports } = erasure;
  const facts: ReceiptFacts = {
    id: erasure.id,
    guestId: erasure.guestId,
    tenant: giver.tenant,
    event: event.name,
    erased: { photos, reactions, reports },
    erasedAt: erasure.erasedAt.toISOString(),
  };
  const receipt = await signReceipt(context.config.RECEIPT_SIGNING_KEY, facts, { host: giver.host, tenantId });
  return { receipt, erased: facts.erased, eventId: event.id };
}

/** Whether a receipt is one of this tenant's, what it says, and whether its files are gone by now. */
export async function verifyReceipt(context: TenantContext, receipt: string): Promise<ReceiptAnswer> {
  const tenantId = context.tenant.id;
  const claims = await readReceipt(context.config.RECEIPT_SIGNING_KEY, receipt);
  if (claims?.tid !== tenantId) return { valid: false, receipt: null, filesLeft: null };
  const { id, guestId, tenant, event, erased, erasedAt } = claims;
  const [left] = await readTenant(context.db, { tenantId }, (tx) => [countFilesLeft(tx, tenantId, guestId)]);
  return {
    valid: true,
    receipt: { id, guestId, tenant, event, erased, erasedAt },
    filesLeft: left[0]?.count ?? 0,
  };
}
