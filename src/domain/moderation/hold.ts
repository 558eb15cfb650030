import type { StaffEvent } from '../../contract/events.ts';
import { findEvent, setHeld } from '../../db/events.ts';
import { writeTenant } from '../../db/scope.ts';
import { requireModerator, scopeOf, type Moderator, type TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { recordEventChange } from '../organiser/event-changes.ts';
import { eventWithin, getStaffEvent } from '../events.ts';
import { publishEvent } from '../outbox.ts';

/**
 * Stops publication and clears what guests see, or ends that. Decisions go on being made meanwhile and show on release.
 * @param held what guests read instead of photos, or null for the sentence of their page; `false` releases
 */
export async function holdEvent(
  context: TenantContext,
  actor: Moderator,
  ref: string,
  held: { message: string | null } | false,
): Promise<StaffEvent> {
  const tenantId = context.tenant.id;
  const eventId = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    await requireModerator(tx, context, actor);
    const event = eventWithin(actor, (await findEvent(tx, tenantId, ref))[0]);
    if (!held && event.panicAt) {
      throw new DomainError('event.panic', 'Every screen shows the emergency slide. Release that first.');
    }
    const message = held ? held.message : null;
    const isSo = held ? event.heldAt !== null && event.heldMessage === message : event.heldAt === null;
    if (!isSo) {
      const at = held ? (event.heldAt ?? context.ports.clock.now()) : null;
      await setHeld(tx, tenantId, event.id, at, message);
      await recordEventChange(tx, tenantId, event.id);
    }
    return event.id;
  });
  context.defer(publishEvent(context, eventId));
  return getStaffEvent(context, actor, eventId);
}
