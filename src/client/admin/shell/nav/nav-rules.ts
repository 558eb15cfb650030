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

/** Pages without a place of their own in the rail belong to the list that they come from. */
function nearest(path: string, event: string | null) {
  const list = path.indexOf('/admin/sites') === 0 ? '/admin/sites' : '/admin';
  const item = NAV_ITEMS.find((one) => one.path === list);
  const belongs = list === '/admin/sites' || (!event && path.indexOf('/admin/events') === 0);
  return item && belongs ? { page: item, params: {} } : null;
}
