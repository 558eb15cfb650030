import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { events } from '../schema/events.ts';
import { kioskLinks } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';

export const insertKioskLink = (tx: TenantTx, values: typeof kioskLinks.$inferInsert) =>
  tx.insert(kioskLinks).values(values).returning();

/** Links that nobody has opened and that are still good, with who made each, the newest in front. */
export const listOpenKioskLinks = (tx: TenantTx, tenantId: string, now: Date, limit: number) =>
  tx
    .select({
      link: kioskLinks,
      event: { id: events.id, slug: events.slug, name: events.name },
      createdBy: sql<string | null>`(select coalesce(nullif(u.name, ''), u.email) from users u
        where u.id = ${kioskLinks}.created_by)`,
    })
    .from(kioskLinks)
    .innerJoin(
      events,
      and(eq(events.tenantId, kioskLinks.tenantId), eq(events.id, kioskLinks.eventId), isNull(events.deletedAt)),
    )
    .where(and(eq(kioskLinks.tenantId, tenantId), isNull(kioskLinks.claimedAt), gt(kioskLinks.expiresAt, now)))
    .orderBy(desc(kioskLinks.createdAt), desc(kioskLinks.id))
    .limit(limit);

/** A link that is still good, opened or not, locked: of two who open it at once, one wins. */
export const lockKioskLink = (tx: TenantTx, tenantId: string, tokenHash: string, now: Date) =>
  tx
    .select()
    .from(kioskLinks)
    .where(and(eq(kioskLinks.tenantId, tenantId), eq(kioskLinks.tokenHash, tokenHash), gt(kioskLinks.expiresAt, now)))
    .limit(1)
    .for('update');

export const claimKioskLink = (
  tx: TenantTx,
  input: { tenantId: string; id: string; installation: string; deviceId: string; now: Date; expiresAt: Date },
) =>
  tx
    .update(kioskLinks)
    .set({
      claimedAt: input.now,
      installation: input.installation,
      deviceId: input.deviceId,
      expiresAt: input.expiresAt,
    })
    .where(and(eq(kioskLinks.tenantId, input.tenantId), eq(kioskLinks.id, input.id)));

/** Takes back a link that nobody has opened. */
export const deleteOpenKioskLink = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .delete(kioskLinks)
    .where(and(eq(kioskLinks.tenantId, tenantId), eq(kioskLinks.id, id), isNull(kioskLinks.claimedAt)))
    .returning({ id: kioskLinks.id });

/** The screen has its credential, or has none any more. */
export const removeKioskLinksOf = (tx: TenantTx, tenantId: string, deviceId: string) =>
  tx.delete(kioskLinks).where(and(eq(kioskLinks.tenantId, tenantId), eq(kioskLinks.deviceId, deviceId)));

/** Forgets what is long over, so that nothing has to sweep here. */
export const forgetOldKioskLinks = (tx: TenantTx, tenantId: string, before: Date) =>
  tx.delete(kioskLinks).where(and(eq(kioskLinks.tenantId, tenantId), lt(kioskLinks.expiresAt, before)));
