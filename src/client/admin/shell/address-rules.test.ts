import { describe, expect, it } from 'vitest';
import { addressOf, matchAddress, pathOf, pickPage } from './address-rules.ts';

describe('an address', () => {
  it('fits its pattern, whatever its query, and gives its parts decoded', () => {
    expect(matchAddress('/admin/events/{event}/photos', '/admin/events/ball/photos?status=pending#x')).toEqual({
      event: 'ball',
    });
    expect(matchAddress('/admin/events/{event}', '/admin/events/caf%C3%A9/')).toEqual({ event: 'café' });
    expect(matchAddress('/admin', '/admin')).toEqual({});
  });

  it('fits no other', () => {
    expect(matchAddress('/admin/events/{event}', '/admin/events')).toBeNull();
    expect(matchAddress('/admin/events/{event}', '/admin/events/ball/photos')).toBeNull();
    expect(matchAddress('/admin/team', '/admin/Team')).toBeNull();
    expect(matchAddress('/admin/events/{event}', '/admin/events/%E0%A4%A')).toBeNull();
  });

  it('is made of a pattern and its parts', () => {
    expect(addressOf('/admin/events/{event}/photos', { event: 'a b/ö' })).toBe('/admin/events/a%20b%2F%C3%B6/photos');
    expect(pathOf('/admin?x=1#y')).toBe('/admin');
  });

  it('leads to the page that names it, before one that takes anything there', () => {
    const pages = [{ path: '/admin/events/{event}' }, { path: '/admin/events/new' }, { path: '/admin' }];
    expect(pickPage(pages, '/admin/events/new')?.page.path).toBe('/admin/events/new');
    expect(pickPage(pages, '/admin/events/newer')).toEqual({ page: pages[0], params: { event: 'newer' } });
    expect(pickPage(pages, '/admin/nothing')).toBeNull();
  });
});
