import type { DeskPhoto, PhotoPage } from './desk-photo.ts';
import { isInView, orderOf, viewKey, type View } from './view-rules.ts';

/** Lists of this many views are kept, so that going back to one shows it at once. */
const VIEWS = 8;

export interface PhotoList {
  view: View;
  /** in the order of the view */
  ids: string[];
  /** where the server's list goes on; undefined: not asked for yet; null: all of it is here */
  cursor: string | null | undefined;
  /** arrived at the front while one looks at the list; shown when asked for */
  fresh: string[];
}

/**
 * The photos a desk knows, and the lists they stand in. Changed in place and never sorted: a photo's place
 * is found by halving, so that a key press costs the same with fifty photos and with fifty thousand.
 */
export function openPhotoStore() {
  const photos = new Map<string, DeskPhoto>();
  const lists = new Map<string, PhotoList>();
  let shown = '';

  const isAscending = (list: PhotoList) => orderOf(list.view) === 'arrived';

  /** Below 0 when `a` stands before `b`. */
  function compare(list: PhotoList, a: DeskPhoto, b: DeskPhoto): number {
    const by =
      a.createdAt === b.createdAt ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.createdAt < b.createdAt ? -1 : 1;
    return isAscending(list) ? by : -by;
  }

  /** Where a photo stands, or would stand. */
  function place(list: PhotoList, photo: DeskPhoto): number {
    let low = 0;
    let high = list.ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = photos.get(list.ids[middle] as string);
      if (there && compare(list, there, photo) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const holds = (list: PhotoList, photo: DeskPhoto) => list.ids[place(list, photo)] === photo.id;

  function insert(list: PhotoList, photo: DeskPhoto, isArrival: boolean): void {
    const at = place(list, photo);
    if (list.ids[at] === photo.id) return;
    // Beyond what has been loaded: it comes with its page.
    if (list.cursor !== null && at === list.ids.length) return;
    if (isArrival && at === 0 && list.ids.length > 0 && !isAscending(list) && viewKey(list.view) === shown) {
      if (list.fresh.indexOf(photo.id) < 0) list.fresh.push(photo.id);
      return;
    }
    list.ids.splice(at, 0, photo.id);
  }

  function remove(list: PhotoList, photo: DeskPhoto): void {
    const at = place(list, photo);
    if (list.ids[at] === photo.id) list.ids.splice(at, 1);
    else if (list.fresh.length) list.fresh = list.fresh.filter((id) => id !== photo.id);
  }

  function put(photo: DeskPhoto, isArrival = false): void {
    const before = photos.get(photo.id);
    // While both versions are in question, the lists still find it under its time, which never changes.
    if (!before) photos.set(photo.id, photo);
    for (const list of lists.values()) {
      const was = before !== undefined && isInView(list.view, before);
      const is = isInView(list.view, photo);
      if (is) insert(list, photo, isArrival);
      else if (was) remove(list, before);
    }
    photos.set(photo.id, photo);
  }

  function drop(id: string): void {
    const known = photos.get(id);
    if (!known) return;
    for (const list of lists.values()) remove(list, known);
    photos.delete(id);
  }

  /** The list of a view, made when there is none, and from now on the one that is looked at. */
  function show(view: View): PhotoList {
    const key = viewKey(view);
    shown = key;
    let list = lists.get(key);
    if (list) lists.delete(key);
    else list = { view, ids: [], cursor: undefined, fresh: [] };
    lists.set(key, list);
    for (const old of lists.keys()) if (lists.size > VIEWS) lists.delete(old);
    merge(list);
    return list;
  }

  function merge(list: PhotoList): void {
    const { fresh } = list;
    list.fresh = [];
    for (const id of fresh) {
      const photo = photos.get(id);
      if (photo && isInView(list.view, photo)) insert(list, photo, false);
    }
  }

  /**
   * Takes in a page of a view. The first page replaces what was known of the list, except what comes after
   * the page. `shape` says what is shown of a photo, which a decision under way may make another.
   */
  function putPage(view: View, page: PhotoPage, isFirst: boolean, shape: (photo: DeskPhoto) => DeskPhoto): void {
    const list = lists.get(viewKey(view));
    if (!list) return;
    if (isFirst) {
      list.ids = [];
      list.fresh = [];
    }
    list.cursor = null;
    for (const photo of page.items) put(shape(photo));
    for (const photo of page.items) {
      const known = photos.get(photo.id);
      if (known && isInView(view, known)) insert(list, known, false);
    }
    list.cursor = page.nextCursor;
  }

  /** The neighbour of a place, `step` photos away; the ends do not wrap, so that one notices being there. */
  function neighbour(list: PhotoList, id: string | null, step: number): string | null {
    const photo = id === null ? undefined : photos.get(id);
    const at = photo ? place(list, photo) : 0;
    return list.ids[Math.min(Math.max(at + step, 0), list.ids.length - 1)] || null;
  }

  return {
    get: (id: string | null): DeskPhoto | undefined => (id === null ? undefined : photos.get(id)),
    list: (view: View): PhotoList | undefined => lists.get(viewKey(view)),
    /** where a photo stands in a list, else where it would */
    place: (list: PhotoList, id: string): number => {
      const photo = photos.get(id);
      return photo ? place(list, photo) : -1;
    },
    holds: (list: PhotoList, id: string): boolean => {
      const photo = photos.get(id);
      return photo !== undefined && holds(list, photo);
    },
    put,
    drop,
    show,
    merge,
    putPage,
    neighbour,
  };
}
