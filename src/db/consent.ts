import { desc, eq } from 'drizzle-orm';
import type { ConsentTexts } from '../contract/consent.ts';
import { consentTexts } from './schema/rules.ts';
import type { TenantTx } from './scope.ts';

const HISTORY_MAX = 200;

/** Versions of the text, the newest first. */
export const listConsent = (tx: TenantTx, tenantId: string, limit = HISTORY_MAX) =>
  tx
    .select()
    .from(consentTexts)
    .where(eq(consentTexts.tenantId, tenantId))
    .orderBy(desc(consentTexts.version))
    .limit(limit);

/** Adds a version; none when another one has taken its number meanwhile. */
export const insertConsent = (
  tx: TenantTx,
  row: { tenantId: string; version: number; texts: ConsentTexts; createdBy: string; createdByName: string },
) => tx.insert(consentTexts).values(row).onConflictDoNothing().returning({ version: consentTexts.version });
