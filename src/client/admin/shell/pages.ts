import type { ComponentType } from 'preact';
import type { Role } from '../../../contract/auth.ts';
import type { StaffEvent } from '../../../contract/events.ts';

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
  /** who is shown the page as their own; others see it and what they may not do there is explained */
  needs: Role | 'moderator';
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
    path: '/admin/events/{event}/photos',
    in: 'event',
    needs: 'moderator',
    load: async () => (await import('../desk/desk-page.tsx')).DeskPage,
  },
];

/** The page at an address and the parts of it; null when there is none. */
export function findPage(path: string): { page: ConsolePage; params: Record<string, string> } | null {
  const given = path.split('?')[0]!.split('/').filter(Boolean);
  for (const page of pages) {
    const pattern = page.path.split('/').filter(Boolean);
    if (pattern.length !== given.length) continue;
    const params: Record<string, string> = {};
    const fits = pattern.every((part, place) => {
      const name = /^\{(\w+)\}$/.exec(part);
      if (!name || !name[1]) return part === given[place];
      try {
        params[name[1]] = decodeURIComponent(given[place] || '');
      } catch {
        return false;
      }
      return true;
    });
    if (fits) return { page, params };
  }
  return null;
}
