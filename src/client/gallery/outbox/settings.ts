/*
 * What a guest has chosen once and for all events of this host. A browser that keeps nothing forgets it with the page.
 */

const FAST = 'momentique-fast';
let isFast: boolean | null = null;

/** A smaller copy first, the original later. */
export function sendsFast(): boolean {
  if (isFast !== null) return isFast;
  try {
    isFast = localStorage.getItem(FAST) === '1';
  } catch {
    isFast = false;
  }
  return isFast;
}

export function setFast(value: boolean): void {
  isFast = value;
  try {
    localStorage.setItem(FAST, value ? '1' : '0');
  } catch {
    /* remembered until the page is closed */
  }
}

interface Connection extends EventTarget {
  type?: string;
}

const connection = (navigator as Navigator & { connection?: Connection }).connection;

/** Whether bytes are free; false as well where the browser does not say. */
export const isOnWifi = (): boolean =>
  connection !== undefined && (connection.type === 'wifi' || connection.type === 'ethernet');

export function onNetworkChange(run: () => void): void {
  if (connection && connection.addEventListener) connection.addEventListener('change', run);
}
