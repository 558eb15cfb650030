import type { look as en } from '../en/look.ts';
import type { Translated } from '../shape.ts';

export const look: Translated<typeof en> = {};
