import { and, notInArray, sql } from 'drizzle-orm';
import { outbox } from '../schema/photos.ts';
import { devices } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';
import { isScreen } from './devices.ts';

/** What the screens of a group have in common. */
export interface GroupPlace {
  eventId: string;
  group: { mode: 'mirror' | 'spread'; name: string };
}

const counts = (tenantId: string) => and(isScreen(tenantId), notInArray(devices.status, ['decommissioned']));

/** The screens of an event that are in one group with the holder of a credential, itself included, always in the same order. */
export const listGroupOfScreen = (tx: TenantTx, tenantId: string, credentialHash: string, limit: number) =>
  tx
    .select({ id: devices.id })
    .from(devices)
    .where(
      and(
        counts(tenantId),
        sql`(${devices.eventId}, ${devices.layout} -> 'group') = (select s.event_id, s.layout -> 'group' from devices s
          where s.tenant_id = ${tenantId}::uuid and s.credential_hash = ${credentialHash} and s.revoked_at is null)`,
        sql`${devices.layout} -> 'group' <> 'null'::jsonb`,
      ),
    )
    .orderBy(devices.id)
    .limit(limit);

/**
 * One transaction at a time changes who is in a tenant's groups: each writes rows of screens that the other may hold.
 * Taken before any row.
 */
export const lockGroups = (tx: TenantTx, tenantId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`screens:${tenantId}`}, 0))`);

/**
 * Tells the screens of these groups to look again, in one statement: a command for those that poll, and a row in the
 * outbox for those that have a socket.
 * @param but the screen that has changed, and is told by who has changed it
 * @returns the events whose rooms have something to say
 */
export async function nudgeGroups(
  tx: TenantTx,
  tenantId: string,
  { places, but, id, at, kept, limit }: NudgeOfGroups,
): Promise<string[]> {
  const pairs = places.map(({ eventId, group }) => sql`(${eventId}::uuid, ${JSON.stringify(group)}::jsonb)`);
  const payload = JSON.stringify({ nudge: { id, command: 'refresh' } });
  const answer = await tx.execute(sql`
    with others as (
      select ${devices.id} as id from ${devices}
      where ${counts(tenantId)} and ${devices.id} <> ${but}::uuid
        and (${devices.eventId}, ${devices.layout} -> 'group') in (${sql.join(pairs, sql`, `)})
      order by ${devices.id} limit ${limit} for update
    ), told as (
      update devices d set version = d.version + 1, commands =
        (case when jsonb_array_length(d.commands) >= ${kept} then d.commands - 0 else d.commands end) ||
        jsonb_build_array(jsonb_build_object('id', ${id}::text, 'n', d.version + 1, 'command', 'refresh', 'at', ${at}::bigint))
      from others where d.tenant_id = ${tenantId}::uuid and d.id = others.id
      returning d.tenant_id, d.event_id, d.id, d.version
    )
    insert into ${outbox} (tenant_id, event_id, photo_id, version, payload)
    select tenant_id, event_id, id, version, ${payload}::jsonb from told returning event_id`);
  const rows = (answer as unknown as { rows: { event_id: string }[] }).rows;
  return [...new Set(rows.map((row) => row.event_id))];
}

interface NudgeOfGroups {
  places: readonly GroupPlace[];
  but: string;
  /** of the command */
  id: string;
  /** epoch milliseconds */
  at: number;
  /** commands that a screen keeps at most */
  kept: number;
  limit: number;
}
