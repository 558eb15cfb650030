import type { events as en } from '../en/events.ts';
import type { Translated } from '../shape.ts';

export const events: Translated<typeof en> = {};
