import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../db/schema/events.ts';
import { checklistOf, fillHours, timelineOf, type EventFacts } from './event-summary-rules.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 5, 20, hour));
const NOTHING: EventFacts = { firstPhoto: null, latestPhoto: null, firstPublished: null, firstHelper: null };

function setup(over: Partial<EventRow> = {}): EventRow {
  return {
    startsAt: at(18),
    endsAt: at(23),
    opensAt: null,
    closesAt: null,
    revealAt: null,
    deleteAt: null,
    heldAt: null,
    createdAt: at(1),
    settings: {},
    ...over,
  } as EventRow;
}

describe('photos per hour', () => {
  it('are none where nothing was sent', () => expect(fillHours([])).toEqual([]));
  it('show an hour in which nobody sent any', () =>
    expect(
      fillHours([
        { hour: at(18), count: 3 },
        { hour: at(21), count: 1 },
      ]).map((one) => one.count),
    ).toEqual([0, 0, 3, 0, 0, 1]));
  it('are those of 24 hours at most', () =>
    expect(
      fillHours([
        { hour: at(-50), count: 9 },
        { hour: at(21), count: 1 },
      ]),
    ).toHaveLength(24));
});

describe('the checklist', () => {
  const done = (event: EventRow, facts: Partial<EventFacts> = {}) =>
    checklistOf(event, { ...NOTHING, ...facts })
      .filter((step) => step.done)
      .map((step) => step.id);
  it('knows from the data that dates are set, a photo has come and a helper was invited', () => {
    expect(done(setup())).toEqual(['details']);
    expect(done(setup({ endsAt: null }))).toEqual([]);
    expect(done(setup(), { firstPhoto: at(2), firstHelper: at(3) })).toEqual([
      'details',
      'test_photo',
      'moderator_invited',
    ]);
  });
  it('believes what somebody says, and lets nobody take back what can be seen', () => {
    const event = setup({
      settings: { checklist: { qr_printed: at(4).toISOString(), moderator_invited: at(5).toISOString() } },
    });
    expect(done(event)).toEqual(['details', 'qr_printed', 'moderator_invited']);
    const steps = checklistOf(event, { ...NOTHING, firstHelper: at(3) });
    expect(steps.find((step) => step.id === 'moderator_invited')).toMatchObject({
      byHand: false,
      at: at(3).toISOString(),
    });
    expect(steps.find((step) => step.id === 'qr_printed')).toMatchObject({ byHand: true });
    expect(steps.find((step) => step.id === 'test_photo')).toMatchObject({ byHand: false });
  });
});

describe('the timeline', () => {
  it('is in the order of time, and says nothing that did not happen', () =>
    expect(
      timelineOf(setup({ revealAt: at(30), opensAt: at(10) }), {
        ...NOTHING,
        firstPhoto: at(19),
        latestPhoto: at(22),
      }).map((one) => one.kind),
    ).toEqual(['created', 'opens', 'starts', 'first_photo', 'latest_photo', 'ends', 'reveals']));
  it('does not name the only photo twice', () =>
    expect(
      timelineOf(setup(), { ...NOTHING, firstPhoto: at(19), latestPhoto: at(19) }).map((one) => one.kind),
    ).not.toContain('latest_photo'));
});
