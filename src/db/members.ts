import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { MemberPatch } from '../contract/members.ts';
import type { ListPosition } from './events.ts';
import { memberships, users } from './schema/control-plane.ts';
import type { TenantTx } from './scope.ts';

const person = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: memberships.role,
  status: memberships.status,
  joinedAt: memberships.createdAt,
};

/** One page of the team, those who came first in front. */
export const listMembers = (tx: TenantTx, tenantId: string, limit: number, after: ListPosition | null) =>
  tx
    .select({ ...person, position: sql<string>`${memberships.createdAt}::text` })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.tenantId, tenantId),
        after
          ? sql`(${memberships.createdAt}, ${memberships.userId}) > (${after.at}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(memberships.createdAt), asc(memberships.userId))
    .limit(limit);

export const findTeamMember = (tx: TenantTx, tenantId: string, userId: string) =>
  tx
    .select(person)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)))
    .limit(1);

/**
 * Locks these people's memberships and those of all owners, always in one order: two changes of a team that
 * could take away its last owner are judged one after the other.
 */
export const lockMembers = (tx: TenantTx, tenantId: string, userIds: string[]) =>
  tx
    .select({ id: memberships.userId, role: memberships.role, status: memberships.status })
    .from(memberships)
    .where(
      and(eq(memberships.tenantId, tenantId), or(eq(memberships.role, 'owner'), inArray(memberships.userId, userIds))),
    )
    .orderBy(asc(memberships.userId))
    .for('update');

export const updateMember = (tx: TenantTx, tenantId: string, userId: string, change: MemberPatch) =>
  tx
    .update(memberships)
    .set({ ...(change.role ? { role: change.role } : {}), ...(change.status ? { status: change.status } : {}) })
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)));

export const removeMember = (tx: TenantTx, tenantId: string, userId: string) =>
  tx.delete(memberships).where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)));
