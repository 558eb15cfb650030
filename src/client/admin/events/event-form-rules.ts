import {
  CAMERA_SHOTS_MAX,
  GUEST_PHOTOS_MAX,
  WORD_MAX_LENGTH,
  WORDS_MAX,
} from '../../../contract/values/event-limits.ts';
import type { StaffEvent } from '../../../contract/events.ts';
import type { EventPatch } from '../../../contract/event-writes.ts';
import { LOCALES, type Locale } from '../../../contract/messages/shape.ts';
import { DATE_FIELDS, dateProblems, type DateField, type EventDates } from '../../../contract/values/event-dates.ts';
import { cleanName, EVENT_NAME_MAX_LENGTH, lengthOf } from '../../../contract/values/names.ts';
import {
  addLocalMinutes,
  fromLocalTime,
  toLocalTime,
  weekdayOf,
  type LocalTime,
} from '../../../contract/values/zones.ts';

/* What the forms of an event hold, and how it becomes what the API takes. Times are those of the event's zone. */

export interface EventForm extends Record<DateField, LocalTime> {
  name: string;
  slug: string;
  timeZone: string;
  visibility: StaffEvent['visibility'];
  pin: string;
  moderation: StaffEvent['moderation'];
  uploads: StaffEvent['uploads'];
  /** `camera`: their own neither, until the reveal */
  guestView: StaffEvent['guestView'] | 'camera';
  /** numbers as typed */
  shots: string;
  photosPerGuest: string;
  downloads: StaffEvent['settings']['downloads'];
  /** a number as typed; empty: nobody is trusted */
  trustAfter: string;
  languages: Locale[];
  defaultLanguage: Locale | '';
  accent: string | null;
  /** one word or phrase a line */
  holdWords: string;
  blockWords: string;
}

export type FormField = keyof EventForm;

/** As many as most films had. */
const FILM_SHOTS = 24;

/** A new event as the console suggests it: with a PIN, in every language, looked at before it is published. */
export const emptyForm = (timeZone: string, pin: string): EventForm => ({
  name: '',
  slug: '',
  timeZone,
  startsAt: '',
  endsAt: '',
  opensAt: '',
  closesAt: '',
  revealAt: '',
  deleteAt: '',
  visibility: 'pin',
  pin,
  moderation: 'before',
  uploads: 'open',
  guestView: 'gallery',
  shots: String(FILM_SHOTS),
  photosPerGuest: '',
  downloads: 'on',
  trustAfter: '',
  languages: [...LOCALES],
  defaultLanguage: '',
  accent: null,
  holdWords: '',
  blockWords: '',
});

export function formOf(event: StaffEvent): EventForm {
  const local = (field: DateField) => toLocalTime(event.timeZone, event[field]);
  const { settings } = event;
  return {
    name: event.name,
    slug: event.slug,
    timeZone: event.timeZone,
    startsAt: local('startsAt'),
    endsAt: local('endsAt'),
    opensAt: local('opensAt'),
    closesAt: local('closesAt'),
    revealAt: local('revealAt'),
    deleteAt: local('deleteAt'),
    visibility: event.visibility,
    pin: event.pin || '',
    moderation: event.moderation,
    uploads: event.uploads,
    guestView: settings.camera ? 'camera' : event.guestView,
    shots: String(settings.camera ? settings.camera.shots : FILM_SHOTS),
    photosPerGuest: settings.photosPerGuest === null ? '' : String(settings.photosPerGuest),
    downloads: settings.downloads,
    trustAfter: event.trustAfter === null ? '' : String(event.trustAfter),
    languages: settings.languages,
    defaultLanguage: settings.defaultLanguage || '',
    accent: settings.look.accent,
    holdWords: settings.holdWords.join('\n'),
    blockWords: settings.blockWords.join('\n'),
  };
}

const wordsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line, place, all) => line !== '' && all.indexOf(line) === place);

/** Instants of a form; null also for what is no time at all. */
export function datesOf(form: EventForm): EventDates {
  const dates: Partial<EventDates> = {};
  for (const field of DATE_FIELDS) {
    const instant = fromLocalTime(form.timeZone, form[field]);
    dates[field] = instant.kind === 'invalid' ? null : instant.iso;
  }
  return dates as EventDates;
}

type Body = Required<Omit<EventPatch, 'status'>>;

function bodyOf(form: EventForm): Body {
  return {
    name: cleanName(form.name),
    slug: form.slug.trim(),
    timeZone: form.timeZone,
    ...datesOf(form),
    visibility: form.visibility,
    pin: form.pin.trim() || null,
    moderation: form.moderation,
    uploads: form.uploads,
    guestView: form.guestView === 'camera' ? 'dropbox' : form.guestView,
    camera: form.guestView === 'camera' ? { shots: Number(form.shots) } : null,
    photosPerGuest: form.photosPerGuest.trim() === '' ? null : Number(form.photosPerGuest),
    downloads: form.downloads,
    trustAfter: form.trustAfter.trim() === '' ? null : Number(form.trustAfter),
    languages: form.languages,
    defaultLanguage: form.defaultLanguage || null,
    look: { accent: form.accent },
    holdWords: wordsOf(form.holdWords),
    blockWords: wordsOf(form.blockWords),
  };
}

/** What a new event is made with; its address is made from its name where none was chosen. */
export function createBody(form: EventForm, status: 'draft' | 'live'): Record<string, unknown> {
  const { slug, pin, ...rest } = bodyOf(form);
  return { ...rest, ...(slug ? { slug } : {}), pin: form.visibility === 'pin' ? pin : null, status };
}

/** What has been changed, and nothing else, so that two people at one event do not undo each other. */
export function patchBody(before: EventForm, after: EventForm): Record<string, unknown> {
  const [was, is]: [Record<string, unknown>, Record<string, unknown>] = [{ ...bodyOf(before) }, { ...bodyOf(after) }];
  const changed: Record<string, unknown> = {};
  for (const field of Object.keys(is)) {
    if (JSON.stringify(was[field]) !== JSON.stringify(is[field])) changed[field] = is[field];
  }
  return changed;
}

export type FormProblem =
  | { key: 'nameMissing' | 'nameTooLong' | 'timeInvalid' | 'dateOutOfRange' | 'datePast' | 'slugMissing' }
  | { key: 'pinLength' | 'languageMissing' | 'trustRange' | 'wordsTooMany' | 'wordTooLong' | 'wordUnreadable' }
  | { key: 'revealMissing' | 'shotsRange' | 'photosPerGuestRange' }
  | { key: 'dateOrder'; after: DateField };

function wordProblem(text: string): FormProblem | null {
  const words = wordsOf(text);
  if (words.length > WORDS_MAX) return { key: 'wordsTooMany' };
  if (words.some((word) => word.length > WORD_MAX_LENGTH)) return { key: 'wordTooLong' };
  return words.some((word) => !/[\p{L}\p{N}]/u.test(word)) ? { key: 'wordUnreadable' } : null;
}

const isCount = (text: string, max: number): boolean => /^[1-9]\d{0,5}$/.test(text.trim()) && Number(text) <= max;

/** What keeps a form from being sent, by field. @param before what is saved already; null for a new event */
export function problemsOf(
  form: EventForm,
  before: EventForm | null,
  now: number,
): Partial<Record<FormField, FormProblem>> {
  const problems: Partial<Record<FormField, FormProblem>> = {};
  const name = cleanName(form.name);
  if (name === '') problems.name = { key: 'nameMissing' };
  else if (lengthOf(name) > EVENT_NAME_MAX_LENGTH) problems.name = { key: 'nameTooLong' };
  if (before && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(form.slug.trim()))
    problems.slug = { key: 'slugMissing' };
  for (const field of DATE_FIELDS) {
    if (form[field] !== '' && fromLocalTime(form.timeZone, form[field]).kind === 'invalid') {
      problems[field] = { key: 'timeInvalid' };
    }
  }
  const setsDeletion = !before || before.deleteAt !== form.deleteAt || before.timeZone !== form.timeZone;
  for (const problem of dateProblems(datesOf(form), setsDeletion ? now : null)) {
    if (problem.kind === 'order') problems[problem.field] = { key: 'dateOrder', after: problem.after };
    else problems[problem.field] = { key: problem.kind === 'past' ? 'datePast' : 'dateOutOfRange' };
  }
  const pin = lengthOf(form.pin.trim());
  if ((form.visibility === 'pin' || pin > 0) && (pin < 4 || pin > 32)) problems.pin = { key: 'pinLength' };
  if (form.languages.length === 0) problems.languages = { key: 'languageMissing' };
  if (!/^(?:|[1-9]\d{0,2}|1000)$/.test(form.trustAfter.trim())) problems.trustAfter = { key: 'trustRange' };
  if (form.guestView === 'camera') {
    if (form.revealAt === '') problems.revealAt = { key: 'revealMissing' };
    if (!isCount(form.shots, CAMERA_SHOTS_MAX)) problems.shots = { key: 'shotsRange' };
  }
  if (form.photosPerGuest.trim() !== '' && !isCount(form.photosPerGuest, GUEST_PHOTOS_MAX)) {
    problems.photosPerGuest = { key: 'photosPerGuestRange' };
  }
  for (const field of ['holdWords', 'blockWords'] as const) {
    const problem = wordProblem(form[field]);
    if (problem) problems[field] = problem;
  }
  return problems;
}

/** The first field with a problem, in the order in which the form shows them. */
export const FIELD_ORDER: readonly FormField[] = [
  'name',
  'startsAt',
  'endsAt',
  'timeZone',
  'accent',
  'visibility',
  'pin',
  'moderation',
  'trustAfter',
  'languages',
  'defaultLanguage',
  'uploads',
  'opensAt',
  'closesAt',
  'guestView',
  'shots',
  'revealAt',
  'deleteAt',
  'photosPerGuest',
  'downloads',
  'holdWords',
  'blockWords',
  'slug',
];

export interface DatePreset {
  id: 'today' | 'tomorrow' | 'saturday';
  startsAt: LocalTime;
  endsAt: LocalTime;
}

const EVENING_HOUR = 18;
const PARTY_MINUTES = 6 * 60;
const DAY_MINUTES = 24 * 60;
const SATURDAY = 6;

/**
 * Days that are often meant: today (in the evening, or from the next full hour if that has come), tomorrow, and the
 * Saturday after that.
 */
export function datePresets(now: LocalTime): DatePreset[] {
  const evening = `${now.slice(0, 10)}T${EVENING_HOUR}:00`;
  const nextHour = addLocalMinutes(`${now.slice(0, 13)}:00`, 60);
  const today = now < evening ? evening : nextHour;
  const tomorrow = addLocalMinutes(evening, DAY_MINUTES);
  const days = (SATURDAY - weekdayOf(tomorrow) + 7) % 7 || 7;
  const presets: [DatePreset['id'], LocalTime][] = [
    ['today', today],
    ['tomorrow', tomorrow],
    ['saturday', addLocalMinutes(tomorrow, days * DAY_MINUTES)],
  ];
  return presets.map(([id, startsAt]) => ({ id, startsAt, endsAt: addLocalMinutes(startsAt, PARTY_MINUTES) }));
}

/** Six digits that nobody guesses and everybody can type; not the ones that are tried first. */
export function makePin(random: () => number): string {
  for (;;) {
    const pin = String(Math.floor(random() * 1_000_000)).padStart(6, '0');
    const isRun = '01234567890123456789'.indexOf(pin) >= 0 || '98765432109876543210'.indexOf(pin) >= 0;
    if (!isRun && new Set(pin).size > 2) return pin;
  }
}
