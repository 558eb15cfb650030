import type { share as en } from '../en/share.ts';
import type { Translated } from '../shape.ts';

export const share: Translated<typeof en> = {};
