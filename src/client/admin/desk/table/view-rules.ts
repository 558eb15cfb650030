import type { PhotoFlag } from '../../../../contract/photos.ts';
import { TABS, type DeskPhoto, type Tab } from './desk-photo.ts';

/** What narrows a tab down; all of them at once. */
export interface Filters {
  guest?: string;
  table?: string;
  album?: string;
  /** what the word lists say */
  flag?: PhotoFlag;
  reported?: boolean;
  duplicates?: boolean;
}
export type FilterName = keyof Filters;

export interface View {
  tab: Tab;
  filters: Filters;
}

const FLAGS: readonly PhotoFlag[] = ['words_held', 'words_hidden'];
const NAMED: readonly ('guest' | 'table' | 'album')[] = ['guest', 'table', 'album'];
const MARKED: readonly ('reported' | 'duplicates')[] = ['reported', 'duplicates'];

/** The view and the photo that an address names; what it does not name is the tab of waiting photos. */
export function readView(query: string): { view: View; photo: string | null } {
  const params = new URLSearchParams(query);
  const named = params.get('tab');
  const filters: Filters = {};
  for (const name of NAMED) {
    const value = params.get(name);
    if (value) filters[name] = value;
  }
  for (const name of MARKED) if (params.get(name) === 'true') filters[name] = true;
  const flag = FLAGS.find((one) => one === params.get('flag'));
  if (flag) filters.flag = flag;
  return { view: { tab: TABS.find((tab) => tab === named) || 'pending', filters }, photo: params.get('photo') };
}

/** The query of a view: `?tab=rejected&guest=…`; empty for the tab of waiting photos. */
export function viewQuery({ tab, filters }: View, photo: string | null = null): string {
  const params = new URLSearchParams();
  if (tab !== 'pending') params.set('tab', tab);
  for (const name of NAMED) {
    const value = filters[name];
    if (value) params.set(name, value);
  }
  for (const name of MARKED) if (filters[name]) params.set(name, 'true');
  if (filters.flag) params.set('flag', filters.flag);
  if (photo) params.set('photo', photo);
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** Who came first is first in line; everything else is looked at newest first. */
export const orderOf = (view: View): 'arrived' | '-arrived' => (view.tab === 'pending' ? 'arrived' : '-arrived');

/** The page of the API for a view. */
export function listQuery(event: string, view: View, limit: number, cursor: string | null): string {
  const params = new URLSearchParams({ event, status: view.tab, order: orderOf(view), limit: String(limit) });
  for (const name of NAMED) {
    const value = view.filters[name];
    if (value) params.set(name, value);
  }
  if (view.filters.flag) params.set('flag', view.filters.flag);
  for (const name of MARKED) if (view.filters[name]) params.set(name, 'true');
  if (cursor) params.set('cursor', cursor);
  return `/api/v1/photos?${params.toString()}`;
}

/** Whether a photo belongs to a view, as the server would say. */
export function isInView({ tab, filters }: View, photo: DeskPhoto): boolean {
  if (photo.status !== tab) return false;
  if (filters.guest && photo.guestId !== filters.guest) return false;
  if (filters.table && !(photo.guest && photo.guest.table && photo.guest.table.code === filters.table)) return false;
  if (filters.album && photo.albumId !== filters.album) return false;
  if (filters.flag && !(photo.flags && photo.flags.includes(filters.flag))) return false;
  if (filters.reported && !photo.reports) return false;
  return !filters.duplicates || photo.duplicateOf !== null;
}

export const viewKey = (view: View): string => `${view.tab}${viewQuery(view)}`;
export const isFiltered = ({ filters }: View): boolean => Object.keys(filters).length > 0;

export function withoutFilter(view: View, name: FilterName): View {
  const filters = { ...view.filters };
  delete filters[name];
  return { ...view, filters };
}
