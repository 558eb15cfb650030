import { readEventSettings } from '../../contract/event-settings.ts';
import { holdForName, touchPublishedOfGuest } from '../../db/decisions.ts';
import { renameGuest } from '../../db/events.ts';
import type { EventRow, GuestRow } from '../../db/schema/events.ts';
import type { TenantTx } from '../../db/scope.ts';
import { DomainError } from '../errors.ts';
import { hasAnyWord, wordFlags } from '../moderation/word-rules.ts';

/** @throws DomainError guest.name_refused for a name that the host does not show */
export function requireShownName(event: Pick<EventRow, 'settings'>, name: string | null): void {
  if (hasAnyWord(name, readEventSettings(event.settings).blockWords)) {
    throw new DomainError('guest.name_refused', 'The host does not show this name. Choose another one.');
  }
}

/**
 * Gives a guest another name, which stands on their photos at once; one that the event's lists hold makes the published
 * ones wait for a person again. The caller has asked `requireShownName`, and defers `publishEvent`.
 */
export async function giveName(tx: TenantTx, event: EventRow, guest: GuestRow, name: string, now: Date): Promise<void> {
  if (name === guest.name) return;
  const { tenantId, id } = guest;
  await renameGuest(tx, tenantId, id, name);
  const by = { kind: 'rule' as const, id: null, name: null };
  if (wordFlags(readEventSettings(event.settings), [name]).length > 0) {
    await holdForName(tx, tenantId, { eventId: event.id, guestId: id, by, now });
  } else {
    await touchPublishedOfGuest(tx, tenantId, event.id, id);
  }
}
