import type { TableList, TablesRequest } from '../../contract/tables.ts';
import { findEvent } from '../../db/events.ts';
import { deleteOtherTables, listTables, putTables } from '../../db/tables.ts';
import { findMember } from '../../db/sessions.ts';
import { writeTenant } from '../../db/scope.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { eventNotFound } from '../people/guests.ts';
import { planTables } from './table-rules.ts';

export async function getTables(context: TenantContext, actor: StaffActor, event: string): Promise<TableList> {
  const tenantId = context.tenant.id;
  const [events, items] = await readAsStaff(context, actor, 'viewer', (tx) => [
    findEvent(tx, tenantId, event),
    listTables(tx, tenantId, event),
  ]);
  if (!events[0]) throw eventNotFound();
  return { items };
}

/**
 * Makes the event's tables those of the request, in one transaction; the same request again changes nothing.
 * Guests keep the code they came by, so a table that is put back has its guests again.
 * @throws DomainError event.not_found, tables.invalid
 */
export function replaceTables(
  context: TenantContext,
  actor: StaffActor,
  input: { event: string; tables: TablesRequest['tables'] },
): Promise<TableList> {
  const tenantId = context.tenant.id;
  return writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    // The event is locked, so that two people who edit the list are judged one after the other.
    const [event] = await findEvent(tx, tenantId, input.event).for('no key update');
    if (!event) throw eventNotFound();
    const tables = planTables(input.tables, await listTables(tx, tenantId, event.id));
    await deleteOtherTables(
      tx,
      tenantId,
      event.id,
      tables.map(({ code }) => code),
    );
    if (tables.length > 0) await putTables(tx, tenantId, event.id, tables);
    return { items: await listTables(tx, tenantId, event.id) };
  });
}
