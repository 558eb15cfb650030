import { themeSchema, type Theme, type ThemePatch } from '../../contract/tenants.ts';
import { findMember } from '../../db/sessions.ts';
import { writeTenant, readTenant } from '../../db/scope.ts';
import { findTheme, patchTheme } from '../../db/themes.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { toHex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { inspectLogo, logoObject, logoPath } from './logo-rules.ts';
import type { StoredObject } from '../ports.ts';

type Stored = Awaited<ReturnType<typeof findTheme>>;

/** Whatever is stored: a look that cannot be read is the platform's own. */
function toTheme(rows: Stored): Theme {
  const parsed = themeSchema.safeParse(rows[0]?.theme ?? {});
  return parsed.success ? parsed.data : themeSchema.parse({});
}

export async function getTheme(context: TenantContext, actor: StaffActor): Promise<Theme> {
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [findTheme(tx, context.tenant.id)]);
  return toTheme(rows);
}

/** Removes a logo's bytes unless it has been chosen again meanwhile. */
async function discardLogo(context: TenantContext, logo: string | null): Promise<void> {
  const tenantId = context.tenant.id;
  const object = logoObject(tenantId, logo);
  if (!object) return;
  const [rows] = await readTenant(context.db, { tenantId }, (tx) => [findTheme(tx, tenantId)]);
  if (toTheme(rows).logo !== logo) await context.ports.originals.deletePrefix(context.tenant.residency, object.prefix);
}

async function change(
  context: TenantContext,
  actor: StaffActor,
  patch: Partial<Record<keyof Theme, string | null>>,
): Promise<Theme> {
  const tenantId = context.tenant.id;
  const { before, after } = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'admin');
    const before = toTheme(await findTheme(tx, tenantId).for('no key update'));
    return { before, after: toTheme(await patchTheme(tx, tenantId, patch)) };
  });
  if (before.logo !== after.logo) context.defer(discardLogo(context, before.logo));
  return after;
}

/** @throws DomainError access.denied */
export const changeTheme = (context: TenantContext, actor: StaffActor, patch: ThemePatch): Promise<Theme> =>
  change(context, actor, patch);

/**
 * Takes a logo in: judged by its content, stored under the name of its content, then chosen. One that is stored
 * but not chosen, because something broke in between, is removed.
 * @throws DomainError logo.unsupported, logo.too_large, access.denied, unavailable
 */
export async function setLogo(context: TenantContext, actor: StaffActor, bytes: Uint8Array<ArrayBuffer>) {
  await readAsStaff(context, actor, 'admin', () => []);
  const facts = inspectLogo(bytes);
  const sha256 = toHex(await crypto.subtle.digest('SHA-256', bytes));
  const logo = logoPath(sha256, facts.type);
  const object = logoObject(context.tenant.id, logo)!;
  await context.ports.originals
    .put(context.tenant.residency, object.key, bytes, { type: object.type, length: bytes.length, sha256 })
    .catch((cause: unknown) => {
      throw new DomainError('unavailable', 'The logo could not be stored just now. Send it again.', {
        retryAfterSeconds: 2,
        cause,
      });
    });
  try {
    return await change(context, actor, { logo });
  } catch (error) {
    context.defer(discardLogo(context, logo));
    throw error;
  }
}

/** The bytes of a tenant's logo, past or present, as long as they are kept; null when there are none. */
export async function openLogo(
  context: TenantContext,
  path: string,
): Promise<{ object: StoredObject; type: string } | null> {
  const address = logoObject(context.tenant.id, path);
  const object = address && (await context.ports.originals.get(context.tenant.residency, address.key));
  return object ? { object, type: address.type } : null;
}
