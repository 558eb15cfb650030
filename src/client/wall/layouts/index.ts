import type { LayoutName } from '../settings-rules.ts';
import { full } from './full.ts';
import type { LayoutKind } from './layout.ts';
import { mosaic } from './mosaic.ts';
import { polaroid } from './polaroid.ts';
import { split } from './split.ts';
import { spotlight } from './spotlight.ts';

/** Every layout by its name. */
export const layouts: Record<LayoutName, LayoutKind> = { full, mosaic, polaroid, spotlight, split };
