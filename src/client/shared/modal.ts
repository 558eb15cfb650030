const REACHABLE =
  'a[href],button:not([disabled]),input:not([disabled]),select,textarea,video[controls],[tabindex]:not([tabindex="-1"])';

/** Panels that are open, the uppermost last: keys belong to that one. */
const open: HTMLElement[] = [];

/**
 * Makes `panel` a modal dialog: focus goes in and stays in, Escape calls `close`, the page behind does
 * not scroll and is hidden from screen readers. (`<dialog>` came to Safari with iOS 15.4 only.) What is
 * marked `data-focus` inside is focused first.
 * @returns how to let go; focus returns to where it was
 */
export function holdFocus(panel: HTMLElement, close: () => void): () => void {
  const before = document.activeElement as HTMLElement | null;
  const behind: Element[] = [];
  for (let node: HTMLElement | null = panel; node && node !== document.body; node = node.parentElement) {
    const siblings: Element[] = node.parentElement ? Array.from(node.parentElement.children) : [];
    for (const sibling of siblings) {
      if (sibling === node || sibling.tagName === 'SCRIPT' || sibling.id === 'toasts') continue;
      if (sibling.getAttribute('aria-hidden') === 'true') continue;
      sibling.setAttribute('aria-hidden', 'true');
      behind.push(sibling);
    }
  }
  const overflow = document.body.style.overflow;
  document.body.style.overflow = 'hidden';

  open.push(panel);

  const onKey = (event: KeyboardEvent) => {
    if (open[open.length - 1] !== panel) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopImmediatePropagation();
      return close();
    }
    if (event.key !== 'Tab') return;
    const reachable = Array.from(panel.querySelectorAll<HTMLElement>(REACHABLE)).filter((e) => e.offsetParent !== null);
    const first = reachable[0];
    const last = reachable[reachable.length - 1];
    if (!first || !last) return event.preventDefault();
    const isOutside = !panel.contains(document.activeElement);
    const edge = event.shiftKey ? first : last;
    if (isOutside || document.activeElement === edge || document.activeElement === panel) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  };
  document.addEventListener('keydown', onKey);
  panel.tabIndex = -1;
  (panel.querySelector<HTMLElement>('[data-focus]') || panel).focus();

  return () => {
    document.removeEventListener('keydown', onKey);
    open.splice(open.indexOf(panel), 1);
    document.body.style.overflow = overflow;
    for (const element of behind) element.removeAttribute('aria-hidden');
    if (before && before.isConnected) before.focus();
  };
}

/**
 * Watches one finger. `move` runs only after the finger has gone clearly in one direction.
 * @param end called with the distance in pixels
 */
export function onSwipe(element: HTMLElement, end: (dx: number, dy: number) => void): void {
  let start: { x: number; y: number } | null = null;
  element.addEventListener(
    'touchstart',
    (event) => {
      const touch = event.touches[0];
      start = event.touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : null;
    },
    { passive: true },
  );
  element.addEventListener('touchend', (event) => {
    const touch = event.changedTouches[0];
    if (start && touch) end(touch.clientX - start.x, touch.clientY - start.y);
    start = null;
  });
}
