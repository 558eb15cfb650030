import { describe, expect, it } from 'vitest';
import type { ScreenPresence } from '../../contract/live.ts';
import { PACE_PHOTOS } from '../../contract/rehearsals.ts';
import type { Sample } from '../../db/rehearsals.ts';
import type { Measures } from '../../db/schema/rehearsals.ts';
import { checksOf } from './checklist-rules.ts';
import { dueBy, emptyMeasures, keyOf, nextStep, observe, observeReturn } from './rehearsal-rules.ts';

const START = new Date('2026-11-21T16:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const sample = (n: number, over: Partial<Sample> = {}): Sample => ({
  id: `photo-${n}`,
  key: keyOf(n),
  status: 'approved',
  createdAt: after(n),
  decidedAt: after(n + 2),
  deletedAt: null,
  ...over,
});
const samples = (count: number) => Array.from({ length: count }, (_, place) => sample(place + 1));
const screens = [{ id: 'foyer', name: 'Foyer', preflight: null }];
const presence = (over: Partial<ScreenPresence['report'] & object> = {}, at = after(6)): ScreenPresence => ({
  screenId: 'foyer',
  online: true,
  lastSeenAt: at.toISOString(),
  doubled: false,
  report: {
    showing: 'photo-1',
    layout: 'full',
    version: '1',
    skewMs: 10,
    transport: 'socket',
    paused: false,
    since: at.toISOString(),
    ...over,
  },
});
const heard = (one: ScreenPresence) => new Map([['foyer', one]]);
/** What has been seen when every photo was shown. */
const seen = (): Measures =>
  samples(6).reduce(
    (measures, { id }) => observe(measures, samples(6), heard(presence({ showing: id }))),
    emptyMeasures(screens),
  );

const run = (over: object = {}) => ({
  pace: 'quick' as const,
  phase: 'sending' as const,
  phaseAt: START,
  createdAt: START,
  endsBy: after(600),
  measures: emptyMeasures(screens),
  ...over,
});
const real = { panicAt: null, startsAt: null, deletedAt: null };
const state = (over: object = {}) => ({ event: real, twin: true, samples: samples(6), ...over });

describe('the pace', () => {
  it('begins at once, is even, and never sends more than it says', () => {
    expect([0, 0.9, 1, 4.9, 6, 1e6].map((seconds) => dueBy('quick', seconds * 1000))).toEqual([1, 1, 2, 5, 6, 6]);
    expect(dueBy('rush', PACE_PHOTOS.rush.seconds * 1000)).toBe(PACE_PHOTOS.rush.photos);
  });
});

describe('the next step', () => {
  it('sends what is due and not yet there, whoever sent the others, and catches up after a pause', () => {
    const half = { samples: [sample(1), sample(3)] };
    expect(nextStep(run(), state(half), after(3))).toEqual({ kind: 'send', photos: [2, 4] });
    expect(nextStep(run({ pace: 'rush' }), state({ samples: [] }), after(60))).toEqual({
      kind: 'send',
      photos: [1, 2, 3, 4, 5, 6],
    });
    expect(nextStep(run(), state({ samples: [sample(1)] }), after(0.5))).toEqual({ kind: 'wait' });
  });

  it('waits until photos are prepared and seen, but not for ever', () => {
    const working = state({ samples: [...samples(5), sample(6, { status: 'processing' })] });
    expect(nextStep(run({ measures: seen() }), working, after(13))).toEqual({ kind: 'wait' });
    expect(nextStep(run({ measures: seen() }), state(), after(12))).toEqual({ kind: 'recall', photoId: 'photo-6' });
    const dark = { measures: observe(emptyMeasures(screens), samples(6), heard(presence({ showing: null }))) };
    expect(nextStep(run(dark), state(), after(20))).toEqual({ kind: 'wait' });
    expect(nextStep(run(dark), state(), after(40))).toEqual({ kind: 'recall', photoId: 'photo-6' });
  });

  it.each([
    ['the real event begins', { ...real, startsAt: after(5) }, 'begun'],
    ['somebody presses the emergency button', { ...real, panicAt: after(5) }, 'panic'],
    ['the event is deleted', { ...real, deletedAt: after(5) }, 'deleted'],
    ['the event is gone', null, 'deleted'],
  ])('gives the screens back when %s', (_what, event, because) => {
    for (const phase of ['sending', 'recalling']) {
      expect(nextStep(run({ phase }), state({ event }), after(6))).toEqual({ kind: 'return', because });
    }
  });

  it('gives the screens back after the limit, and when the twin was erased', () => {
    expect(nextStep(run({ phase: 'recalling' }), state(), after(600))).toEqual({ kind: 'return', because: 'limit' });
    expect(nextStep(run(), state({ twin: false }), after(1))).toEqual({ kind: 'return', because: 'deleted' });
    // An event that had begun long before is no reason: it was rehearsed all the same.
    const begun = { ...real, startsAt: after(-60) };
    expect(nextStep(run(), state({ event: begun, samples: [] }), after(0)).kind).toBe('send');
  });

  it('waits for confirmations, for screens and for thumbnailers, each for its time', () => {
    const recall = (confirmed: number) => ({
      phase: 'recalling',
      phaseAt: after(20),
      measures: { ...seen(), recall: { confirmed, total: 2, ms: 300 } },
    });
    expect(nextStep(run(recall(1)), state(), after(21))).toEqual({ kind: 'wait' });
    expect(nextStep(run(recall(2)), state(), after(21))).toEqual({ kind: 'return', because: 'done' });
    expect(nextStep(run(recall(1)), state(), after(35))).toEqual({ kind: 'return', because: 'done' });

    const returning = { phase: 'returning', phaseAt: after(40), measures: seen() };
    expect(nextStep(run(returning), state(), after(41))).toEqual({ kind: 'wait' });
    const back = observeReturn(seen(), heard(presence({}, after(42))), after(40));
    expect(nextStep(run({ ...returning, measures: back }), state(), after(43))).toEqual({ kind: 'vanish' });
    expect(observeReturn(seen(), heard(presence({}, after(39))), after(40)).screens['foyer']?.isBack).toBe(false);
    expect(nextStep(run(returning), state(), after(60))).toEqual({ kind: 'vanish' });

    const vanishing = { phase: 'vanishing', phaseAt: after(60) };
    const working = state({ samples: [sample(1, { status: 'processing' })] });
    expect(nextStep(run(vanishing), working, after(61))).toEqual({ kind: 'wait' });
    expect(nextStep(run(vanishing), working, after(105))).toEqual({ kind: 'erase' });
    expect(nextStep(run(vanishing), state(), after(61))).toEqual({ kind: 'erase' });
  });
});

describe('what is seen', () => {
  it('counts each photo once for a screen, from its sending to its first showing', () => {
    const once = observe(emptyMeasures(screens), samples(6), heard(presence({}, after(4))));
    const twice = observe(once, samples(6), heard(presence({}, after(9))));
    expect(twice.screens['foyer']?.shown).toEqual({ 'photo-1': 3000 });
    expect(twice).toMatchObject({ sent: 6, processed: 6, processingMs: 2000 });
    const other = observe(twice, samples(6), heard(presence({ showing: 'a photo of the real event' })));
    expect(Object.keys(other.screens['foyer']?.shown ?? {})).toEqual(['photo-1']);
  });
});

describe('the checklist', () => {
  const tones = (measures: Measures, isOver = true) =>
    Object.fromEntries(checksOf(measures, 6, isOver).map(({ check, tone }) => [check, tone]));
  const whole = (): Measures => ({
    ...observeReturn(seen(), heard(presence({}, after(42))), after(40)),
    recall: { confirmed: 1, total: 1, ms: 400 },
    leftovers: 0,
  });

  it('is all green when everything worked', () => {
    expect(new Set(Object.values(tones(whole())))).toEqual(new Set(['good']));
  });

  it('says what did not, and what could be better', () => {
    const foyer = whole().screens['foyer']!;
    const measures = {
      ...whole(),
      failed: 1,
      processed: 5,
      recall: { confirmed: 0, total: 1, ms: 0 },
      leftovers: 2,
      screens: {
        foyer: {
          ...foyer,
          shown: {},
          skewMs: -4000,
          transport: 'polling' as const,
          preflight: ['storage'],
          isBack: false,
        },
      },
    };
    expect(tones(measures)).toEqual({
      reached: 'good',
      first: 'bad',
      pace: 'bad',
      clock: 'wait',
      line: 'wait',
      preflight: 'wait',
      back: 'wait',
      processed: 'bad',
      recall: 'bad',
      vanished: 'bad',
    });
  });

  it('leaves open what is not known yet, and expects nothing of a screen that never came', () => {
    expect(new Set(Object.values(tones(emptyMeasures(screens), false)))).toEqual(new Set(['open']));
    expect(tones(emptyMeasures(screens))).toEqual({
      reached: 'bad',
      processed: 'bad',
      recall: 'wait',
      vanished: 'bad',
    });
  });
});
