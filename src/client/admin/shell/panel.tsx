import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { holdFocus } from '../../shared/modal.ts';
import { useConsole } from './console.tsx';
import { Icon } from './nav/icons.tsx';

/** Keeps the focus in the element while it is shown. Before the paint, so that it is back before what comes next. */
export function useHeldFocus(close: () => void) {
  const panel = useRef<HTMLDivElement>(null);
  const onClose = useRef(close);
  onClose.current = close;
  useLayoutEffect(() => (panel.current ? holdFocus(panel.current, () => onClose.current()) : undefined), []);
  return panel;
}

/** What the shell itself lays over the page: a sheet on a phone, a box in the middle elsewhere. */
export function Panel({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const { say } = useConsole();
  const panel = useHeldFocus(close);
  return (
    <div class="panel">
      <div class="veil" onClick={close} />
      <div class="sheet" role="dialog" aria-modal="true" aria-label={title} ref={panel}>
        <div class="sheet-grip" />
        <div class="sheet-head">
          <h2>{title}</h2>
          <button type="button" class="button button-quiet button-icon" aria-label={say.shell('close')} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </div>
  );
}
