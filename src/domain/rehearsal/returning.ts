import type { EndReason } from '../../contract/rehearsals.ts';
import { lockRehearsingScreens, lockRunningRehearsal, updateRehearsal } from '../../db/rehearsals.ts';
import type { RehearsalRow } from '../../db/schema/rehearsals.ts';
import type { TenantTx } from '../../db/scope.ts';
import { dismissFromRoom, tell } from '../screens/steering.ts';

/** Phases in which screens show the rehearsal. */
const isShown = ({ phase }: Pick<RehearsalRow, 'phase'>): boolean => phase === 'sending' || phase === 'recalling';

/**
 * Gives every screen of a locked rehearsal its own event back, as the row of the screen has it all the time: event,
 * layout and pause were never touched. One that is offline reads so when it comes back. Once more, it changes nothing.
 * The caller then defers `publishEvent` of the twin.
 */
export async function giveBack(
  tx: TenantTx,
  row: RehearsalRow,
  input: { because: EndReason; by: string | null; now: Date },
): Promise<void> {
  if (!isShown(row)) return;
  const { tenantId, twinId } = row;
  for (const device of twinId ? await lockRehearsingScreens(tx, tenantId, twinId) : []) {
    await tell(tx, device, 'refresh', { rehearsalEventId: null, rehearsalUntil: null }, input.now, twinId);
    if (twinId) await dismissFromRoom(tx, tenantId, twinId, device.id);
  }
  await updateRehearsal(tx, tenantId, row.id, {
    phase: 'returning',
    phaseAt: input.now,
    endedBecause: input.because,
    endedByName: input.by,
  });
}

/**
 * Ends the rehearsal of an event in the transaction of what is more important.
 * @returns the twin, whose room is to hear of it; null: there was no rehearsal
 */
export async function endRehearsalFor(
  tx: TenantTx,
  tenantId: string,
  eventId: string,
  because: EndReason,
  now: Date,
): Promise<string | null> {
  const [row] = await lockRunningRehearsal(tx, tenantId, eventId);
  if (!row || !isShown(row)) return null;
  await giveBack(tx, row, { because, by: null, now });
  return row.twinId;
}
