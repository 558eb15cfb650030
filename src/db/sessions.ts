import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { loginAttempts, memberships, refreshSessions, tenants, users } from './schema/control-plane.ts';
import type { TenantTx } from './scope.ts';

/** The signed-in person in this tenant; none when the membership is not active any more. */
export const findMember = (tx: TenantTx, tenantId: string, userId: string) =>
  tx
    .select({ id: users.id, email: users.email, name: users.name, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId), eq(memberships.status, 'active')))
    .limit(1);

export const insertRefreshSession = (tx: TenantTx, values: typeof refreshSessions.$inferInsert) =>
  tx.insert(refreshSessions).values(values);

/** Locks the session behind a token, so that two refreshes with it are judged one after the other. */
export const lockRefreshSession = (tx: TenantTx, tenantId: string, tokenHash: string) =>
  tx
    .select()
    .from(refreshSessions)
    .where(and(eq(refreshSessions.tenantId, tenantId), eq(refreshSessions.tokenHash, tokenHash)))
    .limit(1)
    .for('update');

export const markRotated = (tx: TenantTx, tenantId: string, id: string, now: Date) =>
  tx
    .update(refreshSessions)
    .set({ rotatedAt: now })
    .where(and(eq(refreshSessions.tenantId, tenantId), eq(refreshSessions.id, id), isNull(refreshSessions.rotatedAt)));

export const revokeFamily = (tx: TenantTx, tenantId: string, familyId: string, now: Date) =>
  tx
    .update(refreshSessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(refreshSessions.tenantId, tenantId),
        eq(refreshSessions.familyId, familyId),
        isNull(refreshSessions.revokedAt),
      ),
    );

/** Ends all sign-ins of somebody here, but for the family that is to stay. */
export const revokeSessionsOf = (
  tx: TenantTx,
  input: { tenantId: string; userId: string; exceptFamily?: string; now: Date },
) =>
  tx
    .update(refreshSessions)
    .set({ revokedAt: input.now })
    .where(
      and(
        eq(refreshSessions.tenantId, input.tenantId),
        eq(refreshSessions.userId, input.userId),
        isNull(refreshSessions.revokedAt),
        input.exceptFamily ? ne(refreshSessions.familyId, input.exceptFamily) : undefined,
      ),
    );

export const revokeOwnFamily = (
  tx: TenantTx,
  input: { tenantId: string; userId: string; familyId: string; now: Date },
) =>
  tx
    .update(refreshSessions)
    .set({ revokedAt: input.now })
    .where(
      and(
        eq(refreshSessions.tenantId, input.tenantId),
        eq(refreshSessions.userId, input.userId),
        eq(refreshSessions.familyId, input.familyId),
        isNull(refreshSessions.revokedAt),
      ),
    );

/** One row for each sign-in that can still be refreshed: the token that is its newest. The last used come first. */
export const listSignIns = (tx: TenantTx, tenantId: string, userId: string, now: Date, limit: number) =>
  tx
    .select({
      familyId: refreshSessions.familyId,
      since: sql<Date>`min(${refreshSessions.createdAt})`.mapWith(refreshSessions.createdAt),
      lastUsedAt: sql<Date>`max(${refreshSessions.updatedAt})`.mapWith(refreshSessions.updatedAt),
      device: sql<
        string | null
      >`(array_agg(${refreshSessions.device} order by ${refreshSessions.updatedAt} desc, ${refreshSessions.expiresAt} desc))[1]`,
    })
    .from(refreshSessions)
    .where(
      and(
        eq(refreshSessions.tenantId, tenantId),
        eq(refreshSessions.userId, userId),
        isNull(refreshSessions.revokedAt),
        gt(refreshSessions.expiresAt, now),
      ),
    )
    .groupBy(refreshSessions.familyId)
    .orderBy(desc(sql`max(${refreshSessions.updatedAt})`))
    .limit(limit);

/** @returns whether the password that was checked still was the present one, and is now the new one */
export async function changeOwnPassword(
  tx: TenantTx,
  input: { tenantId: string; userId: string; before: string; after: string },
): Promise<boolean> {
  const answer = await tx.execute(
    sql`select change_own_password(${input.tenantId}::uuid, ${input.userId}::uuid, ${input.before}, ${input.after}) as changed`,
  );
  return (answer as unknown as { rows: { changed: boolean }[] }).rows[0]?.changed === true;
}

export const forgetLoginTries = (tx: TenantTx, tenantId: string, subject: string) =>
  tx.delete(loginAttempts).where(and(eq(loginAttempts.tenantId, tenantId), eq(loginAttempts.subject, subject)));

export const findOwnTenant = (tx: TenantTx, tenantId: string) =>
  tx
    .select({ id: tenants.id, slug: tenants.slug, name: tenants.name })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .limit(1);
