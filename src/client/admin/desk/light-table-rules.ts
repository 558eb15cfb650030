import type { Decision, PhotoStatus, StaffPhoto } from '../../../contract/photos.ts';

export const TABS = ['pending', 'approved', 'rejected', 'failed'] as const;
export type Tab = (typeof TABS)[number];

/** How many of an event's photos are in each status. */
export type Counts = Partial<Record<PhotoStatus, number>>;

export interface Table {
  photos: Readonly<Record<string, StaffPhoto>>;
  counts: Counts;
  /** where each list goes on; undefined: not asked for yet */
  cursors: Partial<Record<Tab, string | null>>;
  tab: Tab;
  selected: string | null;
}

export const newTable = (tab: Tab): Table => ({ photos: {}, counts: {}, cursors: {}, tab, selected: null });

const isNewer = (a: StaffPhoto, b: StaffPhoto) =>
  a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1;

/** The photos of one tab. Waiting: who came first is first in line; all others: newest first. */
export function listOf(table: Table, tab: Tab): StaffPhoto[] {
  const list = Object.keys(table.photos)
    .map((id) => table.photos[id] as StaffPhoto)
    .filter((photo) => photo.status === tab)
    .sort(isNewer);
  return tab === 'pending' ? list.reverse() : list;
}

/** Keeps something selected: when the selected photo leaves the tab, the one after it, else the one before. */
function reselect(before: Table, after: Table): Table {
  const list = listOf(after, after.tab);
  if (list.some((photo) => photo.id === after.selected)) return after;
  const place = listOf(before, after.tab).findIndex((photo) => photo.id === after.selected);
  const next = list[Math.min(Math.max(place, 0), list.length - 1)];
  return { ...after, selected: next ? next.id : null };
}

/** Puts one photo where its status says, and keeps the counts true. */
export function putPhoto(table: Table, photo: StaffPhoto): Table {
  const known = table.photos[photo.id];
  const counts = { ...table.counts };
  if (!known || known.status !== photo.status) {
    if (known) counts[known.status] = Math.max(0, (counts[known.status] || 0) - 1);
    counts[photo.status] = (counts[photo.status] || 0) + 1;
  }
  return reselect(table, { ...table, counts, photos: { ...table.photos, [photo.id]: photo } });
}

export function dropPhoto(table: Table, id: string): Table {
  const known = table.photos[id];
  if (!known) return table;
  const photos = { ...table.photos };
  delete photos[id];
  const counts = { ...table.counts, [known.status]: Math.max(0, (table.counts[known.status] || 0) - 1) };
  return reselect(table, { ...table, counts, photos });
}

export interface Page {
  items: StaffPhoto[];
  nextCursor: string | null;
  counts: Counts;
}

/**
 * Takes in a page from the server. The first page of a tab replaces what was known of it; photos in
 * `busy` have a decision under way and stay as the person sees them.
 */
export function putPage(table: Table, tab: Tab, page: Page, isFirst: boolean, busy: ReadonlySet<string>): Table {
  const photos: Record<string, StaffPhoto> = {};
  for (const id of Object.keys(table.photos)) {
    const photo = table.photos[id] as StaffPhoto;
    if (!isFirst || photo.status !== tab || busy.has(id)) photos[id] = photo;
  }
  for (const photo of page.items) if (!busy.has(photo.id)) photos[photo.id] = photo;
  const cursors = { ...table.cursors, [tab]: page.nextCursor };
  return reselect(table, { ...table, photos, cursors, counts: busy.size ? table.counts : page.counts });
}

export function showTab(table: Table, tab: Tab): Table {
  return reselect(table, { ...table, tab, selected: null });
}

/** @returns the table with the neighbour selected; the ends do not wrap, so that one notices being there */
export function move(table: Table, step: 1 | -1): Table {
  const list = listOf(table, table.tab);
  const place = list.findIndex((photo) => photo.id === table.selected);
  const next = list[Math.min(Math.max(place + step, 0), list.length - 1)];
  return { ...table, selected: next ? next.id : null };
}

/** What `A` and `R` may do to a photo of this status. */
export const mayDecide = (status: PhotoStatus, to: Decision): boolean =>
  status !== to && status !== 'processing' && status !== 'failed';
