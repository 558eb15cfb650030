import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { pairingTries, screenPairings } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';

/** Counts one try before it is looked at. */
export const countPairingTry = (tx: TenantTx, tenantId: string, subject: string, waitSeconds: number) =>
  tx
    .insert(pairingTries)
    .values({ tenantId, subject, tries: 1, resetsAt: sql`now() + make_interval(secs => ${waitSeconds}::integer)` })
    .onConflictDoUpdate({
      target: [pairingTries.tenantId, pairingTries.subject],
      set: {
        tries: sql`case when ${pairingTries.resetsAt} <= now() then 1 else ${pairingTries.tries} + 1 end`,
        resetsAt: sql`case when ${pairingTries.resetsAt} <= now()
          then now() + make_interval(secs => ${waitSeconds}::integer) else ${pairingTries.resetsAt} end`,
      },
    })
    .returning({ tries: pairingTries.tries, resetsAt: pairingTries.resetsAt });

/** A right code was no guess. */
export const returnPairingTry = (tx: TenantTx, tenantId: string, subject: string) =>
  tx
    .update(pairingTries)
    .set({ tries: sql`greatest(${pairingTries.tries} - 1, 0)` })
    .where(and(eq(pairingTries.tenantId, tenantId), eq(pairingTries.subject, subject)));

/** The pairing of an installation; a new one takes the place of the one before. */
export const putPairing = (
  tx: TenantTx,
  values: {
    tenantId: string;
    id: string;
    code: string;
    secretHash: string;
    installation: string;
    expiresAt: Date;
  },
) =>
  tx
    .insert(screenPairings)
    .values(values)
    .onConflictDoUpdate({
      target: [screenPairings.tenantId, screenPairings.installation],
      set: {
        id: sql`excluded.id`,
        code: sql`excluded.code`,
        secretHash: sql`excluded.secret_hash`,
        expiresAt: sql`excluded.expires_at`,
        claimedAt: null,
        deviceId: null,
      },
    });

/** Forgets what is long over, so that nothing has to sweep here. */
export const forgetOldPairings = (tx: TenantTx, tenantId: string, before: Date) =>
  tx.delete(screenPairings).where(and(eq(screenPairings.tenantId, tenantId), lt(screenPairings.expiresAt, before)));

export const forgetOldTries = (tx: TenantTx, tenantId: string, before: Date) =>
  tx.delete(pairingTries).where(and(eq(pairingTries.tenantId, tenantId), lt(pairingTries.resetsAt, before)));

export const findPairing = (tx: TenantTx, tenantId: string, code: string) =>
  tx
    .select()
    .from(screenPairings)
    .where(and(eq(screenPairings.tenantId, tenantId), eq(screenPairings.code, code)))
    .limit(1);

/** A pairing that can still be claimed, locked: of two who claim it at once, one wins. */
export const lockOpenPairing = (tx: TenantTx, tenantId: string, code: string, now: Date) =>
  tx
    .select()
    .from(screenPairings)
    .where(
      and(
        eq(screenPairings.tenantId, tenantId),
        eq(screenPairings.code, code),
        isNull(screenPairings.claimedAt),
        gt(screenPairings.expiresAt, now),
      ),
    )
    .limit(1)
    .for('update');

export const claimPairing = (
  tx: TenantTx,
  input: { tenantId: string; id: string; deviceId: string; now: Date; expiresAt: Date },
) =>
  tx
    .update(screenPairings)
    .set({ claimedAt: input.now, deviceId: input.deviceId, expiresAt: input.expiresAt })
    .where(and(eq(screenPairings.tenantId, input.tenantId), eq(screenPairings.id, input.id)));

/** The screen has its credential, or has none any more. */
export const removePairingsOf = (tx: TenantTx, tenantId: string, deviceId: string) =>
  tx.delete(screenPairings).where(and(eq(screenPairings.tenantId, tenantId), eq(screenPairings.deviceId, deviceId)));
