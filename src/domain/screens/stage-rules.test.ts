import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../db/schema/events.ts';
import type { AnnouncementRow } from '../../db/schema/screens.ts';
import { toAnnouncement, toStageMessages, toWallState } from './stage-rules.ts';

const now = new Date('2026-11-21T20:00:00Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const id = '00000000-0000-4000-8000-000000000001';
const empty = {
  version: 7,
  panicAt: null,
  panicText: null,
  spotlightPhotoId: null,
  spotlightUntil: null,
  photoCallAt: null,
  photoCallSeconds: null,
  photoCallMission: null,
};
const announcement = (over: Partial<AnnouncementRow> = {}) =>
  ({ id, text: 'Cake', shownFrom: null, shownUntil: null, createdAt: now, ...over }) as AnnouncementRow;
const on = (over: Partial<EventRow>) => toWallState({ ...empty, ...over }, [], now);

describe('the stage', () => {
  it('has nothing on it where nothing was put', () =>
    expect(on({})).toEqual({ panic: null, spotlight: null, announcements: [], photoCall: null }));

  it('loses a spotlight when its time is over, and keeps one without an end', () => {
    expect(on({ spotlightPhotoId: id, spotlightUntil: at(1) }).spotlight).toEqual({
      photoId: id,
      until: at(1).getTime(),
    });
    expect(on({ spotlightPhotoId: id, spotlightUntil: at(0) }).spotlight).toBeNull();
    expect(on({ spotlightPhotoId: id }).spotlight).toEqual({ photoId: id, until: null });
  });

  it('loses a photo call when its seconds are over', () => {
    const call = (seconds: number) => on({ photoCallAt: at(-59), photoCallSeconds: seconds }).photoCall;
    expect(call(60)).toEqual({ startedAt: at(-59).getTime(), seconds: 60, mission: null });
    expect(call(59)).toBeNull();
  });

  it('has announcements that are shown or to come, and not those that are over', () => {
    const rows = [announcement({ shownFrom: at(60) }), announcement({ shownUntil: at(0) })];
    expect(toWallState(empty, rows, now).announcements).toEqual([
      { id, text: 'Cake', from: at(60).getTime(), until: null },
    ]);
  });
});

describe('an announcement for staff', () => {
  it.each([
    [{}, 'shown'],
    [{ shownFrom: at(1) }, 'coming'],
    [{ shownFrom: at(0) }, 'shown'],
    [{ shownUntil: at(0) }, 'over'],
  ] as const)('with %j is %s', (over, state) => expect(toAnnouncement(announcement(over), now).state).toBe(state));
});

describe('what the room says of the stage by itself', () => {
  it('is nothing where neither spotlight nor announcements have changed', () =>
    expect(toStageMessages(empty, [announcement()], [{}], now)).toEqual([]));

  it('is the spotlight as it is now, once', () => {
    const lit = { ...empty, spotlightPhotoId: id };
    expect(toStageMessages(lit, [], [{ spotlight: true }, { spotlight: true }], now)).toEqual([
      { kind: 'spotlight', version: 7, public: { v: 1, type: 'spotlight', photoId: id } },
    ]);
    expect(toStageMessages(empty, [], [{ spotlight: true }], now)).toEqual([
      { kind: 'spotlight', version: 7, public: { v: 1, type: 'spotlight' } },
    ]);
  });

  it('is an empty text for an announcement that is there no more', () =>
    expect(toStageMessages(empty, [], [{ announcement: id }], now)).toEqual([
      {
        kind: 'announcement',
        version: 7,
        public: { v: 1, type: 'announcement', id, text: '', from: null, until: null },
      },
    ]));
});
