import type { TenantContext } from '../context.ts';
import { eraseObjects } from '../outbox.ts';

/** More than this a request does not delete itself; the sweeper does, and what fails here too. */
const AT_ONCE = 20;

/** Deletes the objects of photos that are deleted, one after the other and after the answer. */
export function eraseSome(context: TenantContext, eventId: string, photoIds: string[]): void {
  const eraseEach = async () => {
    for (const photoId of photoIds.slice(0, AT_ONCE)) {
      await eraseObjects(context, { tenantId: context.tenant.id, eventId, photoId });
    }
  };
  if (photoIds.length > 0) context.defer(eraseEach());
}
