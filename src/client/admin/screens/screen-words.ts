import type { ScreenLayout } from '../../../contract/screens.ts';

/* Which word stands for which value; the words are in the part `screens`. */

export const LAYOUT_WORDS = {
  full: 'layoutFull',
  mosaic: 'layoutMosaic',
  polaroid: 'layoutPolaroid',
  spotlight: 'layoutSpotlight',
  split: 'layoutSplit',
  rotate: 'layoutRotate',
} as const satisfies Record<ScreenLayout['layout'], string>;

/** @param layout a word of the screen's own, which may be any: a layout, or one of our slides @returns the word for a layout */
export const layoutWord = (layout: string): (typeof LAYOUT_WORDS)[keyof typeof LAYOUT_WORDS] | undefined =>
  Object.keys(LAYOUT_WORDS).includes(layout) ? LAYOUT_WORDS[layout as keyof typeof LAYOUT_WORDS] : undefined;

export const STATUS_WORDS = { maintenance: 'maintenance', error: 'error', decommissioned: 'decommissioned' } as const;

export const GROUP_WORDS = { none: 'groupNone', mirror: 'groupMirror', spread: 'groupSpread' } as const;
