import type { StaffEvent } from '../../../contract/events.ts';
import type { Helper } from '../../../contract/helpers.ts';

/** Whether somebody may be invited to help at an event, as far as the page knows; the server decides. */
export const takesHelpers = ({ status }: Pick<StaffEvent, 'status'>): boolean =>
  status === 'draft' || status === 'live';

/** Whether there is something left to end: an access, or a link that may still be used. */
export const isOpen = ({ state }: Pick<Helper, 'state'>): boolean => state === 'active' || state === 'waiting';

const ORDER: Helper['state'][] = ['active', 'waiting', 'ended', 'left', 'expired', 'revoked'];

/** Those who help first, then links that wait, then what is over; each the newest first. */
export const inOrder = (helpers: readonly Helper[]): Helper[] =>
  helpers
    .map((helper, place) => ({ helper, place }))
    .sort((a, b) => ORDER.indexOf(a.helper.state) - ORDER.indexOf(b.helper.state) || a.place - b.place)
    .map(({ helper }) => helper);
