import { residencyOf } from '../db/doors.ts';
import { findTenantByHost, type Tenant } from '../db/hosts.ts';
import type { Services, TenantContext } from './context.ts';
import { createHostDirectory } from './host-directory.ts';

export type { Tenant } from '../db/hosts.ts';

/** Hostname to tenant for one isolate. */
export const openTenantDirectory = (services: Services) =>
  createHostDirectory<Tenant>((host, slug) => findTenantByHost(services.db, host, slug));

/** The context of work that starts from a job or a worklist and not from a request. */
export async function contextFor(
  services: Services,
  tenantId: string,
  defer: TenantContext['defer'],
): Promise<TenantContext> {
  return { ...services, tenant: { id: tenantId, residency: await residencyOf(services.db, tenantId) }, defer };
}
