import { addEventChange } from '../../db/outbox.ts';
import type { TenantTx } from '../../db/scope.ts';

export interface EventChange {
  /** who came in as a viewer or guest must show again that they may: after another PIN or visibility */
  closesDoors?: boolean;
  /** a moderator (user or grant) whose access has ended: their sockets are closed and nobody else hears of it */
  closesModerator?: string;
  /** a guest who was joined to another, or is erased: likewise */
  closesGuest?: string;
  /** a screen that was revoked or shows another event: likewise */
  closesScreen?: string;
  /** another photo is in the spotlight, or none */
  spotlight?: true;
  /** the announcement that was made or taken back */
  announcement?: string;
}

/**
 * Notes, in the caller's transaction or batch, that open pages must hear of the event: a new version and its outbox
 * row. The caller then defers `publishEvent`, as after every change; if it dies first, the sweeper does so.
 */
export const recordEventChange = (tx: TenantTx, tenantId: string, eventId: string, change: EventChange = {}) =>
  addEventChange(tx, tenantId, eventId, {
    ...(change.closesDoors ? { closesDoors: true as const } : {}),
    ...(change.closesModerator ? { closesModerator: change.closesModerator } : {}),
    ...(change.closesGuest ? { closesGuest: change.closesGuest } : {}),
    ...(change.closesScreen ? { closesScreen: change.closesScreen } : {}),
    ...(change.spotlight ? { spotlight: true as const } : {}),
    ...(change.announcement ? { announcement: change.announcement } : {}),
  });
