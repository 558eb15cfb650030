import { describe, expect, it } from 'vitest';
import { photoOf } from './test-support/photos.ts';
import { isInView, listQuery, readView, viewQuery, withoutFilter, type View } from './view-rules.ts';

describe('a view of the desk', () => {
  it.each([
    '',
    '?tab=rejected',
    '?guest=g1&photo=p1',
    '?tab=approved&guest=g1&table=T7&album=a1&reported=true&duplicates=true&flag=words_held',
  ])('is the same after a walk through the address %s', (query) => {
    const { view, photo } = readView(query);
    expect(viewQuery(view, photo)).toBe(query);
  });

  it('is the tab of waiting photos where the address says something else', () => {
    expect(readView('?tab=nonsense&flag=nonsense&reported=maybe')).toEqual({
      view: { tab: 'pending', filters: {} },
      photo: null,
    });
  });

  it('asks for waiting photos in the order in which they came, for others newest first', () => {
    const at = (view: View) => listQuery('e', view, 100, null);
    expect(at({ tab: 'pending', filters: {} })).toContain('order=arrived');
    expect(at({ tab: 'rejected', filters: { guest: 'g' } })).toBe(
      '/api/v1/photos?event=e&status=rejected&order=-arrived&limit=100&guest=g',
    );
    expect(at({ tab: 'approved', filters: { duplicates: true, reported: true } })).toContain(
      '&reported=true&duplicates=true',
    );
  });

  it.each([
    [{ guest: 'g' }, true],
    [{ guest: 'other' }, false],
    [{ table: 'T1' }, false],
    [{ album: 'a' }, true],
    [{ flag: 'words_held' as const }, true],
    [{ flag: 'words_hidden' as const }, false],
    [{ reported: true }, true],
    [{ duplicates: true }, false],
  ])('with %j shows the photo: %s', (filters, isShown) => {
    const photo = photoOf(1, 'pending', { albumId: 'a', flags: ['words_held'], reports: 1 });
    expect(isInView({ tab: 'pending', filters }, photo)).toBe(isShown);
    expect(isInView({ tab: 'approved', filters }, photo)).toBe(false);
  });

  it('loses one filter at a time', () => {
    const view: View = { tab: 'pending', filters: { guest: 'g', reported: true } };
    expect(withoutFilter(view, 'guest')).toEqual({ tab: 'pending', filters: { reported: true } });
  });
});
