import type { ConsentAnswer, ConsentVersion, ConsentWrite } from '../../contract/consent.ts';
import { insertConsent, listConsent } from '../../db/consent.ts';
import type { consentTexts } from '../../db/schema/rules.ts';
import { writeTenant } from '../../db/scope.ts';
import { findMember } from '../../db/sessions.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';

const toVersion = (row: typeof consentTexts.$inferSelect): ConsentVersion => ({
  version: row.version,
  texts: row.texts,
  createdAt: row.createdAt.toISOString(),
  by: row.createdByName,
});

const toAnswer = (rows: (typeof consentTexts.$inferSelect)[]): ConsentAnswer => {
  const history = rows.map(toVersion);
  const latest = history[0];
  return { current: latest && Object.keys(latest.texts).length > 0 ? latest : null, history };
};

/** What guests agree to, and all that they were ever asked. */
export async function getConsent(context: TenantContext, actor: StaffActor): Promise<ConsentAnswer> {
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [listConsent(tx, context.tenant.id)]);
  return toAnswer(rows);
}

const sameTexts = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys({ ...a, ...b }).every((locale) => a[locale] === b[locale]);

/**
 * Writes the next version, which counts for every upload from then on; none before it is ever changed. The same texts
 * again are no new version, so that a repeat asks nobody anew.
 */
export async function writeConsent(
  context: TenantContext,
  actor: StaffActor,
  { texts }: ConsentWrite,
): Promise<ConsentAnswer> {
  const tenantId = context.tenant.id;
  return writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    const member = requireMember(await findMember(tx, tenantId, actor.userId), 'admin');
    const before = await listConsent(tx, tenantId);
    if (sameTexts(before[0]?.texts ?? {}, texts)) return toAnswer(before);
    const [made] = await insertConsent(tx, {
      tenantId,
      version: (before[0]?.version ?? 0) + 1,
      texts,
      createdBy: actor.userId,
      createdByName: member.name || member.email,
    });
    // Somebody else has written the same number: theirs is looked at before it is written over.
    if (!made) {
      throw new DomainError('unavailable', 'Somebody else has just changed this text. Look at theirs and try again.', {
        retryAfterSeconds: 1,
      });
    }
    return toAnswer(await listConsent(tx, tenantId));
  });
}
