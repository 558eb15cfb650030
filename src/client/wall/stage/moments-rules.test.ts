import { describe, expect, it } from 'vitest';
import type { WallState } from '../../../contract/stage.ts';
import { CALL_AFTERWARDS_MS, momentOf, NO_STAGE } from './moments-rules.ts';

const NOW = Date.UTC(2026, 10, 21, 20);
const MINUTE = 60_000;
const at = (stage: Partial<WallState>, now = NOW) => momentOf({ ...NO_STAGE, ...stage }, now);

describe('what is on besides photos', () => {
  it('is nothing, and changes never, where nothing is set', () => {
    expect(at({})).toEqual({ announcement: null, spotlight: null, photoCall: null, next: null });
  });

  it('shows an announcement from its start to its end, and says when to look again', () => {
    const announcements = [{ id: 'a', text: 'Cake', from: NOW + MINUTE, until: NOW + 3 * MINUTE }];
    expect(at({ announcements })).toMatchObject({ announcement: null, next: NOW + MINUTE });
    expect(at({ announcements }, NOW + MINUTE)).toMatchObject({
      announcement: { text: 'Cake' },
      next: NOW + 3 * MINUTE,
    });
    expect(at({ announcements }, NOW + 3 * MINUTE)).toMatchObject({ announcement: null, next: null });
  });

  it('shows the announcement that began last, and the one before it again afterwards', () => {
    const announcements = [
      { id: 'late', text: 'Bus', from: NOW, until: NOW + MINUTE },
      { id: 'always', text: 'Bar is open', from: null, until: null },
    ];
    expect(at({ announcements }).announcement?.id).toBe('late');
    expect(at({ announcements }, NOW + MINUTE).announcement?.id).toBe('always');
  });

  it('counts a photo call down second by second, shows its zero, and ends', () => {
    const photoCall = { startedAt: NOW, seconds: 60, mission: null };
    expect(at({ photoCall })).toMatchObject({ photoCall: { secondsLeft: 60 }, next: NOW + 1_000 });
    expect(at({ photoCall }, NOW + 58_500)).toMatchObject({ photoCall: { secondsLeft: 2 }, next: NOW + 59_000 });
    expect(at({ photoCall }, NOW + 60_000).photoCall?.secondsLeft).toBe(0);
    expect(at({ photoCall }, NOW + 60_000 + CALL_AFTERWARDS_MS)).toMatchObject({ photoCall: null, next: null });
  });

  it('lets a spotlight end by itself', () => {
    const spotlight = { photoId: 'p', until: NOW + MINUTE };
    expect(at({ spotlight })).toMatchObject({ spotlight: 'p', next: NOW + MINUTE });
    expect(at({ spotlight }, NOW + MINUTE).spotlight).toBeNull();
    expect(at({ spotlight: { photoId: 'p', until: null } }).spotlight).toBe('p');
  });
});
