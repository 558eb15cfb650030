import type { SCREEN_NUDGES } from '../../../contract/live-constants.ts';

export type Nudge = (typeof SCREEN_NUDGES)[number];

const REMEMBERED = 100;

/** Lets every command through once: one that was told over the socket is on the list for those that poll as well. */
export function once(): (id: string) => boolean {
  const seen: string[] = [];
  return (id) => {
    if (seen.indexOf(id) >= 0) return false;
    seen.push(id);
    if (seen.length > REMEMBERED) seen.shift();
    return true;
  };
}
