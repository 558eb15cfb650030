import type { GuestPatch, StaffGuest } from '../../contract/moderation.ts';
import { giveBackGuest, takeDownGuest, touchPublishedOfGuest } from '../../db/decisions.ts';
import { findEvent } from '../../db/events.ts';
import { findStaffGuest, listGuests, updateGuest } from '../../db/guests.ts';
import { writeTenant } from '../../db/scope.ts';
import { readAsModerator, requireModerator, scopeOf, type Moderator, type TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { DomainError } from '../errors.ts';
import { eventWithin } from '../events.ts';
import { findLocked } from '../guests/identities.ts';
import { publishEvent } from '../outbox.ts';

const guestNotFound = () => new DomainError('guest.not_found', 'There is no such guest at this event.');

type GuestRecord = Awaited<ReturnType<typeof listGuests>>[number];

const toStaffGuest = ({ guest, label, pending, approved, rejected }: GuestRecord): StaffGuest => ({
  id: guest.id,
  name: guest.name,
  table: guest.tableCode !== null && label !== null ? { code: guest.tableCode, label } : null,
  blocked: guest.blockedAt !== null,
  trust: guest.trust,
  counts: { pending, approved, rejected },
  joinedAt: guest.createdAt.toISOString(),
  devices: guest.devices,
});

/** Guests of an event with what they have sent, the last to come first. */
export async function listGuestsFor(
  context: TenantContext,
  actor: Moderator,
  input: {
    event: string;
    q?: string | undefined;
    blocked?: 'true' | undefined;
    limit: number;
    cursor?: string | undefined;
  },
): Promise<{ items: StaffGuest[]; nextCursor: string | null }> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(input.cursor);
  const [events, rows] = await readAsModerator(context, actor, (tx) => [
    findEvent(tx, tenantId, input.event),
    listGuests(tx, {
      tenantId,
      event: input.event,
      q: input.q,
      blocked: input.blocked === 'true',
      limit: input.limit + 1,
      after,
    }),
  ]);
  eventWithin(actor, events[0]);
  const page = toPage(rows, input.limit, (row) => ({ at: row.position, id: row.guest.id }));
  return { items: page.rows.map(toStaffGuest), nextCursor: page.nextCursor };
}

/**
 * Blocks a guest or lets them in again, trusts them or not, takes their name away; in one transaction, however many
 * photos it changes. A block rejects what they have waiting and published; letting them in gives back exactly that.
 * @throws DomainError guest.not_found
 */
export async function changeGuest(
  context: TenantContext,
  actor: Moderator,
  input: { event: string; id: string; patch: GuestPatch },
): Promise<{ guest: StaffGuest; changed: number }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const { patch } = input;
  const { record, changed, eventId } = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    const by = await requireModerator(tx, context, actor);
    const event = eventWithin(actor, (await findEvent(tx, tenantId, input.event))[0]);
    // Before the photos: whoever completes one of them holds the guest until it is done.
    const guest = await findLocked(tx, tenantId, input.id);
    if (guest?.eventId !== event.id) throw guestNotFound();
    // Whom a page that is open names may have been joined to another guest since.
    const { id } = guest;
    const isBlocked = guest.blockedAt !== null;
    const set = {
      ...(patch.blocked === undefined || patch.blocked === isBlocked
        ? {}
        : { blockedAt: patch.blocked ? now : null, blockedBy: patch.blocked ? by.id : null }),
      ...(patch.trust === undefined ? {} : { trust: patch.trust }),
      ...(patch.name === null ? { name: null } : {}),
    };
    if (Object.keys(set).length > 0) await updateGuest(tx, tenantId, id, set);
    const of = { eventId: event.id, guestId: id, by, now };
    const photos =
      patch.blocked === true
        ? await takeDownGuest(tx, tenantId, of)
        : patch.blocked === false && isBlocked
          ? await giveBackGuest(tx, tenantId, of)
          : [];
    if (patch.name === null && guest.name !== null) await touchPublishedOfGuest(tx, tenantId, event.id, id);
    const [after] = await findStaffGuest(tx, tenantId, id);
    if (!after) throw guestNotFound();
    return { record: after, changed: photos.length, eventId: event.id };
  });
  context.defer(publishEvent(context, eventId));
  return { guest: toStaffGuest(record), changed };
}
