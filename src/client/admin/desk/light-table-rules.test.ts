import { describe, expect, it } from 'vitest';
import type { PhotoStatus, StaffPhoto } from '../../../contract/photos.ts';
import {
  dropPhoto,
  listOf,
  mayDecide,
  move,
  newTable,
  putPage,
  putPhoto,
  showTab,
  type Table,
} from './light-table-rules.ts';

const photo = (n: number, status: PhotoStatus = 'pending'): StaffPhoto => ({
  id: `p${n}`,
  status,
  width: 3,
  height: 2,
  thumbhash: null,
  renditions: [],
  caption: null,
  by: null,
  takenAt: null,
  createdAt: `2026-11-21T20:0${n}:00.000Z`,
  reactions: {},
  failure: null,
  eventId: 'e',
  version: 1,
  guestId: 'g',
  guest: { id: 'g', name: null, table: null, blocked: false, trust: 'auto', approved: 0 },
  albumId: null,
  flags: [],
  reports: 0,
  decided: null,
  duplicateOf: null,
  sha256: '',
  bytes: 1,
  type: 'image/jpeg',
});

const NOBODY: ReadonlySet<string> = new Set();
const setup = (): Table =>
  putPage(
    newTable('pending'),
    'pending',
    { items: [photo(3), photo(2), photo(1)], nextCursor: null, counts: { pending: 3, approved: 5 } },
    true,
    NOBODY,
  );
const ids = (table: Table) => listOf(table, table.tab).map((p) => p.id);

describe('the light table', () => {
  it('puts who came first in front of the line, and selects it', () => {
    expect(ids(setup())).toEqual(['p1', 'p2', 'p3']);
    expect(setup().selected).toBe('p1');
  });

  it('goes to the next photo after a decision and keeps the counts true', () => {
    const table = putPhoto(setup(), photo(1, 'approved'));
    expect(table.selected).toBe('p2');
    expect(table.counts).toEqual({ pending: 2, approved: 6 });
  });

  it('goes back to the one before at the end of the line', () => {
    const table = putPhoto({ ...setup(), selected: 'p3' }, photo(3, 'rejected'));
    expect(table.selected).toBe('p2');
  });

  it('rolls back a refused decision completely', () => {
    const before = setup();
    const after = putPhoto(putPhoto(before, photo(1, 'approved')), photo(1));
    expect(ids(after)).toEqual(ids(before));
    expect(after.counts).toEqual(before.counts);
  });

  it('shows an arrival once, however often it is announced', () => {
    const table = putPhoto(putPhoto(setup(), photo(4)), photo(4));
    expect(ids(table)).toEqual(['p1', 'p2', 'p3', 'p4']);
    expect(table.counts.pending).toBe(4);
    expect(table.selected).toBe('p1');
  });

  it('does not let a list from the server undo a decision under way', () => {
    const decided = putPhoto(setup(), photo(1, 'approved'));
    const page = { items: [photo(3), photo(2), photo(1)], nextCursor: null, counts: { pending: 3, approved: 5 } };
    const table = putPage(decided, 'pending', page, true, new Set(['p1']));
    expect(ids(table)).toEqual(['p2', 'p3']);
    expect(table.counts.approved).toBe(6);
  });

  it('forgets photos that the server no longer lists', () => {
    const page = { items: [photo(2)], nextCursor: null, counts: { pending: 1 } };
    expect(ids(putPage(setup(), 'pending', page, true, NOBODY))).toEqual(['p2']);
    expect(ids(dropPhoto(setup(), 'p2'))).toEqual(['p1', 'p3']);
  });

  it('moves along the strip and stops at its ends', () => {
    expect(move(setup(), -1).selected).toBe('p1');
    expect(move(move(move(setup(), 1), 1), 1).selected).toBe('p3');
  });

  it('has nothing selected in an empty tab', () => {
    const table = showTab(setup(), 'failed');
    expect(table.selected).toBeNull();
    expect(move(table, 1).selected).toBeNull();
  });

  it('decides only what can be decided', () => {
    expect(mayDecide('pending', 'approved')).toBe(true);
    expect(mayDecide('approved', 'approved')).toBe(false);
    expect(mayDecide('processing', 'approved')).toBe(false);
    expect(mayDecide('failed', 'rejected')).toBe(false);
  });
});
