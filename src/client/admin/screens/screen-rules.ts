import type { StaffEvent } from '../../../contract/events.ts';
import type { Screen, ScreenLayout, ScreenPatch } from '../../../contract/screens.ts';

/** What staff set, as the fields of a form hold it. */
export interface ScreenForm extends Omit<ScreenLayout, 'group'> {
  name: string;
  /** id; empty: none */
  event: string;
  /** id; empty: none */
  siteId: string;
  /** what staff say of it; empty: in service, and as it is by itself */
  status: '' | (typeof SET_STATUSES)[number];
  /** `none`: it stands for itself */
  group: { mode: 'none' | Group['mode']; name: string };
}

export type Group = NonNullable<ScreenLayout['group']>;
export const SET_STATUSES = ['maintenance', 'error', 'decommissioned'] as const;
export const LAYOUTS = ['full', 'mosaic', 'polaroid', 'spotlight', 'split'] as const;

export const CODE_LENGTH = 6;

/** What somebody types of a code, as the screen shows it: neither case nor spaces matter. */
export const tidyCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, CODE_LENGTH);

/** The code in the address that the square of a screen says; null: there is none. */
export function codeIn(path: string): string | null {
  const given = new URLSearchParams(path.split('?')[1] || '').get('code');
  return given === null ? null : tidyCode(given);
}

/** Which screens are shown; empty: of whatever event, at whatever site. */
export interface Filter {
  event: string;
  site: string;
}

/** What an address such as `/admin/screens?site=…` says. */
export function filterIn(path: string): Filter {
  const query = new URLSearchParams(path.split('?')[1] || '');
  return { event: query.get('event') || '', site: query.get('site') || '' };
}

export const isShown = ({ event, siteId }: Pick<Screen, 'event' | 'siteId'>, filter: Filter): boolean =>
  (!filter.event || (event !== null && event.id === filter.event)) && (!filter.site || siteId === filter.site);

const PLAIN: Omit<ScreenForm, 'name' | 'event' | 'siteId' | 'status'> = {
  layout: 'full',
  rotation: LAYOUTS.slice(),
  rotateMinutes: 5,
  seconds: 8,
  qr: 'always',
  names: true,
  captions: true,
  overscan: 0,
  favour: 'recent',
  group: { mode: 'none', name: '' },
};

export const newScreen = (event: string): ScreenForm => ({ name: '', event, siteId: '', status: '', ...PLAIN });

export const formOf = ({ name, event, siteId, status, layout }: Screen): ScreenForm => ({
  ...layout,
  group: layout.group || { mode: 'none', name: '' },
  name,
  event: event ? event.id : '',
  siteId: siteId || '',
  status: SET_STATUSES.find((set) => set === status) || '',
});

/** What a new screen is most likely for: an event that is live and ends soonest, one that has no end, any live one, any. */
export function likelyEvent<E extends Pick<StaffEvent, 'status' | 'endsAt'>>(
  events: readonly E[],
  now: number,
): E | undefined {
  const live = events.filter(({ status }) => status === 'live');
  const ending = live
    .filter(({ endsAt }) => endsAt !== null && Date.parse(endsAt) > now)
    .sort((a, b) => ((a.endsAt || '') < (b.endsAt || '') ? -1 : 1));
  return ending[0] || live.find(({ endsAt }) => endsAt === null) || live[0] || events[0];
}

/** The group as the API knows it: none without a name. */
const groupOf = ({ group: { mode, name } }: ScreenForm): Group | null =>
  mode === 'none' || name.trim() === '' ? null : { mode, name: name.trim() };

export const layoutOf = (form: ScreenForm): ScreenLayout => ({
  layout: form.layout,
  rotation: form.rotation,
  rotateMinutes: form.rotateMinutes,
  seconds: form.seconds,
  qr: form.qr,
  names: form.names,
  captions: form.captions,
  overscan: form.overscan,
  favour: form.favour,
  group: groupOf(form),
});

/** Fields that are not filled in as they have to be; none: it can be sent. */
export type FormProblem = 'name' | 'rotation' | 'groupName';
export function problemsOf(form: ScreenForm): FormProblem[] {
  const problems: FormProblem[] = [];
  if (form.name.trim() === '') problems.push('name');
  if (form.layout === 'rotate' && form.rotation.length === 0) problems.push('rotation');
  if (form.group.mode !== 'none' && form.group.name.trim() === '') problems.push('groupName');
  return problems;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What has been changed and nothing else, so that what somebody else changes meanwhile stays. @returns null: nothing */
export function patchOf(before: ScreenForm, now: ScreenForm): ScreenPatch | null {
  const patch: ScreenPatch = {};
  if (now.name.trim() !== before.name) patch.name = now.name.trim();
  if (now.event !== before.event) patch.event = now.event || null;
  if (now.siteId !== before.siteId) patch.siteId = now.siteId || null;
  if (now.status !== before.status) patch.status = now.status || null;
  const [then, layout] = [layoutOf(before), layoutOf(now)];
  // What does not apply is not sent: a rotation that was emptied and left is none.
  const fields = (Object.keys(layout) as (keyof ScreenLayout)[]).filter(
    (field) => !isSame(then[field], layout[field]) && (field !== 'rotation' || layout.rotation.length > 0),
  );
  if (fields.length > 0) {
    const changed: Record<string, unknown> = {};
    for (const field of fields) changed[field] = layout[field];
    patch.layout = changed as NonNullable<ScreenPatch['layout']>;
  }
  return Object.keys(patch).length > 0 ? patch : null;
}

/** Groups that screens are in, each once, by name. */
export function groupsOf(screens: readonly Pick<Screen, 'layout'>[]): Group[] {
  const found: Group[] = [];
  for (const { layout } of screens)
    if (layout.group && !found.some((known) => isSame(known, layout.group))) found.push(layout.group);
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** The choices of a number, with the one that is set if it is none of them. */
export const withValue = (choices: readonly number[], value: number): number[] =>
  choices.includes(value) ? choices.slice() : choices.concat(value).sort((a, b) => a - b);

const SKEW_SHOWN_MS = 2_000;

/** Seconds that a clock is ahead, negative: behind; null: not worth a word. */
export const skewOf = (skewMs: number): number | null =>
  Math.abs(skewMs) > SKEW_SHOWN_MS ? Math.round(skewMs / 1_000) : null;
