import { asc, eq, sql } from 'drizzle-orm';
import { memberships, tenantDomains, tenants, users } from './schema/control-plane.ts';
import { events, guests } from './schema/events.ts';
import type { TenantTx } from './scope.ts';
import { accountSums } from './usage.ts';

export const findAccount = (tx: TenantTx, tenantId: string) =>
  tx.select().from(tenants).where(eq(tenants.id, tenantId)).limit(1);

export const listHosts = (tx: TenantTx, tenantId: string) =>
  tx
    .select({ host: tenantDomains.host, verifiedAt: tenantDomains.verifiedAt })
    .from(tenantDomains)
    .where(eq(tenantDomains.tenantId, tenantId))
    .orderBy(asc(tenantDomains.host))
    .limit(100);

/**
 * What the account holds now; what was deleted counts no more, though it may still be restored. Rehearsals do not
 * count: what is listed by the tenant alone, and not by an event, must leave them out by itself.
 */
export const measureUsage = (tx: TenantTx, tenantId: string) => {
  const twins = sql`select r.id from events r where r.tenant_id = ${tenantId}::uuid and r.rehearsal_of is not null`;
  const live = sql`${events.tenantId} = ${tenantId}::uuid and ${events.deletedAt} is null`;
  return tx
    .select({
      events: sql<number>`(select count(*)::integer from ${events} where ${live})`,
      sums: accountSums(tenantId),
      guests: sql<number>`(select count(*)::integer from ${guests} where ${guests.tenantId} = ${tenantId}::uuid
        and ${guests.eventId} not in (${twins}))`,
      members: sql<number>`(select count(*)::integer from ${memberships}
        where ${memberships.tenantId} = ${tenantId}::uuid and ${memberships.status} = 'active')`,
    })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .limit(1);
};

/** Sets the name, and parts of the settings beside those of others: in the database, so that no other change is lost. */
export const updateAccount = (
  tx: TenantTx,
  tenantId: string,
  change: { name?: string; legal: Record<string, string | null> },
) =>
  tx
    .update(tenants)
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      settings: sql`${tenants.settings} || jsonb_build_object('legal',
        coalesce(${tenants.settings} -> 'legal', '{}'::jsonb) || ${JSON.stringify(change.legal)}::jsonb)`,
    })
    .where(eq(tenants.id, tenantId));

export const renameUser = (tx: TenantTx, userId: string, name: string) =>
  tx.update(users).set({ name }).where(eq(users.id, userId));
