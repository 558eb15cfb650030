import { describe, expect, it } from 'vitest';
import { eventSettingsSchema, languagesSchema, readEventSettings, wordListSchema } from './event-settings.ts';
import { LOCALES } from './messages/shape.ts';

const DEFAULTS = {
  languages: [...LOCALES],
  defaultLanguage: null,
  look: { accent: null },
  downloads: 'on',
  camera: null,
  photosPerGuest: null,
  holdWords: [],
  blockWords: [],
  checklist: {},
};

describe('settings of an event', () => {
  it('are the defaults, and readable, when nothing was ever set', () =>
    expect(readEventSettings({})).toEqual({ ...DEFAULTS, isReadable: true }));

  it.each([null, undefined, 0, 'x', true, [], [{}], Symbol.iterator, () => 1])(
    'are the defaults, and not readable, when they are %o',
    (raw) => expect(readEventSettings(raw)).toEqual({ ...DEFAULTS, downloads: 'off', isReadable: false }),
  );

  it('are read as they were written', () => {
    const written = {
      languages: ['de', 'ar'],
      defaultLanguage: 'ar',
      look: { accent: '#0B6E99' },
      downloads: 'off',
      camera: { shots: 24 },
      photosPerGuest: 100,
      holdWords: ['geheim'],
      blockWords: ['Schimpf Wort', 'شتيمة'],
      checklist: { qr_printed: '2026-11-21T10:00:00.000Z' },
    };
    expect(readEventSettings(written)).toEqual({ ...written, look: { accent: '#0b6e99' }, isReadable: true });
  });

  it.each([
    ['languages', 'de'],
    ['languages', []],
    ['languages', ['de', 'tlh']],
    ['languages', [null]],
    ['defaultLanguage', 'tlh'],
    ['defaultLanguage', 7],
    ['look', null],
    ['look', 'red'],
    ['look', { accent: 'red' }],
    ['look', { accent: 'url(javascript:1)' }],
    ['look', { accent: ['#ffffff'] }],
    ['checklist', 'done'],
    ['checklist', [1, 2]],
    ['checklist', { qr_printed: true, unknown: '2026-11-21T10:00:00Z', constructor: '2026-11-21T10:00:00Z' }],
    ['checklist', { qr_printed: 'yesterday' }],
    ['camera', { shots: 0 }],
    ['camera', 24],
    ['photosPerGuest', 2001],
    ['photosPerGuest', '9'],
  ])('fall back to what harms nobody where %s is %j', (name, value) =>
    expect(readEventSettings({ [name]: value })).toEqual({ ...DEFAULTS, isReadable: true }),
  );

  it.each([null, true, 'ON', 'yes', ['on']])('hand out no files where downloads are %j', (downloads) =>
    expect(readEventSettings({ downloads }).downloads).toBe('off'),
  );

  it.each(['holdWords', 'blockWords'])('let nothing be published by itself where %s cannot be read', (name) => {
    for (const value of [null, 'word', 7, { 0: 'word' }, [7], [['word']], [''], ['word', null]]) {
      expect(readEventSettings({ [name]: value })).toMatchObject({ isReadable: false });
    }
  });

  it('keep the words that can be read beside one that cannot', () =>
    expect(readEventSettings({ blockWords: ['good', 7] })).toMatchObject({ blockWords: ['good'], isReadable: false }));

  it('are not taken from a prototype', () =>
    expect(readEventSettings(Object.create({ holdWords: 'x', languages: ['de'] }))).toEqual({
      ...DEFAULTS,
      isReadable: true,
    }));

  it('speak no default language that is not among the event’s', () =>
    expect(readEventSettings({ languages: ['fr'], defaultLanguage: 'de' }).defaultLanguage).toBeNull());

  it('always fit what staff are told', () => {
    for (const raw of [{}, null, { languages: 1, holdWords: [1], checklist: { details: 'x' } }]) {
      expect(eventSettingsSchema.safeParse(readEventSettings(raw)).success).toBe(true);
    }
  });
});

describe('a word list', () => {
  it('drops empty lines and repeats, and joins inner space', () =>
    expect(wordListSchema.parse([' a  b ', '', 'a b', '  ', 'c'])).toEqual(['a b', 'c']));
  it.each([[['***']], [['x'.repeat(61)]], [Array.from({ length: 301 }, (_, n) => `w${n}`)], [[7]], ['word']])(
    'refuses %j',
    (words) => expect(wordListSchema.safeParse(words).success).toBe(false),
  );
});

describe('languages', () => {
  it('are each named once, in our order', () =>
    expect(languagesSchema.parse(['ar', 'de', 'ar'])).toEqual(['de', 'ar']));
  it('are one at least', () => expect(languagesSchema.safeParse([]).success).toBe(false));
});
