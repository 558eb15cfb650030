import { eq, sql } from 'drizzle-orm';
import { tenants } from './schema/control-plane.ts';
import type { TenantTx } from './scope.ts';

const stored = sql<unknown>`${tenants.settings} -> 'theme'`;

/** What is stored of a tenant's look: to be read with `themeSchema`. */
export const findTheme = (tx: TenantTx, tenantId: string) =>
  tx.select({ theme: stored }).from(tenants).where(eq(tenants.id, tenantId)).limit(1);

/** Changes some of a tenant's look; everything else in its settings stays as it is, also what others write meanwhile. */
export const patchTheme = (tx: TenantTx, tenantId: string, patch: Record<string, string | null>) =>
  tx
    .update(tenants)
    .set({
      settings: sql`jsonb_set(
        ${tenants.settings},
        '{theme}',
        case jsonb_typeof(${stored}) when 'object' then ${stored} else '{}' end || ${JSON.stringify(patch)}::jsonb
      )`,
      updatedAt: sql`now()`,
    })
    .where(eq(tenants.id, tenantId))
    .returning({ theme: stored });
