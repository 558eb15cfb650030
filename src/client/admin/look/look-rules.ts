import type { ErrorCode } from '../../../contract/errors.ts';
import type { Theme, ThemePatch } from '../../../contract/tenants.ts';
import { contrast } from '../../../contract/theme/colours.ts';
import { LOGO_MAX_BYTES, LOGO_TYPES } from '../../../contract/theme/logo.ts';
import { derivePalettes, type Colours, type Palette } from '../../../contract/theme/palette.ts';

/** A logo as it is being edited: the one that is kept, another one, or none. */
export type DraftLogo = { kind: 'none' } | { kind: 'kept'; url: string } | { kind: 'new'; url: string; bytes: Blob };

export interface Draft extends Omit<Theme, 'logo'> {
  logo: DraftLogo;
}

export const toDraft = ({ logo, ...look }: Theme): Draft => ({
  ...look,
  logo: logo ? { kind: 'kept', url: logo } : { kind: 'none' },
});

/** A colour as people type it: with or without `#`, any case, three digits too; null when it is none. */
export function readColour(text: string): string | null {
  const digits = text.trim().replace(/^#/, '').toLowerCase();
  if (/^[0-9a-f]{6}$/.test(digits)) return `#${digits}`;
  return /^[0-9a-f]{3}$/.test(digits) ? `#${digits.replace(/./g, '$&$&')}` : null;
}

/** What has to be sent so that `saved` becomes `draft`; null: nothing but perhaps a new logo. */
export function patchOf(saved: Theme, draft: Draft): ThemePatch | null {
  const patch: ThemePatch = {};
  if (draft.accent !== saved.accent) patch.accent = draft.accent;
  if (draft.temperature !== saved.temperature) patch.temperature = draft.temperature;
  if (draft.displayFace !== saved.displayFace) patch.displayFace = draft.displayFace;
  if (draft.logo.kind === 'none' && saved.logo !== null) patch.logo = null;
  return Object.keys(patch).length > 0 ? patch : null;
}

export const isDirty = (saved: Theme, draft: Draft): boolean =>
  draft.logo.kind === 'new' || patchOf(saved, draft) !== null;

/** Why a file cannot be the logo, as far as can be told before it is sent. */
export function logoRefusal(file: Pick<Blob, 'type' | 'size'>): ErrorCode | null {
  if (LOGO_TYPES.indexOf(file.type) < 0) return 'logo.unsupported';
  return file.size > LOGO_MAX_BYTES ? 'logo.too_large' : null;
}

export interface Legibility {
  /** least contrast of both modes */
  button: number;
  text: number;
  line: number;
  /** modes in which the accent had to give way */
  isDarker: boolean;
  isLighter: boolean;
}

const GROUNDS = ['surface', 'surfaceRaised', 'surfaceSunken', 'accentSoft'] as const;

/** How well a look can be read, at its worst. */
export function legibilityOf(colours: Colours): Legibility {
  const { light, dark } = derivePalettes(colours);
  const least = (ink: keyof Palette, grounds: readonly (keyof Palette)[]) =>
    Math.min(...[light, dark].flatMap((palette) => grounds.map((ground) => contrast(palette[ink], palette[ground]))));
  return {
    button: least('onAccent', ['accent']),
    text: least('accentText', GROUNDS),
    line: least('accentLine', GROUNDS),
    isDarker: light.accent !== colours.accent,
    isLighter: dark.accent !== colours.accent,
  };
}
