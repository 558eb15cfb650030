import type { DeviceRow } from '../../db/schema/screens.ts';
import type { TenantTx } from '../../db/scope.ts';
import { nudgeGroups } from '../../db/screens/groups.ts';
import { changedGroups, GROUP_MAX } from './group-rules.ts';
import { COMMANDS_KEPT } from './screen-rules.ts';

/**
 * Tells those beside a screen that came, left or changed sides, for they share the photos anew. The caller holds
 * `lockGroups`, and defers `publishEvent` for each of the events.
 * @param before null: it has just been paired
 * @returns the events whose rooms have something to say
 */
export async function tellNeighbours(
  tx: TenantTx,
  before: DeviceRow | null,
  after: DeviceRow,
  now: Date,
): Promise<string[]> {
  const places = changedGroups(before, after);
  if (places.length === 0) return [];
  return nudgeGroups(tx, after.tenantId, {
    places,
    but: after.id,
    id: crypto.randomUUID(),
    at: now.getTime(),
    kept: COMMANDS_KEPT,
    limit: GROUP_MAX * places.length,
  });
}
