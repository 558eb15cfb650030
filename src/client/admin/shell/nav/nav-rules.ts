import type { ActingRole, Role } from '../../../../contract/auth.ts';
import { addressOf, pickPage } from '../address-rules.ts';
import { NAV_ITEMS, type NavItem } from './nav-items.ts';

export interface Destination extends NavItem {
  to: string;
  isCurrent: boolean;
  /** the page can be opened, and says what the role may not do there */
  isLocked: boolean;
}

interface Place {
  pages: readonly { path: string; needs: Role | 'moderator' }[];
  may: (needed: Role | 'moderator') => boolean;
  role: ActingRole | null;
  /** address of the page that is shown */
  path: string;
  /** slug of the event one is in */
  event: string | null;
}

/** Where one can go from here: account first, then the event one is in. A helper has the pages of the grant and no others. */
export function destinations({ pages, may, role, path, event }: Place): Destination[] {
  const here = pickPage(NAV_ITEMS, path) || nearest(path, event);
  const found: Destination[] = [];
  for (const item of NAV_ITEMS) {
    const page = pages.find((one) => one.path === item.path);
    if (!page || (item.section === 'event' && !event)) continue;
    if (role === 'moderator' && page.needs !== 'moderator') continue;
    found.push({
      ...item,
      to: addressOf(item.path, { event: event || '' }),
      isCurrent: here !== null && here.page.path === item.path,
      isLocked: page.needs !== 'viewer' && !may(page.needs),
    });
  }
  return found;
}

/** Pages without a place of their own in the rail belong to the list of events. */
function nearest(path: string, event: string | null) {
  const events = NAV_ITEMS[0];
  return !event && events && path.indexOf('/admin/events') === 0 ? { page: events, params: {} } : null;
}
