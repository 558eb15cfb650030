import { byId } from '../../shared/boot.ts';

/** How long a page may go on being put together before its heading is left to itself. */
const SETTLE_MS = 3_000;
const HANDS = ['keydown', 'mousedown', 'touchstart'] as const;
let stopBefore = () => {};

/** Puts the focus on the page's heading, unless the page has already put it somewhere itself. */
function focusHeading(): HTMLElement | null {
  const main = byId('main');
  const { activeElement } = document;
  // Whoever is in a dialog by now is not called out of it.
  if (document.querySelector('[aria-modal="true"]')) return null;
  if (!main || (activeElement !== main && main.contains(activeElement))) return null;
  const heading = main.querySelector('h1') || main;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return heading;
}

/**
 * Moves the reader to a page that has just come: its heading is focused and its title said. A page that
 * draws itself anew once its content is there must not lose the reader on the way.
 * @param from what had the focus when the page was asked for
 */
export function arrive(isFirst: boolean, from: Element | null = document.activeElement): void {
  stopBefore();
  if (isFirst) return;
  const { activeElement } = document;
  const live = byId('announcement');
  if (live) live.textContent = document.title;
  // Who has gone somewhere else while the page was on its way, stays there.
  if (activeElement !== document.body && activeElement !== from) return;
  let held = focusHeading();
  const host = byId('app');
  if (!held || !host) return;
  const observer = new MutationObserver(() => {
    if (document.activeElement === document.body && held && !held.isConnected) held = focusHeading();
  });
  observer.observe(host, { childList: true, subtree: true });
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const type of HANDS) document.removeEventListener(type, stop, true);
  };
  const timer = setTimeout(stop, SETTLE_MS);
  for (const type of HANDS) document.addEventListener(type, stop, true);
  stopBefore = stop;
}
