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

export const STATUS_WORDS = { maintenance: 'maintenance', error: 'error', decommissioned: 'decommissioned' } as const;

export const GROUP_WORDS = { none: 'groupNone', mirror: 'groupMirror', spread: 'groupSpread' } as const;
