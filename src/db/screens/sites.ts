import { and, asc, eq, sql } from 'drizzle-orm';
import type { ListPosition } from '../events.ts';
import { memberships, users } from '../schema/control-plane.ts';
import { sites, userSiteAssignments } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';

/** Where one table is selected from, drizzle writes columns without their table, which the inner table would take for its own. */
const site = (name: 'tenant_id' | 'id') => sql`${sites}.${sql.identifier(name)}`;

const described = (userId: string) => ({
  site: sites,
  position: sql<string>`${sites.createdAt}::text`,
  devices: sql<number>`(select count(*)::integer from devices d
    where d.tenant_id = ${site('tenant_id')} and d.site_id = ${site('id')} and d.revoked_at is null)`,
  members: sql<number>`(select count(*)::integer from user_site_assignments a
    where a.tenant_id = ${site('tenant_id')} and a.site_id = ${site('id')})`,
  mine: sql<boolean>`exists (select 1 from user_site_assignments a
    where a.tenant_id = ${site('tenant_id')} and a.site_id = ${site('id')} and a.user_id = ${userId}::uuid)`,
});

const whole = (tenantId: string, siteId: string) => and(eq(sites.tenantId, tenantId), eq(sites.id, siteId));

/** One page of a tenant's sites, the oldest in front. @param userId whose sites are `mine` */
export const listSites = (tx: TenantTx, tenantId: string, userId: string, limit: number, after: ListPosition | null) =>
  tx
    .select(described(userId))
    .from(sites)
    .where(
      and(
        eq(sites.tenantId, tenantId),
        after ? sql`(${sites.createdAt}, ${sites.id}) > (${after.at}::timestamptz, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(sites.createdAt), asc(sites.id))
    .limit(limit);

export const findSite = (tx: TenantTx, tenantId: string, userId: string, siteId: string) =>
  tx.select(described(userId)).from(sites).where(whole(tenantId, siteId)).limit(1);
export type SiteRecord = Awaited<ReturnType<typeof findSite>>[number];

/** Keeps a site from being deleted until the transaction that is about to name it has ended. */
export const holdSite = (tx: TenantTx, tenantId: string, siteId: string) =>
  tx.select({ id: sites.id }).from(sites).where(whole(tenantId, siteId)).limit(1).for('key share');

export const insertSite = (tx: TenantTx, values: typeof sites.$inferInsert) => tx.insert(sites).values(values);

export const updateSite = (
  tx: TenantTx,
  tenantId: string,
  siteId: string,
  values: Partial<Pick<typeof sites.$inferInsert, 'name' | 'address' | 'latitude' | 'longitude' | 'timeZone'>>,
) => tx.update(sites).set(values).where(whole(tenantId, siteId));

/** What stands there stays, and stands nowhere. */
export const deleteSite = (tx: TenantTx, tenantId: string, siteId: string) =>
  tx.delete(sites).where(whole(tenantId, siteId)).returning({ id: sites.id });

/** Who looks after a site, those who were assigned first in front. */
export const listSiteMembers = (
  tx: TenantTx,
  tenantId: string,
  siteId: string,
  limit: number,
  after: ListPosition | null,
) =>
  tx
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      assignedAt: userSiteAssignments.createdAt,
      assignedBy: sql<string | null>`(select coalesce(nullif(u.name, ''), u.email) from users u
        where u.id = ${userSiteAssignments}.assigned_by)`,
      position: sql<string>`${userSiteAssignments.createdAt}::text`,
    })
    .from(userSiteAssignments)
    .innerJoin(
      memberships,
      and(eq(memberships.tenantId, userSiteAssignments.tenantId), eq(memberships.userId, userSiteAssignments.userId)),
    )
    .innerJoin(users, eq(users.id, userSiteAssignments.userId))
    .where(
      and(
        eq(userSiteAssignments.tenantId, tenantId),
        eq(userSiteAssignments.siteId, siteId),
        after
          ? sql`(${userSiteAssignments.createdAt}, ${userSiteAssignments.userId}) > (${after.at}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(userSiteAssignments.createdAt), asc(userSiteAssignments.userId))
    .limit(limit);

/** A repeat keeps who said so first, and when. */
export const assignToSite = (
  tx: TenantTx,
  values: { tenantId: string; siteId: string; userId: string; assignedBy: string },
) => tx.insert(userSiteAssignments).values(values).onConflictDoNothing();

export const unassignFromSite = (tx: TenantTx, tenantId: string, siteId: string, userId: string) =>
  tx
    .delete(userSiteAssignments)
    .where(
      and(
        eq(userSiteAssignments.tenantId, tenantId),
        eq(userSiteAssignments.siteId, siteId),
        eq(userSiteAssignments.userId, userId),
      ),
    );

/** Whoever leaves the team looks after nothing any more. */
export const unassignEverywhere = (tx: TenantTx, tenantId: string, userId: string) =>
  tx
    .delete(userSiteAssignments)
    .where(and(eq(userSiteAssignments.tenantId, tenantId), eq(userSiteAssignments.userId, userId)));
