import type { ComponentType } from 'preact';
import type { Role } from '../../../contract/auth.ts';
import type { StaffEvent } from '../../../contract/events.ts';
import { pickPage } from './address-rules.ts';

/** What a page of the console is given. */
export interface PageProps {
  /** parts of the address, decoded: `{ event: 'launch-party' }` */
  params: Record<string, string>;
}

/** A page inside one event, which is loaded before it is shown. */
export interface EventPageProps extends PageProps {
  event: StaffEvent;
  /** takes in the event as a change has left it */
  onEvent: (event: StaffEvent) => void;
}

type Load<P> = () => Promise<ComponentType<P>>;

interface PageBase {
  /** such as `/admin/events/{event}/photos` */
  path: string;
  /**
   * who may change things there. Others see the page under a notice that says so (id `why-not`); helpers,
   * whose grant is `moderator`, are shown no other page.
   */
  needs: Role | 'moderator';
  /** the page says itself what the role may not do */
  explains?: true;
}
export type ConsolePage = PageBase &
  ({ in: 'account'; load: Load<PageProps> } | { in: 'event'; load: Load<EventPageProps> });

/** Every page of the console. Each is a file of its own, loaded when it is first shown. */
export const pages: ConsolePage[] = [
  {
    path: '/admin',
    in: 'account',
    needs: 'viewer',
    load: async () => (await import('../events/list-page.tsx')).EventsPage,
  },
  {
    path: '/admin/events/new',
    in: 'account',
    needs: 'member',
    load: async () => (await import('../events/new-page.tsx')).NewEventPage,
  },
  {
    path: '/admin/events/deleted',
    in: 'account',
    needs: 'viewer',
    load: async () => (await import('../events/deleted-page.tsx')).DeletedEventsPage,
  },
  {
    path: '/admin/events/{event}',
    in: 'event',
    needs: 'viewer',
    load: async () => (await import('../events/home-page.tsx')).EventHomePage,
  },
  {
    path: '/admin/events/{event}/settings',
    in: 'event',
    needs: 'member',
    load: async () => (await import('../events/settings-page.tsx')).EventSettingsPage,
  },
  {
    path: '/admin/events/{event}/photos',
    in: 'event',
    needs: 'moderator',
    explains: true,
    load: async () => (await import('../desk/desk-page.tsx')).DeskPage,
  },
  {
    path: '/admin/events/{event}/stage',
    in: 'event',
    needs: 'moderator',
    load: async () => (await import('../stage/stage-page.tsx')).StagePage,
  },
  {
    path: '/admin/events/{event}/helpers',
    in: 'event',
    needs: 'member',
    load: async () => (await import('../people/helpers-page.tsx')).HelpersPage,
  },
  {
    path: '/admin/screens',
    in: 'account',
    needs: 'member',
    load: async () => (await import('../screens/screens-page.tsx')).ScreensPage,
  },
  {
    path: '/admin/sites',
    in: 'account',
    needs: 'member',
    load: async () => (await import('../sites/sites-page.tsx')).SitesPage,
  },
  {
    path: '/admin/sites/{site}',
    in: 'account',
    needs: 'member',
    load: async () => (await import('../sites/site-page.tsx')).SitePage,
  },
  {
    path: '/admin/team',
    in: 'account',
    needs: 'admin',
    load: async () => (await import('../people/team-page.tsx')).TeamPage,
  },
  {
    path: '/admin/account',
    in: 'account',
    needs: 'admin',
    load: async () => (await import('../account/account-page.tsx')).AccountPage,
  },
  {
    path: '/admin/account/consent',
    in: 'account',
    needs: 'admin',
    load: async () => (await import('../account/consent-page.tsx')).ConsentPage,
  },
  {
    path: '/admin/profile',
    in: 'account',
    needs: 'viewer',
    load: async () => (await import('../people/profile-page.tsx')).ProfilePage,
  },
  {
    path: '/admin/look',
    in: 'account',
    needs: 'admin',
    load: async () => (await import('../look/look-page.tsx')).LookPage,
  },
  {
    path: '/admin/events/{event}/rehearsal',
    in: 'event',
    needs: 'member',
    explains: true,
    load: async () => (await import('../rehearsal/rehearsal-page.tsx')).RehearsalPage,
  },
  {
    path: '/admin/events/{event}/share',
    in: 'event',
    needs: 'member',
    explains: true,
    load: async () => (await import('../share/share-page.tsx')).SharePage,
  },
  {
    path: '/admin/events/{event}/albums',
    in: 'event',
    needs: 'moderator',
    load: async () => (await import('../desk/albums-page.tsx')).AlbumsPage,
  },
  {
    path: '/admin/events/{event}/reports',
    in: 'event',
    needs: 'moderator',
    load: async () => (await import('../desk/reports-page.tsx')).ReportsPage,
  },
  {
    path: '/admin/events/{event}/guests',
    in: 'event',
    needs: 'moderator',
    load: async () => (await import('../desk/guests-page.tsx')).GuestsPage,
  },
];

/** The page at an address and the parts of it; null when there is none. */
export const findPage = (address: string) => pickPage(pages, address);
