import { eraseEvent, lockEvent, markEventDeleted, updateEvent } from '../../db/event-writes.ts';
import { writeTenant, writeTenantBatch } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { recordEventChange } from './event-changes.ts';
import { RESTORABLE_DAYS } from '../event-rules.ts';
import { nextChange } from './event-write-rules.ts';
import { publishEvent } from '../outbox.ts';
import { eventPrefix } from '../intake/rendition-keys.ts';

/**
 * A date of an event has come: it is deleted, or whoever has it open hears that something is otherwise now.
 * Safe to repeat: what has been said is said once more, and a deletion happens once.
 */
export async function passDate(context: TenantContext, eventId: string): Promise<void> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  await writeTenant(context.db, { tenantId }, async (tx) => {
    const [event] = await lockEvent(tx, tenantId, eventId);
    // Somebody moved the date, or deleted the event, since the list was made.
    if (!event || event.deletedAt || !event.nextChangeAt || event.nextChangeAt > now) return;
    if (event.deleteAt && event.deleteAt <= now) {
      await markEventDeleted(tx, tenantId, eventId);
      await recordEventChange(tx, tenantId, eventId, { closesDoors: true });
      return;
    }
    await updateEvent(tx, tenantId, eventId, { nextChangeAt: nextChange(event, now) });
    await recordEventChange(tx, tenantId, eventId, { closesDoors: false });
  });
  await publishEvent(context, eventId);
}

/**
 * Erases an event that nobody can restore any more: its objects first, then what its room remembers, then its row and
 * with it all that hangs on it. Broken anywhere between, it stays on the worklist and the next sweep does it again.
 */
export async function eraseDeletedEvent(context: TenantContext, eventId: string): Promise<void> {
  const tenantId = context.tenant.id;
  await context.ports.originals.deletePrefix(context.tenant.residency, eventPrefix({ tenantId, eventId }));
  await context.ports.rooms.forget({ tenantId, eventId, residency: context.tenant.residency });
  await writeTenantBatch(context.db, { tenantId }, (tx) => [eraseEvent(tx, tenantId, eventId, RESTORABLE_DAYS)]);
}
