import { and, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { guests } from '../schema/events.ts';
import { guestTransfers } from '../schema/guest-identity.ts';
import type { TenantTx } from '../scope.ts';

/** Only the newest link of a guest works: those before it that nobody used are gone. */
export const forgetUnusedTransfers = (tx: TenantTx, tenantId: string, eventId: string, guestId: string) =>
  tx
    .delete(guestTransfers)
    .where(
      and(
        eq(guestTransfers.tenantId, tenantId),
        eq(guestTransfers.eventId, eventId),
        eq(guestTransfers.guestId, guestId),
        isNull(guestTransfers.usedAt),
      ),
    );

export const insertTransfer = (
  tx: TenantTx,
  transfer: Pick<
    typeof guestTransfers.$inferInsert,
    'tenantId' | 'eventId' | 'guestId' | 'tokenHash' | 'pinVersion' | 'expiresAt'
  >,
) => tx.insert(guestTransfers).values(transfer);

/** A link held still, so that of two devices that open it at once one waits, and then finds it used. */
export const lockTransfer = (tx: TenantTx, tenantId: string, eventId: string, tokenHash: string) =>
  tx
    .select()
    .from(guestTransfers)
    .where(
      and(
        eq(guestTransfers.tenantId, tenantId),
        eq(guestTransfers.eventId, eventId),
        eq(guestTransfers.tokenHash, tokenHash),
      ),
    )
    .limit(1)
    .for('update');
export type TransferRow = Awaited<ReturnType<typeof lockTransfer>>[number];

/** A link with who its guest is by now; none of a guest who is erased. */
export const findTransfer = (tx: TenantTx, tenantId: string, eventId: string, tokenHash: string) => {
  const maker = alias(guests, 'maker');
  return tx
    .select({ transfer: guestTransfers, name: guests.name })
    .from(guestTransfers)
    .innerJoin(maker, and(eq(maker.tenantId, guestTransfers.tenantId), eq(maker.id, guestTransfers.guestId)))
    .innerJoin(
      guests,
      and(eq(guests.tenantId, maker.tenantId), sql`${guests.id} = coalesce(${maker.mergedInto}, ${maker.id})`),
    )
    .where(
      and(
        eq(guestTransfers.tenantId, tenantId),
        eq(guestTransfers.eventId, eventId),
        eq(guestTransfers.tokenHash, tokenHash),
        isNull(guests.erasedAt),
      ),
    )
    .limit(1);
};

export const useTransfer = (tx: TenantTx, tenantId: string, id: string, usedKeyHash: string | null, now: Date) =>
  tx
    .update(guestTransfers)
    .set({ usedAt: now, usedKeyHash })
    .where(and(eq(guestTransfers.tenantId, tenantId), eq(guestTransfers.id, id)));

export const countDevice = (tx: TenantTx, tenantId: string, guestId: string) =>
  tx
    .update(guests)
    .set({ devices: sql`${guests.devices} + 1` })
    .where(and(eq(guests.tenantId, tenantId), eq(guests.id, guestId)));
