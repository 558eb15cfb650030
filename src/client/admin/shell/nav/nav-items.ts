import type { shell } from '../../../../contract/messages/en/shell.ts';
import type { IconName } from './icons.tsx';

export interface NavItem {
  /** the pattern of a page in `pages.ts`; an item whose page is not registered is not shown */
  path: string;
  label: keyof typeof shell;
  icon: IconName;
  section: 'account' | 'event';
  /** the letter after `g` */
  key: string;
  /** on a phone it has a place of its own in the bar; others are under “More” */
  inBar?: boolean;
  /** which number is shown beside it */
  count?: 'pending' | 'reported';
}

/** Where one can go, in the order of the rail. */
export const NAV_ITEMS: readonly NavItem[] = [
  { path: '/admin', label: 'navEvents', icon: 'events', section: 'account', key: 'e', inBar: true },
  { path: '/admin/screens', label: 'navScreens', icon: 'wall', section: 'account', key: 'w', inBar: true },
  { path: '/admin/sites', label: 'navSites', icon: 'site', section: 'account', key: 'v' },
  { path: '/admin/team', label: 'navTeam', icon: 'team', section: 'account', key: 't', inBar: true },
  { path: '/admin/look', label: 'navLook', icon: 'look', section: 'account', key: 'l' },
  { path: '/admin/account', label: 'navAccount', icon: 'account', section: 'account', key: 'k' },
  { path: '/admin/events/{event}', label: 'navHome', icon: 'home', section: 'event', key: 'h', inBar: true },
  {
    path: '/admin/events/{event}/photos',
    label: 'navPhotos',
    icon: 'photos',
    section: 'event',
    key: 'p',
    inBar: true,
    count: 'pending',
  },
  { path: '/admin/events/{event}/stage', label: 'navStage', icon: 'stage', section: 'event', key: 'o' },
  { path: '/admin/events/{event}/albums', label: 'navAlbums', icon: 'albums', section: 'event', key: 'a' },
  {
    path: '/admin/events/{event}/reports',
    label: 'navReports',
    icon: 'reports',
    section: 'event',
    key: 'r',
    count: 'reported',
  },
  { path: '/admin/events/{event}/guests', label: 'navGuests', icon: 'guests', section: 'event', key: 'u' },
  { path: '/admin/events/{event}/helpers', label: 'navHelpers', icon: 'helpers', section: 'event', key: 'm' },
  { path: '/admin/events/{event}/rehearsal', label: 'navRehearsal', icon: 'rehearsal', section: 'event', key: 'b' },
  { path: '/admin/events/{event}/share', label: 'navShare', icon: 'share', section: 'event', key: 'q', inBar: true },
  { path: '/admin/events/{event}/settings', label: 'navSettings', icon: 'settings', section: 'event', key: 's' },
];
