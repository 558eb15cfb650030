import { describe, expect, it } from 'vitest';
import type { WallPhoto } from '../../contract/boot.ts';
import type { Photo } from '../../contract/photos.ts';
import { rememberRemovals, unlisted } from './removal-rules.ts';

const photo = (n: number): WallPhoto => ({
  id: `p${n}`,
  sizes: [{ width: 3, height: 2, url: `/i/${n}` }],
  width: 3,
  height: 2,
  by: null,
  caption: null,
  thumbhash: null,
  createdAt: new Date(n * 1000).toISOString(),
  reactions: {},
});
const at = (n: number) => photo(n).createdAt;

/** As much of a photo of the list as a wall reads. */
const listed = (id: string) =>
  ({ ...photo(1), id, renditions: [{ width: 3, height: 2, type: 'image/webp', url: `/i/${id}` }] }) as unknown as Photo;

describe('a photo that was taken down while a list was under way', () => {
  const removals = rememberRemovals();
  const names = (id: string, read: { epoch: string; seq: number }) =>
    removals.usable({ ...read, items: [listed(id)] }).length > 0;
  removals.note(['p1', 'p2'], { epoch: 'a', seq: 11 });
  removals.undo('p2');

  it.each([
    ['is not brought back by a list from before', 'p1', { epoch: 'a', seq: 10 }, false],
    ['is shown again when a later list names it', 'p1', { epoch: 'a', seq: 12 }, true],
    ['is shown again when a room that has begun anew names it', 'p1', { epoch: 'b', seq: 1 }, true],
    ['is shown when it was approved again', 'p2', { epoch: 'a', seq: 10 }, true],
  ])('%s', (_what, id, read, isShown) => expect(names(id, read)).toBe(isShown));

  it('is forgotten only after a thousand others', () => {
    const others = Array.from({ length: 1_000 }, (_, n) => `other${n}`);
    removals.note(others, { epoch: 'a', seq: 12 });
    expect(names('p1', { epoch: 'a', seq: 10 })).toBe(true);
    expect(others.some((id) => names(id, { epoch: 'a', seq: 12 }))).toBe(false);
  });
});

describe('a walk through the list of an event', () => {
  const known = [9, 8, 7, 6, 5].map(photo);
  const ids = (gone: WallPhoto[]) => gone.map(({ id }) => id);

  it('finds what a page should have named', () =>
    expect(ids(unlisted(known, new Set(['p9', 'p8', 'p6']), at(8), at(6)))).toEqual(['p7']));

  it('says nothing of what pages to come may name', () =>
    expect(unlisted(known, new Set(['p9', 'p8', 'p7']), at(8), at(7))).toEqual([]));

  it('finds all that is older than the last page', () =>
    expect(ids(unlisted(known, new Set(['p9', 'p8', 'p7']), at(8), ''))).toEqual(['p6', 'p5']));

  it('leaves alone what came meanwhile', () =>
    expect(unlisted(known, new Set(['p9', 'p8', 'p7', 'p6', 'p5']), at(9), '')).toEqual([]));
});
