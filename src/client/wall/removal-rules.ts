import type { WallPhoto } from '../../contract/boot.ts';
import type { Photo } from '../../contract/photos.ts';
import type { Position } from '../shared/live-frames.ts';
import { toWallPhoto } from './schedule/schedule-rules.ts';

/** More than are ever taken down while one answer is under way. */
const REMEMBERED = 1_000;

export interface Removals {
  /** Taken down, as was said at this position. */
  note(ids: readonly string[], at: Position): void;
  /** It shows again. */
  undo(id: string): void;
  /** What a wall can show of a list, without what was taken down since it was read. */
  usable(list: Position & { items: readonly Photo[] }): WallPhoto[];
}

/** What was taken down lately: an answer that was under way meanwhile names it, and must not bring it back. */
export function rememberRemovals(): Removals {
  const removed = new Map<string, Position>();
  const isOver = (id: string, read: Position): boolean => {
    const at = removed.get(id);
    return at !== undefined && at.epoch === read.epoch && at.seq >= read.seq;
  };
  return {
    note(ids, at) {
      for (const id of ids) removed.set(id, at);
      for (const id of Array.from(removed.keys()).slice(0, Math.max(0, removed.size - REMEMBERED))) removed.delete(id);
    },
    undo: (id) => void removed.delete(id),
    usable: (list) =>
      list.items
        .filter(({ id }) => !isOver(id, list))
        .map(toWallPhoto)
        .filter((photo): photo is WallPhoto => photo !== null),
  };
}

/**
 * Of what a wall knows, the photos that a page of the list would have named, had they still been there.
 * @param named by this page or one before it, or come meanwhile
 * @param from `createdAt` of the last photo of the page before @param until of the last of this one; empty: it is the last page
 */
export const unlisted = (
  known: readonly WallPhoto[],
  named: ReadonlySet<string>,
  from: string,
  until: string,
): WallPhoto[] => known.filter(({ id, createdAt }) => createdAt <= from && createdAt > until && !named.has(id));
