import { OWN_REQUESTS_MAX, type Me, type OwnRequest } from '../../contract/me.ts';
import { readCamera } from '../../contract/event-settings.ts';
import { findEvent } from '../../db/events.ts';
import { countOwnPhotos, findIdentities, listOwnReports, type OwnReportRow } from '../../db/people/identities.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { readTenant, writeTenant } from '../../db/scope.ts';
import { countTaken } from '../../db/usage.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { publishEvent } from '../outbox.ts';
import { idsOf, lockIdentity, requireIdentity } from './identities.ts';
import { giveName, requireShownName } from './names.ts';

/** @param taken photos of the guest, deleted ones too; those under way are not among them */
function cameraOf({ settings, revealAt }: EventRow, taken: number): Me['camera'] {
  const camera = readCamera(settings);
  if (!camera || !revealAt) return null;
  return { shots: camera.shots, left: Math.max(0, camera.shots - taken), revealsAt: revealAt.toISOString() };
}

/** Who this device is at an event, and how much it has sent; in one round trip. */
export async function readMe(context: TenantContext, guests: GuestActor[], event: string): Promise<Me> {
  const tenantId = context.tenant.id;
  const [events, known, counted, taken] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, event),
    findIdentities(tx, tenantId, idsOf(guests)),
    countOwnPhotos(tx, tenantId, event, idsOf(guests)),
    countTaken(tx, tenantId, event, idsOf(guests)),
  ]);
  const { event: found, row } = requireIdentity(events[0], guests, known);
  const counts = { processing: 0, pending: 0, approved: 0, rejected: 0, failed: 0 };
  for (const { status, count } of counted) counts[status] = count;
  return {
    guest: { id: row.id, name: row.name },
    counts,
    devices: row.devices,
    camera: cameraOf(found, taken[0]?.taken ?? 0),
  };
}

/** @throws DomainError guest.name_refused, and as `requireIdentity` */
export async function renameMe(
  context: TenantContext,
  guests: GuestActor[],
  input: { event: string; name: string },
): Promise<{ id: string; name: string | null }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const outcome = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [found] = await findEvent(tx, tenantId, input.event);
    const { event, row } = requireIdentity(found, guests, await findIdentities(tx, tenantId, idsOf(guests)));
    requireShownName(event, input.name);
    const guest = await lockIdentity(tx, tenantId, row.id);
    await giveName(tx, event, guest, input.name, now);
    return { id: guest.id, eventId: event.id };
  });
  context.defer(publishEvent(context, outcome.eventId));
  return { id: outcome.id, name: input.name };
}

/** A photo that is gone or rejected is not shown any more, whether or not somebody answered the report. */
export function toOwnRequest(row: OwnReportRow): OwnRequest {
  const isHidden = row.deletedAt !== null || row.status === 'rejected';
  const status = isHidden ? 'removed' : row.outcome === null ? 'open' : 'kept';
  const at = status === 'open' ? null : (row.resolvedAt ?? row.deletedAt ?? row.decidedAt);
  return {
    id: row.id,
    photoId: row.photoId,
    reason: row.reason,
    status,
    createdAt: row.createdAt.toISOString(),
    resolvedAt: at ? at.toISOString() : null,
  };
}

/** What this guest has asked the host to look at, and what became of it. */
export async function listRequests(context: TenantContext, guests: GuestActor[], event: string): Promise<OwnRequest[]> {
  const tenantId = context.tenant.id;
  const [events, known, rows] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, event),
    findIdentities(tx, tenantId, idsOf(guests)),
    listOwnReports(tx, tenantId, event, idsOf(guests), OWN_REQUESTS_MAX),
  ]);
  requireIdentity(events[0], guests, known);
  return rows.map(toOwnRequest);
}
