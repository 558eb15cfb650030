import { sql } from 'drizzle-orm';
import { readLegal, type Legal } from '../contract/account.ts';
import { themeSchema, type Residency, type TenantStatus, type Theme } from '../contract/tenants.ts';
import { asDatabaseError } from './errors.ts';
import type { Database } from './scope.ts';

export interface Tenant {
  id: string;
  slug: string;
  name: string;
  status: TenantStatus;
  residency: Residency | null;
  theme: Theme;
  /** where guests find imprint, privacy notice and help */
  legal: Legal;
}

/**
 * Hostname to tenant: the one query before a tenant is known.
 * @param host lower case, without port; `slug` is its label under the platform's host, or null.
 */
export async function findTenantByHost(db: Database, host: string, slug: string | null): Promise<Tenant | null> {
  try {
    const answer = await db.writer.execute(sql`select * from tenant_of_host(${host}, ${slug})`);
    const row = answer.rows[0] as Record<string, unknown> | undefined;
    if (!row) return null;
    const settings = (typeof row['settings'] === 'string' ? JSON.parse(row['settings']) : row['settings']) as {
      theme?: unknown;
      legal?: unknown;
    } | null;
    const theme = themeSchema.safeParse(settings?.theme ?? {});
    return {
      id: String(row['id']),
      slug: String(row['slug']),
      name: String(row['name']),
      status: row['status'] as TenantStatus,
      residency: (row['residency'] ?? null) as Residency | null,
      legal: readLegal(settings?.legal),
      theme: theme.success ? theme.data : themeSchema.parse({}),
    };
  } catch (error) {
    throw asDatabaseError(error);
  }
}
