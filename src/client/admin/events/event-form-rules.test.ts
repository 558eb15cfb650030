import { describe, expect, it } from 'vitest';
import { readEventSettings } from '../../../contract/event-settings.ts';
import type { StaffEvent } from '../../../contract/events.ts';
import { eventCreateSchema, eventPatchSchema } from '../../../contract/event-writes.ts';
import {
  createBody,
  datePresets,
  emptyForm,
  formOf,
  makePin,
  patchBody,
  problemsOf,
  type EventForm,
} from './event-form-rules.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const setup = (over: Partial<EventForm> = {}): EventForm => ({
  ...emptyForm('Europe/Berlin', '246813'),
  name: 'Party',
  ...over,
});
const event = (over: Partial<StaffEvent> = {}): StaffEvent => ({
  id: '5eed0003-0000-4000-8000-000000000001',
  slug: 'party',
  name: 'Party',
  startsAt: '2027-03-27T18:00:00.000Z',
  endsAt: null,
  timeZone: 'Europe/Berlin',
  status: 'live',
  visibility: 'pin',
  moderation: 'before',
  uploads: 'open',
  guestView: 'gallery',
  opensAt: null,
  closesAt: null,
  revealAt: null,
  deleteAt: '2028-01-01T00:00:00.000Z',
  pin: '2468',
  counts: { pending: 0, approved: 0, total: 0 },
  stage: { panic: null, spotlight: null, photoCall: null },
  held: null,
  trustAfter: 3,
  settings: readEventSettings({ languages: ['de'], holdWords: ['a b', 'c'] }),
  deletedAt: null,
  restorableUntil: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  ...over,
});

describe('the form of an event', () => {
  it('is accepted by the API as it is suggested, with a name', () => {
    for (const status of ['draft', 'live'] as const) {
      expect(eventCreateSchema.safeParse(createBody(setup(), status)).success).toBe(true);
    }
  });
  it('has a disposable camera where guests are not to see even their own, and only with a time for the reveal', () => {
    const form = setup({ guestView: 'camera', shots: '36', photosPerGuest: '50', revealAt: '2027-03-28T10:00' });
    expect(createBody(form, 'live')).toMatchObject({ guestView: 'dropbox', camera: { shots: 36 }, photosPerGuest: 50 });
    expect(problemsOf(form, null, NOW)).toEqual({});
    expect(problemsOf({ ...form, revealAt: '', shots: '101', photosPerGuest: '0' }, null, NOW)).toEqual({
      revealAt: { key: 'revealMissing' },
      shots: { key: 'shotsRange' },
      photosPerGuest: { key: 'photosPerGuestRange' },
    });
    const saved = formOf(event({ settings: readEventSettings({ camera: { shots: 12 }, photosPerGuest: 9 }) }));
    expect(saved).toMatchObject({ guestView: 'camera', shots: '12', photosPerGuest: '9' });
    expect(patchBody(saved, { ...saved, guestView: 'gallery' })).toEqual({ guestView: 'gallery', camera: null });
  });
  it('sends the instants of the event’s zone, whatever that of the browser is', () => {
    const form = setup({ startsAt: '2027-03-27T19:00', endsAt: '2027-03-28T03:30' });
    expect(createBody(form, 'live')).toMatchObject({
      startsAt: '2027-03-27T18:00:00.000Z',
      endsAt: '2027-03-28T01:30:00.000Z',
    });
    expect(createBody({ ...form, timeZone: 'Asia/Kolkata' }, 'live')).toMatchObject({
      startsAt: '2027-03-27T13:30:00.000Z',
    });
  });
  it('keeps a PIN to itself where none is asked for', () =>
    expect(createBody(setup({ visibility: 'public' }), 'live')['pin']).toBeNull());
  it('changes nothing when nothing was changed', () => expect(patchBody(formOf(event()), formOf(event()))).toEqual({}));
  it('changes what was changed and nothing else', () => {
    const before = formOf(event());
    const after = { ...before, name: ' Other ', blockWords: 'x\n\n x \ny', trustAfter: '', startsAt: '' };
    const body = patchBody(before, after);
    expect(body).toEqual({ name: 'Other', blockWords: ['x', 'y'], trustAfter: null, startsAt: null });
    expect(eventPatchSchema.safeParse(body).success).toBe(true);
  });
  it('means the same hour on the clock when the zone is changed', () => {
    const before = formOf(event());
    expect(patchBody(before, { ...before, timeZone: 'America/New_York' })).toMatchObject({
      timeZone: 'America/New_York',
      startsAt: '2027-03-27T23:00:00.000Z',
    });
  });
});

describe('what keeps a form from being sent', () => {
  it('is nothing where all is well', () => {
    expect(problemsOf(setup(), null, NOW)).toEqual({});
    expect(problemsOf(formOf(event()), formOf(event()), NOW)).toEqual({});
  });
  it.each([
    [{ name: ' \u200b ' }, { name: { key: 'nameMissing' } }],
    [{ name: 'x'.repeat(201) }, { name: { key: 'nameTooLong' } }],
    [{ startsAt: '2026-12-02T18:00', endsAt: '2026-12-01T18:00' }, { endsAt: { key: 'dateOrder', after: 'startsAt' } }],
    [{ startsAt: '1926-12-02T18:00' }, { startsAt: { key: 'dateOutOfRange' } }],
    [{ startsAt: 'soon' }, { startsAt: { key: 'timeInvalid' } }],
    [{ deleteAt: '2026-11-20T18:00' }, { deleteAt: { key: 'datePast' } }],
    [{ pin: '123' }, { pin: { key: 'pinLength' } }],
    [{ pin: 'x'.repeat(33) }, { pin: { key: 'pinLength' } }],
    [{ pin: '' }, { pin: { key: 'pinLength' } }],
    [{ languages: [] }, { languages: { key: 'languageMissing' } }],
    [{ trustAfter: '0' }, { trustAfter: { key: 'trustRange' } }],
    [{ trustAfter: '1001' }, { trustAfter: { key: 'trustRange' } }],
    [{ trustAfter: '2.5' }, { trustAfter: { key: 'trustRange' } }],
    [{ holdWords: '***' }, { holdWords: { key: 'wordUnreadable' } }],
    [{ blockWords: 'x'.repeat(61) }, { blockWords: { key: 'wordTooLong' } }],
    [
      { blockWords: Array.from({ length: 301 }, (_, n) => `w${n}`).join('\n') },
      { blockWords: { key: 'wordsTooMany' } },
    ],
  ] as const)('%j is %j', (over, problems) =>
    expect(problemsOf(setup(over as Partial<EventForm>), null, NOW)).toEqual(problems),
  );
  it('is no PIN that nobody needs', () =>
    expect(problemsOf(setup({ visibility: 'public', pin: '' }), null, NOW)).toEqual({}));
  it('is an address that is none', () => {
    const before = formOf(event());
    for (const slug of ['', 'Gala', 'a b', '-a', 'حفل']) {
      expect(problemsOf({ ...before, slug }, before, NOW)).toEqual({ slug: { key: 'slugMissing' } });
    }
  });
});

describe('days that are often meant', () => {
  const starts = (now: string) => datePresets(now).map((preset) => preset.startsAt);
  it('are today, tomorrow and the Saturday after', () => {
    expect(starts('2026-11-18T09:00')).toEqual(['2026-11-18T18:00', '2026-11-19T18:00', '2026-11-21T18:00']);
    expect(starts('2026-11-20T09:00')).toEqual(['2026-11-20T18:00', '2026-11-21T18:00', '2026-11-28T18:00']);
    expect(starts('2026-11-21T09:00')).toEqual(['2026-11-21T18:00', '2026-11-22T18:00', '2026-11-28T18:00']);
  });
  it('begin with the next hour when the evening has come', () =>
    expect(starts('2026-12-31T23:10')).toEqual(['2027-01-01T00:00', '2027-01-01T18:00', '2027-01-02T18:00']));
  it('last for six hours', () => expect(datePresets('2026-11-18T09:00')[0]?.endsAt).toBe('2026-11-19T00:00'));
});

describe('a PIN that is made', () => {
  it('is six digits, and none of those that are tried first', () => {
    const tries = [0, 0.111111, 0.123456, 0.987654, 0.112233, 0.042917];
    expect(makePin(() => tries.shift() ?? 0.5)).toBe('112233');
    expect(makePin(() => tries.shift() ?? 0.5)).toBe('042917');
  });
});
