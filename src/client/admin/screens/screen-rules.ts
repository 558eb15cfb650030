import type { Screen, ScreenLayout, ScreenPatch } from '../../../contract/screens.ts';

/** What staff set, as the fields of a form hold it. */
export interface ScreenForm {
  name: string;
  /** id; empty: none */
  event: string;
  /** id; empty: none */
  siteId: string;
  layout: ScreenLayout['layout'];
  seconds: number;
  qr: ScreenLayout['qr'];
  overscan: number;
}

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

export const newScreen = (event: string): ScreenForm => ({
  name: '',
  event,
  siteId: '',
  layout: 'full',
  seconds: 8,
  qr: 'always',
  overscan: 0,
});

export const formOf = ({ name, event, siteId, layout }: Screen): ScreenForm => ({
  name,
  event: event ? event.id : '',
  siteId: siteId || '',
  layout: layout.layout,
  seconds: layout.seconds,
  qr: layout.qr,
  overscan: layout.overscan,
});

export const layoutOf = ({ layout, seconds, qr, overscan }: ScreenForm) => ({ layout, seconds, qr, overscan });

/** What has been changed and nothing else, so that what somebody else changes meanwhile stays. @returns null: nothing */
export function patchOf(before: ScreenForm, now: ScreenForm): ScreenPatch | null {
  const patch: ScreenPatch = {};
  if (now.name.trim() !== before.name) patch.name = now.name.trim();
  if (now.event !== before.event) patch.event = now.event || null;
  if (now.siteId !== before.siteId) patch.siteId = now.siteId || null;
  const layout = {
    ...(now.layout === before.layout ? {} : { layout: now.layout }),
    ...(now.seconds === before.seconds ? {} : { seconds: now.seconds }),
    ...(now.qr === before.qr ? {} : { qr: now.qr }),
    ...(now.overscan === before.overscan ? {} : { overscan: now.overscan }),
  };
  if (Object.keys(layout).length > 0) patch.layout = layout;
  return Object.keys(patch).length > 0 ? patch : null;
}

/** The choices of a number, with the one that is set if it is none of them. */
export const withValue = (choices: readonly number[], value: number): number[] =>
  choices.includes(value) ? choices.slice() : choices.concat(value).sort((a, b) => a - b);

const SKEW_SHOWN_MS = 2_000;

/** Seconds that a clock is ahead, negative: behind; null: not worth a word. */
export const skewOf = (skewMs: number): number | null =>
  Math.abs(skewMs) > SKEW_SHOWN_MS ? Math.round(skewMs / 1_000) : null;
