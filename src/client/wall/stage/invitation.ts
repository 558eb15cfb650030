import type { WallSettings } from '../settings-rules.ts';

/** With `qr: 'between'`: after so many photos the code has the screen for the time of one. */
const INVITE_AFTER = 6;

/** Counts photos. @returns whether the code has its turn now; `show` says when it comes and when it goes */
export function openInvitation(show: (isOn: boolean) => void): (qr: WallSettings['qr']) => boolean {
  let seen = 0;
  return (qr) => {
    if (qr !== 'between') return false;
    seen += 1;
    const isDue = seen > INVITE_AFTER;
    if (isDue) seen = 0;
    show(isDue);
    return isDue;
  };
}
