import { and, eq, isNull } from 'drizzle-orm';
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

export const forgetLoginTries = (tx: TenantTx, tenantId: string, subject: string) =>
  tx.delete(loginAttempts).where(and(eq(loginAttempts.tenantId, tenantId), eq(loginAttempts.subject, subject)));

export const findOwnTenant = (tx: TenantTx, tenantId: string) =>
  tx
    .select({ id: tenants.id, slug: tenants.slug, name: tenants.name })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .limit(1);
