import type { BatchAnswers, BatchItem } from '../../db/batch.ts';
import { readTenant, writeTenantBatch, type TenantTx } from '../../db/scope.ts';
import { findScreenByCredential, noteCopy, touchScreen, type KnownScreen } from '../../db/screens/devices.ts';
import { removeKioskLinksOf } from '../../db/screens/kiosk-links.ts';
import { removePairingsOf } from '../../db/screens/pairings.ts';
import type { ScreenActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { isDueForTouch } from './screen-rules.ts';

export const unpaired = () =>
  new DomainError('auth.required', 'This screen is not paired any more. Pair it again with a new code.');

/**
 * Reads as a screen, one round trip: its row is read in the same batch, so that one that was revoked learns it at
 * once. A credential that comes with another installation than its own has been copied; that is noted for staff.
 * @throws DomainError auth.required, screen.credential_copied
 */
export async function readAsScreen<const Q extends readonly BatchItem[]>(
  context: TenantContext,
  actor: ScreenActor,
  build: (tx: TenantTx) => Q,
): Promise<{ known: KnownScreen; answers: BatchAnswers<Q>; now: Date }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const [rows, ...answers] = await readTenant(context.db, { tenantId }, (tx) => [
    findScreenByCredential(tx, tenantId, actor.credentialHash),
    ...build(tx),
  ]);
  const known = (rows as KnownScreen[])[0];
  if (!known) throw unpaired();
  if (known.device.installation !== actor.installation) {
    await writeTenantBatch(context.db, { tenantId }, (tx) => [noteCopy(tx, tenantId, known.device.id, now)]);
    throw new DomainError(
      'screen.credential_copied',
      'This pairing belongs to another device. Pair this one with a code of its own.',
    );
  }
  if (isDueForTouch(known.device, now)) {
    context.defer(
      writeTenantBatch(context.db, { tenantId }, (tx) => [
        touchScreen(tx, tenantId, known.device.id, now),
        // It has its credential, so that nobody needs to be told it again.
        removePairingsOf(tx, tenantId, known.device.id),
        removeKioskLinksOf(tx, tenantId, known.device.id),
      ]),
    );
  }
  return { known, answers: answers as unknown as BatchAnswers<Q>, now };
}
