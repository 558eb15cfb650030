import type { StaffEvent } from '../../../contract/events.ts';
import type { Announcement, AnnouncementRequest, WallState } from '../../../contract/stage.ts';
import { addLocalMinutes, fromLocalTime, toLocalTime, type LocalTime } from '../../../contract/values/zones.ts';

/** The event as a change of its stage has left it, before it has been asked for again. */
export function withStage(event: StaffEvent, { panic, spotlight, photoCall }: WallState): StaffEvent {
  const before = event.stage.panic;
  const isHeldByPanic = event.held !== null && before !== null && Date.parse(event.held.at) === before.since;
  const byPanic = panic && { at: new Date(panic.since).toISOString(), message: panic.text };
  const held = event.held === null || isHeldByPanic ? byPanic : event.held;
  return { ...event, held, stage: { panic, spotlight, photoCall } };
}

/** How far the server's clock is ahead of this one, from when it was asked and when the answer was there. */
export const clockOffset = (serverTime: number, askedAt: number, answeredAt: number): number =>
  serverTime - (askedAt + answeredAt) / 2;

type Times = { from: string | null; until: string | null };

export function stateOf({ from, until }: Times, now: number): Announcement['state'] {
  if (until !== null && Date.parse(until) <= now) return 'over';
  return from !== null && Date.parse(from) > now ? 'coming' : 'shown';
}

const RANK = { shown: 0, coming: 1, over: 2 } as const;
const OVER_MOST = 5;

/**
 * What is shown first, then what comes, the next first, then the last few that are over. Walls have room for one: of
 * those that are shown it is the first.
 */
export function arranged(items: readonly Announcement[], now: number): Announcement[] {
  const time = (iso: string | null) => (iso === null ? 0 : Date.parse(iso));
  const sorted = items
    .map((one) => ({ ...one, state: stateOf(one, now) }))
    .sort((a, b) => {
      if (a.state !== b.state) return RANK[a.state] - RANK[b.state];
      if (a.state === 'coming') return time(a.from) - time(b.from);
      if (a.state === 'over') return time(b.until) - time(a.until);
      return time(b.from) - time(a.from) || time(b.createdAt) - time(a.createdAt);
    });
  const over = sorted.findIndex(({ state }) => state === 'over');
  return over < 0 ? sorted : sorted.slice(0, over + OVER_MOST);
}

/** A helper reads no list of announcements; those to be shown stand on the stage itself, oldest first. */
export const asAnnouncements = (stage: WallState, now: number): Announcement[] =>
  stage.announcements
    .map(({ id, text, from, until }) => {
      const times = {
        from: from === null ? null : new Date(from).toISOString(),
        until: until === null ? null : new Date(until).toISOString(),
      };
      return { id, text, ...times, state: stateOf(times, now), createdAt: new Date(0).toISOString() };
    })
    .reverse();

/** When the stage changes by itself next, epoch milliseconds; null: it does not. */
export function nextChange(items: readonly Times[], now: number): number | null {
  const times = items
    .reduce<(string | null)[]>((all, { from, until }) => all.concat([from, until]), [])
    .reduce<number[]>((all, iso) => (iso === null ? all : all.concat(Date.parse(iso))), [])
    .filter((time) => time > now);
  return times.length > 0 ? Math.min(...times) : null;
}

/* ---- writing an announcement: times are those on the clock of the event ---- */

export interface AnnouncementForm {
  text: string;
  /** empty: at once */
  from: LocalTime;
  /** empty: until it is taken back */
  until: LocalTime;
}
export const EMPTY_FORM: AnnouncementForm = { text: '', from: '', until: '' };

type AnnouncementProblem = 'textMissing' | 'timeInvalid' | 'untilBeforeFrom' | 'untilOver';
export type Problems = Partial<Record<keyof AnnouncementForm, AnnouncementProblem>>;

export function readForm(
  { text, from, until }: AnnouncementForm,
  timeZone: string,
  now: number,
): { request: AnnouncementRequest } | { problems: Problems } {
  const [begins, ends] = [from, until].map((local) => (local ? fromLocalTime(timeZone, local) : null));
  const problems: Problems = {};
  if (!text.trim()) problems.text = 'textMissing';
  if (begins && begins.kind === 'invalid') problems.from = 'timeInvalid';
  if (ends && ends.kind === 'invalid') problems.until = 'timeInvalid';
  const start = begins && begins.kind !== 'invalid' ? begins.iso : null;
  const end = ends && ends.kind !== 'invalid' ? ends.iso : null;
  if (end && Date.parse(end) <= now) problems.until = 'untilOver';
  else if (start && end && Date.parse(end) <= Date.parse(start)) problems.until = 'untilBeforeFrom';
  if (Object.keys(problems).length > 0) return { problems };
  return { request: { text: text.trim(), from: start, until: end } };
}

/** The end that is so many minutes after the beginning, or after now. */
export const untilAfter = (from: LocalTime, minutes: number, timeZone: string, now: number): LocalTime =>
  addLocalMinutes(from || toLocalTime(timeZone, new Date(now).toISOString()), minutes);

/** `1:05`, and `0:00` when nothing is left. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${`0${seconds % 60}`.slice(-2)}`;
}
