import { describe, expect, it } from 'vitest';
import { readEventSettings } from '../../contract/event-settings.ts';
import { eventCreateSchema, eventPatchSchema } from '../../contract/event-writes.ts';
import {
  applyPatch,
  consequenceOf,
  duplicateOf,
  newEvent,
  nextChange,
  withSettings,
  type EventValues,
} from './event-write-rules.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const at = (iso: string) => new Date(iso);

function setup(over: Partial<EventValues> = {}): EventValues {
  return { ...newEvent({ name: 'Party', timeZone: 'Europe/Berlin', status: 'live' }, 'party', NOW), ...over };
}

/** The code and fields of a refusal. */
function refused(run: () => unknown): { code: unknown; fields: string[] } {
  try {
    run();
  } catch (error) {
    const { code, fields } = error as { code: unknown; fields?: { path: string }[] };
    return { code, fields: (fields ?? []).map((field) => field.path) };
  }
  throw new Error('was not refused');
}

describe('a new event', () => {
  it('is safe where nothing else is said: a private draft, moderated before publication', () =>
    expect(newEvent({ name: 'Party', timeZone: 'UTC' }, 'party', NOW)).toMatchObject({
      status: 'draft',
      visibility: 'private',
      moderation: 'before',
      uploads: 'open',
      pin: null,
      pinVersion: 1,
      nextChangeAt: null,
    }));
  it('keeps what is settings in its settings', () =>
    expect(
      newEvent(
        { name: 'P', timeZone: 'UTC', languages: ['de'], look: { accent: '#112233' }, holdWords: ['x'] },
        'p',
        NOW,
      ).settings,
    ).toEqual({ languages: ['de'], look: { accent: '#112233' }, holdWords: ['x'] }));
  it('with a PIN has one', () =>
    expect(refused(() => newEvent({ name: 'P', timeZone: 'UTC', visibility: 'pin' }, 'p', NOW))).toEqual({
      code: 'request.invalid',
      fields: ['body.pin'],
    }));
  it('begins at the first version of its PIN', () =>
    expect(newEvent({ name: 'P', timeZone: 'UTC', visibility: 'pin', pin: '2468' }, 'p', NOW).pinVersion).toBe(1));
  it('does not end before it starts', () =>
    expect(
      refused(() =>
        newEvent(
          { name: 'P', timeZone: 'UTC', startsAt: '2026-12-02T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
          'p',
          NOW,
        ),
      ),
    ).toEqual({ code: 'event.dates_invalid', fields: ['body.endsAt'] }));
});

describe('what a body may say', () => {
  const base = { name: 'P', timeZone: 'UTC' };
  it.each([
    [{ ...base, name: '' }],
    [{ ...base, name: 'x'.repeat(300) }],
    [{ ...base, name: '\u202e\u200b' }],
    [{ ...base, name: null }],
    [{ name: 'P' }],
    [{ ...base, timeZone: 'Mars/Olympus' }],
    [{ ...base, timeZone: '+02:00' }],
    [{ ...base, startsAt: '2026-12-01' }],
    [{ ...base, startsAt: '2026-12-01T18:00:00+02:00' }],
    [{ ...base, startsAt: 1_700_000_000 }],
    [{ ...base, pin: '123' }],
    [{ ...base, pin: 'x'.repeat(33) }],
    [{ ...base, pin: '   1   ' }],
    [{ ...base, pin: '12\u200b34' }],
    [{ ...base, pin: 2468 }],
    [{ ...base, visibility: 'open' }],
    [{ ...base, status: 'closed' }],
    [{ ...base, trustAfter: 0 }],
    [{ ...base, trustAfter: 1.5 }],
    [{ ...base, languages: [] }],
    [{ ...base, languages: ['tlh'] }],
    [{ ...base, look: { accent: 'red' } }],
    [{ ...base, look: { accent: '#112233', logo: 'x' } }],
    [{ ...base, holdWords: ['***'] }],
    [{ ...base, slug: 'Not A Slug' }],
    [{ ...base, tenantId: 'x' }],
    [{ ...base, pinVersion: 7 }],
    [{ ...base, settings: {} }],
  ])('is not %j', (body) => expect(eventCreateSchema.safeParse(body).success).toBe(false));
  it.each([
    [{ ...base, name: '🎉 Fête' }],
    [{ ...base, name: 'حفل زفاف\u200f' }],
    [{ ...base, pin: 'Rosenwäldchen 7' }],
    [{ ...base, startsAt: null, pin: null, trustAfter: null, look: {}, defaultLanguage: null }],
  ])('is %j', (body) => expect(eventCreateSchema.safeParse(body).success).toBe(true));
  it('may change any field alone, and none that is not there', () => {
    expect(eventPatchSchema.safeParse({}).success).toBe(true);
    expect(eventPatchSchema.safeParse({ status: 'archived' }).success).toBe(true);
    expect(eventPatchSchema.safeParse({ deletedAt: null }).success).toBe(false);
  });
});

describe('a change', () => {
  it('leaves alone what it does not name', () => {
    const before = setup({ startsAt: at('2026-12-01T18:00:00Z'), pin: '2468', trustAfter: 3 });
    expect(applyPatch(before, { name: 'Other' }, NOW)).toEqual({ ...before, name: 'Other' });
  });
  it('takes a date away with null', () =>
    expect(
      applyPatch(
        setup({ startsAt: at('2026-12-01T18:00:00Z'), trustAfter: 3 }),
        { startsAt: null, trustAfter: null },
        NOW,
      ),
    ).toMatchObject({ startsAt: null, trustAfter: null }));
  it('is judged with the dates that stay', () =>
    expect(
      refused(() =>
        applyPatch(setup({ startsAt: at('2026-12-01T18:00:00Z') }), { endsAt: '2026-12-01T17:59:59Z' }, NOW),
      ).code,
    ).toBe('event.dates_invalid'));
  it('makes the sessions of the old PIN worthless, and only a new PIN does', () => {
    const before = setup({ visibility: 'pin', pin: '2468', pinVersion: 4 });
    expect(applyPatch(before, { pin: '1357' }, NOW).pinVersion).toBe(5);
    expect(applyPatch(before, { pin: '2468' }, NOW).pinVersion).toBe(4);
    expect(applyPatch(before, { name: 'x' }, NOW).pinVersion).toBe(4);
    expect(refused(() => applyPatch(before, { pin: null }, NOW)).code).toBe('request.invalid');
    expect(applyPatch(before, { pin: null, visibility: 'public' }, NOW).pinVersion).toBe(5);
  });
  it('cannot set a deletion in the past, but may leave one that has come', () => {
    const before = setup({ deleteAt: at('2026-11-21T11:59:00Z') });
    expect(applyPatch(before, { name: 'x' }, NOW).deleteAt).toEqual(before.deleteAt);
    expect(refused(() => applyPatch(setup(), { deleteAt: '2026-11-21T11:59:00Z' }, NOW))).toEqual({
      code: 'event.dates_invalid',
      fields: ['body.deleteAt'],
    });
  });
  it('knows the next date that changes something', () => {
    const dates = {
      opensAt: '2026-11-20T00:00:00Z',
      closesAt: '2026-11-23T00:00:00Z',
      revealAt: '2026-11-22T00:00:00Z',
    };
    expect(applyPatch(setup(), dates, NOW).nextChangeAt).toEqual(at('2026-11-22T00:00:00Z'));
    expect(nextChange({ opensAt: NOW, closesAt: null, revealAt: null, deleteAt: null }, NOW)).toBeNull();
  });
});

describe('settings', () => {
  it('that cannot be read stay unreadable until the word lists are written', () => {
    for (const raw of [null, 'x', 7, []]) {
      const after = withSettings(raw, { checklist: {} });
      expect(readEventSettings(after).isReadable).toBe(false);
      expect(readEventSettings(withSettings(after, { holdWords: [], blockWords: [] })).isReadable).toBe(true);
    }
  });
  it('keep what nobody here knows of', () =>
    expect(withSettings({ later: 1, holdWords: 7 }, { languages: ['de'] })).toEqual({
      later: 1,
      holdWords: 7,
      languages: ['de'],
    }));
});

describe('what a change means', () => {
  const of = (before: Partial<EventValues>, after: Partial<EventValues>) =>
    consequenceOf(setup(before), setup({ ...before, ...after }));
  it('closes the doors when guests may not be there any more', () => {
    for (const [before, after] of [
      [{ visibility: 'public' }, { visibility: 'pin', pin: '2468' }],
      [{ visibility: 'public' }, { visibility: 'private' }],
      [
        { visibility: 'pin', pin: '2468' },
        { pin: '1357', pinVersion: 2 },
      ],
      [{ visibility: 'public' }, { status: 'archived' }],
      [{ visibility: 'public' }, { status: 'draft' }],
    ] as [Partial<EventValues>, Partial<EventValues>][]) {
      expect(of(before, after), JSON.stringify(after)).toEqual({ isPublic: true, closesDoors: true });
    }
  });
  it('leaves them open for whatever guests may go on seeing', () => {
    for (const after of [
      { status: 'closed' },
      { name: 'x' },
      { uploads: 'closed' },
      { revealAt: at('2027-01-01T00:00:00Z') },
      { settings: { look: { accent: '#112233' } } },
      { settings: { languages: ['de'] } },
    ] as Partial<EventValues>[]) {
      expect(of({ visibility: 'public' }, after), JSON.stringify(after)).toEqual({
        isPublic: true,
        closesDoors: false,
      });
    }
  });
  it('is nothing to guests where only the staff’s work changes', () => {
    for (const after of [
      {},
      { moderation: 'after' },
      { trustAfter: 3 },
      { settings: { holdWords: ['x'], checklist: { qr_printed: NOW.toISOString() } } },
    ] as Partial<EventValues>[]) {
      expect(of({ visibility: 'public' }, after), JSON.stringify(after)).toEqual({
        isPublic: false,
        closesDoors: false,
      });
    }
  });
});

describe('a duplicate', () => {
  const original = () =>
    setup({
      startsAt: at('2026-03-21T17:00:00Z'),
      endsAt: at('2026-03-21T22:00:00Z'),
      opensAt: at('2026-03-20T07:00:00Z'),
      revealAt: at('2026-03-22T08:00:00Z'),
      deleteAt: at('2026-04-21T08:00:00Z'),
      visibility: 'pin',
      pin: '2468',
      pinVersion: 9,
      uploads: 'closed',
      status: 'archived',
      settings: { languages: ['de'], holdWords: ['x'], checklist: { qr_printed: NOW.toISOString() } },
    });
  it('is a draft with the settings and without the checklist', () =>
    expect(duplicateOf(original(), { name: 'Again' }, 'again', NOW)).toMatchObject({
      name: 'Again',
      slug: 'again',
      status: 'draft',
      uploads: 'open',
      visibility: 'pin',
      pin: '2468',
      pinVersion: 1,
      startsAt: null,
      endsAt: null,
      opensAt: null,
      deleteAt: null,
      nextChangeAt: null,
      settings: { languages: ['de'], holdWords: ['x'] },
    }));
  it('moves its dates with its start on the clock of its zone, whatever summer time does', () => {
    const copy = duplicateOf(original(), { name: 'Again', startsAt: '2027-05-01T16:00:00Z' }, 'again', NOW);
    expect(copy.endsAt).toEqual(at('2027-05-01T21:00:00Z'));
    expect(copy.opensAt).toEqual(at('2027-04-30T06:00:00Z'));
    expect(copy.revealAt).toEqual(at('2027-05-02T07:00:00Z'));
    expect(copy.deleteAt).toEqual(at('2027-06-01T08:00:00Z'));
    expect(copy.nextChangeAt).toEqual(copy.opensAt);
  });
  it('does not end before it starts either', () =>
    expect(
      refused(() =>
        duplicateOf(
          original(),
          { name: 'A', startsAt: '2027-05-01T16:00:00Z', endsAt: '2027-05-01T15:00:00Z' },
          'a',
          NOW,
        ),
      ).fields,
    ).toContain('body.endsAt'));
  it('is not deleted before it was made', () =>
    expect(duplicateOf(original(), { name: 'A', startsAt: '2026-06-01T16:00:00Z' }, 'a', NOW).deleteAt).toBeNull());
});
