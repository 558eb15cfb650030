import { readCamera } from '../../contract/event-settings.ts';
import type { EventRow } from '../../db/schema/events.ts';

/**
 * Whether the photos of a disposable camera are still in it, so that nobody but staff sees one, its own guest neither.
 * Without a date there is no reveal yet: so it is in a copy of an event until somebody gives it dates.
 */
export const isUndeveloped = (event: Pick<EventRow, 'settings' | 'revealAt'>, now: Date): boolean =>
  (event.revealAt === null || now < event.revealAt) && readCamera(event.settings) !== null;
