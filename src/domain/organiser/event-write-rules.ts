import { readCamera, readEventSettings } from '../../contract/event-settings.ts';
import type { EventCreate, EventDuplicate, EventPatch } from '../../contract/event-writes.ts';
import { DATE_FIELDS, dateProblems, type DateProblem, type EventDates } from '../../contract/values/event-dates.ts';
import { fromLocalTime, toLocalTime } from '../../contract/values/zones.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { DomainError } from '../errors.ts';
import { admission } from '../event-rules.ts';

/** The columns of an event that staff set, directly or by what follows from it. */
export type EventValues = Pick<
  EventRow,
  | 'slug'
  | 'name'
  | 'startsAt'
  | 'endsAt'
  | 'timeZone'
  | 'status'
  | 'visibility'
  | 'pin'
  | 'pinVersion'
  | 'moderation'
  | 'uploads'
  | 'guestView'
  | 'opensAt'
  | 'closesAt'
  | 'revealAt'
  | 'deleteAt'
  | 'trustAfter'
  | 'settings'
  | 'nextChangeAt'
>;

const NEW_EVENT: Omit<EventValues, 'name' | 'slug' | 'timeZone'> = {
  startsAt: null,
  endsAt: null,
  status: 'draft',
  visibility: 'private',
  pin: null,
  pinVersion: 1,
  moderation: 'before',
  uploads: 'open',
  guestView: 'gallery',
  opensAt: null,
  closesAt: null,
  revealAt: null,
  deleteAt: null,
  trustAfter: null,
  settings: {},
  nextChangeAt: null,
};

const IN_SETTINGS = [
  'languages',
  'defaultLanguage',
  'look',
  'downloads',
  'camera',
  'photosPerGuest',
  'holdWords',
  'blockWords',
] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Settings with some of them set anew. Where nothing of the old ones could be read, the word lists stay
 * unreadable (and everything waits for a person) until somebody writes them.
 */
export function withSettings(raw: unknown, change: Record<string, unknown>): Record<string, unknown> {
  const settings: Record<string, unknown> = isRecord(raw) ? { ...raw } : { holdWords: null, blockWords: null };
  for (const name of Object.keys(change)) if (change[name] !== undefined) settings[name] = change[name];
  return settings;
}

const settingsOf = (change: EventPatch): Record<string, unknown> =>
  Object.fromEntries(IN_SETTINGS.filter((name) => change[name] !== undefined).map((name) => [name, change[name]]));

const isoDates = (event: Pick<EventRow, (typeof DATE_FIELDS)[number]>): EventDates => ({
  startsAt: event.startsAt ? event.startsAt.toISOString() : null,
  endsAt: event.endsAt ? event.endsAt.toISOString() : null,
  opensAt: event.opensAt ? event.opensAt.toISOString() : null,
  closesAt: event.closesAt ? event.closesAt.toISOString() : null,
  revealAt: event.revealAt ? event.revealAt.toISOString() : null,
  deleteAt: event.deleteAt ? event.deleteAt.toISOString() : null,
});

const MEANING: Record<(typeof DATE_FIELDS)[number], string> = {
  startsAt: 'the start',
  endsAt: 'the end',
  opensAt: 'the opening for photos',
  closesAt: 'the close for photos',
  revealAt: 'the reveal of the gallery',
  deleteAt: 'the deletion',
};

function sentenceOf(problem: DateProblem): string {
  if (problem.kind === 'out_of_range') return `${MEANING[problem.field]} must lie between the years 2000 and 2199`;
  if (problem.kind === 'past') return 'the deletion must lie in the future';
  const mayBeSame = problem.field === 'revealAt';
  return `${MEANING[problem.field]} must ${mayBeSame ? 'not come before' : 'come after'} ${MEANING[problem.after]}`;
}

/** @throws DomainError event.dates_invalid, naming every field that does not fit */
function checkDates(event: EventValues, now: Date, setsDeletion: boolean): void {
  const problems = dateProblems(isoDates(event), setsDeletion ? now.getTime() : null);
  const first = problems[0];
  if (!first) return;
  const sentence = sentenceOf(first);
  throw new DomainError(
    'event.dates_invalid',
    `${sentence[0]?.toUpperCase()}${sentence.slice(1)}. Change one of them.`,
    {
      fields: problems.map((problem) => ({ path: `body.${problem.field}`, message: sentenceOf(problem) })),
    },
  );
}

/**
 * A camera whose photos are never developed is a mistake. A draft that was copied from another event has one until it
 * has dates of its own; what else of it is changed meanwhile is nobody's mistake.
 * @throws DomainError event.dates_invalid
 */
function checkCamera(event: EventValues, change: EventPatch): void {
  if (event.revealAt || !readCamera(event.settings)) return;
  if (event.status === 'draft' && change.camera === undefined && change.revealAt === undefined) return;
  throw new DomainError(
    'event.dates_invalid',
    'A disposable camera needs a time at which its photos are developed. Say when the gallery is revealed.',
    { fields: [{ path: 'body.revealAt', message: 'must be given where there is a disposable camera' }] },
  );
}

/** @throws DomainError request.invalid where guests would be asked for a PIN that does not exist */
function checkPin(event: EventValues): void {
  if (event.visibility !== 'pin' || event.pin !== null) return;
  throw new DomainError(
    'request.invalid',
    'An event that asks for a PIN needs one. Give it a PIN of 4 to 32 characters.',
    {
      fields: [{ path: 'body.pin', message: 'must be given where the visibility is “pin”' }],
    },
  );
}

/** The next moment at which a date changes what guests see or may do; null when none is ahead. */
export function nextChange(
  event: Pick<EventRow, 'opensAt' | 'closesAt' | 'revealAt' | 'deleteAt'>,
  now: Date,
): Date | null {
  const ahead = [event.opensAt, event.closesAt, event.revealAt, event.deleteAt]
    .filter((at): at is Date => at !== null && at > now)
    .sort((a, b) => a.getTime() - b.getTime());
  return ahead[0] ?? null;
}

const dateOf = (change: EventPatch, event: EventValues, field: (typeof DATE_FIELDS)[number]): Date | null => {
  const given = change[field];
  return given === undefined ? event[field] : given === null ? null : new Date(given);
};

/**
 * An event with a change applied: last write wins, field by field. A new PIN ends the sessions made with the old one.
 * @throws DomainError event.dates_invalid, request.invalid
 */
export function applyPatch(event: EventValues, change: EventPatch, now: Date): EventValues {
  const pin = change.pin === undefined ? event.pin : change.pin;
  const after: EventValues = {
    slug: change.slug ?? event.slug,
    name: change.name ?? event.name,
    startsAt: dateOf(change, event, 'startsAt'),
    endsAt: dateOf(change, event, 'endsAt'),
    timeZone: change.timeZone ?? event.timeZone,
    status: change.status ?? event.status,
    visibility: change.visibility ?? event.visibility,
    pin,
    pinVersion: pin === event.pin ? event.pinVersion : event.pinVersion + 1,
    moderation: change.moderation ?? event.moderation,
    uploads: change.uploads ?? event.uploads,
    guestView: change.guestView ?? event.guestView,
    opensAt: dateOf(change, event, 'opensAt'),
    closesAt: dateOf(change, event, 'closesAt'),
    revealAt: dateOf(change, event, 'revealAt'),
    deleteAt: dateOf(change, event, 'deleteAt'),
    trustAfter: change.trustAfter === undefined ? event.trustAfter : change.trustAfter,
    settings: withSettings(event.settings, settingsOf(change)),
    nextChangeAt: null,
  };
  checkDates(after, now, after.deleteAt?.getTime() !== event.deleteAt?.getTime());
  checkCamera(after, change);
  checkPin(after);
  return { ...after, nextChangeAt: nextChange(after, now) };
}

/** @throws DomainError event.dates_invalid, request.invalid */
export function newEvent(body: EventCreate, slug: string, now: Date): EventValues {
  const { name, timeZone, ...rest } = body;
  return { ...applyPatch({ ...NEW_EVENT, name, slug, timeZone }, { ...rest, slug }, now), pinVersion: 1 };
}

/** An instant moved as far on the zone's clock as the start moves: at eight stays at eight, also across a change of clocks. */
function moved(timeZone: string, at: Date | null, from: Date, to: Date): Date | null {
  if (!at) return null;
  const wall = (date: Date) => new Date(`${toLocalTime(timeZone, date.toISOString())}:00Z`).getTime();
  const local = new Date(wall(at) - wall(from) + wall(to)).toISOString().slice(0, 16);
  const instant = fromLocalTime(timeZone, local);
  return instant.kind === 'invalid' ? null : new Date(instant.iso);
}

/**
 * Another event with the same settings and none of the guests or photos, as a draft. With a start its other
 * dates move along with it; without one it has none, and neither a deletion that would come too soon.
 */
export function duplicateOf(event: EventValues, body: EventDuplicate, slug: string, now: Date): EventValues {
  const start = body.startsAt ? new Date(body.startsAt) : null;
  const move = (at: Date | null) => (start && event.startsAt ? moved(event.timeZone, at, event.startsAt, start) : null);
  const deleteAt = move(event.deleteAt);
  const { checklist: _, ...settings } = withSettings(event.settings, {});
  const copy: EventValues = {
    slug,
    name: body.name,
    startsAt: start,
    endsAt: body.endsAt ? new Date(body.endsAt) : body.endsAt === null ? null : move(event.endsAt),
    timeZone: event.timeZone,
    status: 'draft',
    visibility: event.visibility,
    pin: event.pin,
    pinVersion: 1,
    moderation: event.moderation,
    uploads: 'open',
    guestView: event.guestView,
    opensAt: move(event.opensAt),
    closesAt: move(event.closesAt),
    revealAt: move(event.revealAt),
    deleteAt: deleteAt && deleteAt > now ? deleteAt : null,
    trustAfter: event.trustAfter,
    settings,
    nextChangeAt: null,
  };
  checkDates(copy, now, true);
  return { ...copy, nextChangeAt: nextChange(copy, now) };
}

/** What a change means to whoever has the event open. */
export interface Consequence {
  /** guests see or may do something else than before */
  isPublic: boolean;
  /** some of them may not be here any more: each is asked at the door again */
  closesDoors: boolean;
}

const SEEN_BY_GUESTS = [
  ...(['slug', 'name', 'timeZone', 'status', 'visibility', 'pinVersion', 'uploads', 'guestView'] as const),
  ...DATE_FIELDS,
] as const;

const same = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;

/** @returns what `after` means to those who have the event open as it was `before` */
export function consequenceOf(before: EventValues, after: EventValues): Consequence {
  const look = (event: EventValues) => {
    const { languages, defaultLanguage, downloads, camera, look: own } = readEventSettings(event.settings);
    return JSON.stringify([languages, defaultLanguage, downloads, camera, own]);
  };
  const enters = (event: EventValues) => admission({ ...event, deletedAt: null }, 'guest') === 'open';
  return {
    isPublic: SEEN_BY_GUESTS.some((field) => !same(before[field], after[field])) || look(before) !== look(after),
    closesDoors:
      before.visibility !== after.visibility ||
      (before.pinVersion !== after.pinVersion && (before.visibility === 'pin' || after.visibility === 'pin')) ||
      (enters(before) && !enters(after)),
  };
}
