import { useLayoutEffect, useRef } from 'preact/hooks';
import { holdFocus } from '../../shared/modal.ts';

/** Keeps the focus in an element while it is shown; `close` is what Escape does. */
export function useHeldFocus(close: () => void) {
  const panel = useRef<HTMLDivElement>(null);
  const onClose = useRef(close);
  onClose.current = close;
  useLayoutEffect(() => (panel.current ? holdFocus(panel.current, () => onClose.current()) : undefined), []);
  return panel;
}
