import { describe, expect, it } from 'vitest';
import type { AllowanceRow } from '../../db/usage.ts';
import { judgeAllowance, type Wish } from './allowance-rules.ts';
import { isUndeveloped } from './camera-rules.ts';
import { askedOf } from './consent-rules.ts';
import { limitsOf } from './plans.ts';

const allowance = (over: Partial<AllowanceRow> = {}): AllowanceRow => ({
  plan: 'free',
  settings: {},
  wording: null,
  account: { photos: 0, bytes: 0 },
  event: { photos: 0, bytes: 0 },
  guests: {},
  open: { photos: 0, bytes: 0, ofEvent: 0, ofGuests: {}, isKnown: false },
  ...over,
});
const wish = (over: Partial<Wish> = {}): Wish => ({
  guestId: 'ada',
  bytes: 1000,
  consent: null,
  reader: 'en',
  ...over,
});
const event = (settings: Record<string, unknown> = {}) => ({ settings, revealAt: null });

/** The code of a refusal and what it says besides. */
function refused(row: AllowanceRow, settings: Record<string, unknown> = {}, over: Partial<Wish> = {}) {
  try {
    judgeAllowance(row, event(settings), wish(over));
  } catch (error) {
    const { code, members } = error as { code: string; members: object };
    return { code, ...members };
  }
  throw new Error('was not refused');
}
const full = (of: string, unit: string, limit: number, used: number) => ({
  code: 'quota.exceeded',
  quota: { of, unit, limit, used },
});

describe('another photo', () => {
  it('may come where nothing speaks against it', () =>
    expect(judgeAllowance(allowance(), event(), wish({ consent: 3 }))).toBeNull());

  it('needs the text agreed to as it is now', () => {
    const row = allowance({ wording: { version: 2, texts: { en: 'Words' } } });
    const consent = { version: 2, text: 'Words', locale: 'en' };
    expect(judgeAllowance(row, event(), wish({ consent: 2 }))).toBe(2);
    for (const given of [null, 1, 3]) {
      expect(refused(row, {}, { consent: given })).toEqual({ code: 'consent.required', consent });
    }
  });

  it('takes a shot, of which there are so many, whatever was deleted', () => {
    const settings = { camera: { shots: 24 } };
    const taken = (count: number) => allowance({ guests: { ada: { kept: 1, taken: count } } });
    expect(judgeAllowance(taken(23), event(settings), wish())).toBeNull();
    expect(refused(taken(24), settings).code).toBe('guest.no_shots_left');
    expect(judgeAllowance(taken(24), event(settings), wish({ guestId: 'ben' }))).toBeNull();
  });

  it('of one guest has room up to the limit of the event, and to 2,000 without one', () => {
    const kept = (count: number) => allowance({ guests: { ada: { kept: count, taken: count + 9 } } });
    expect(judgeAllowance(kept(4), event({ photosPerGuest: 5 }), wish())).toBeNull();
    expect(refused(kept(5), { photosPerGuest: 5 })).toEqual(full('guest', 'photos', 5, 5));
    expect(refused(kept(2000))).toEqual(full('guest', 'photos', 2000, 2000));
  });

  it('has room up to what the plan holds, in the event, in all of them, and in bytes', () => {
    expect(refused(allowance({ event: { photos: 2000, bytes: 0 } }))).toEqual(full('event', 'photos', 2000, 2000));
    expect(refused(allowance({ account: { photos: 5001, bytes: 0 } }))).toEqual(full('account', 'photos', 5000, 5001));
    const almost = allowance({ account: { photos: 0, bytes: 20e9 - 1000 } });
    expect(judgeAllowance(almost, event(), wish())).toBeNull();
    expect(refused(almost, {}, { bytes: 1001 })).toEqual(full('account', 'bytes', 20e9, 20e9 - 1000));
  });
});

describe('uploads under way', () => {
  const open = { photos: 2, bytes: 5000, ofEvent: 2, ofGuests: { ada: 2 }, isKnown: false };
  it('take room as if they were there', () => {
    expect(refused(allowance({ open }), { camera: { shots: 2 } }).code).toBe('guest.no_shots_left');
    const settings = { limits: { photosPerEvent: 2 } };
    expect(refused(allowance({ open, settings }))).toEqual(full('event', 'photos', 2, 2));
    expect(refused(allowance({ open, settings: { limits: { bytes: 5999 } } }))).toEqual(
      full('account', 'bytes', 5999, 5000),
    );
  });
  it('are let in once: a repeat is not judged again', () => {
    const row = allowance({ open: { ...open, isKnown: true }, wording: { version: 2, texts: { en: 'Words' } } });
    expect(judgeAllowance(row, event({ camera: { shots: 1 } }), wish({ consent: 2 }))).toBe(2);
    expect(judgeAllowance(row, event({ camera: { shots: 1 } }), wish({ consent: 1 }))).toBeNull();
  });
});

describe('a text that is asked for', () => {
  const texts = { de: 'Deutsch', fr: 'Français' };
  const asked = (reader: 'en' | 'fr' | 'ar', settings: object) =>
    askedOf({ version: 1, texts }, event(settings as Record<string, unknown>), reader)?.locale;
  it('is the reader’s, else that of the event, else any', () => {
    expect(asked('fr', {})).toBe('fr');
    expect(asked('ar', { defaultLanguage: 'fr' })).toBe('fr');
    expect(asked('en', {})).toBe('de');
  });
  it('is none where it says nothing', () => {
    expect(askedOf({ version: 4, texts: {} }, event(), 'en')).toBeNull();
    expect(askedOf(null, event(), 'en')).toBeNull();
  });
});

describe('the limits of an account', () => {
  it('are those of its plan; of a plan that nobody knows, the smallest', () => {
    expect(limitsOf('enterprise', {})).toEqual({ photos: null, bytes: null, photosPerEvent: null });
    for (const plan of ['unheard-of', 'constructor']) expect(limitsOf(plan, {})).toEqual(limitsOf('free', {}));
  });
  it('may be agreed otherwise, one by one; what cannot be read was not agreed', () => {
    const free = limitsOf('free', {});
    expect(limitsOf('free', { limits: { photos: null, bytes: 5 } })).toEqual({ ...free, photos: null, bytes: 5 });
    for (const limits of [7, { photos: '9' }, { photos: -1 }, null]) expect(limitsOf('free', { limits })).toEqual(free);
  });
});

describe('a disposable camera', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const settings = { camera: { shots: 24 } };
  it('keeps its photos until the reveal, and without one', () => {
    expect(isUndeveloped({ settings, revealAt: null }, now)).toBe(true);
    expect(isUndeveloped({ settings, revealAt: new Date(now.getTime() + 1) }, now)).toBe(true);
    expect(isUndeveloped({ settings, revealAt: now }, now)).toBe(false);
    expect(isUndeveloped({ settings: {}, revealAt: null }, now)).toBe(false);
  });
});
