import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { holdFocus, onSwipe } from '../modal.ts';
import { useUid } from './uid.ts';

interface PanelProps {
  look: 'dialog' | 'sheet';
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ComponentChildren;
  footer?: ComponentChildren;
  wide?: boolean;
}

/** What lies over the page until it is closed: by its button, by Escape, beside it, or by a swipe down. */
function Panel({ look, title, closeLabel, onClose, children, footer, wide = false }: PanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  const id = useUid();
  // Before the next key can come: a word typed at once belongs to the dialog.
  useLayoutEffect(() => {
    if (!panel.current) return;
    if (head.current && look === 'sheet') {
      onSwipe(head.current, (dx, dy) => dy > 60 && dy > Math.abs(dx) && close.current());
    }
    const release = holdFocus(panel.current, () => close.current());
    const rises = look === 'sheet' && !wide;
    if (rises) document.body.classList.add('under-sheet');
    return () => {
      release();
      if (rises) document.body.classList.remove('under-sheet');
    };
  }, []);
  return (
    <div class={`overlay overlay-${look}`}>
      <div class="veil" onClick={onClose} />
      <div
        class={wide ? `${look} ${look}-wide` : look}
        ref={panel}
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
      >
        {look === 'sheet' && <div class="sheet-grip" />}
        <div class="sheet-head" ref={head}>
          <h2 id={id} dir="auto">
            {title}
          </h2>
          <button type="button" class="button button-bare button-icon" aria-label={closeLabel} onClick={onClose}>
            ×
          </button>
        </div>
        <div class="panel-body">{children}</div>
        {footer && <div class="panel-foot">{footer}</div>}
      </div>
    </div>
  );
}

export interface DialogProps {
  title: string;
  /** the word for its closing button */
  closeLabel: string;
  onClose: () => void;
  children: ComponentChildren;
  /** buttons: the one that ends it well comes last */
  footer?: ComponentChildren;
  /** a form with something beside it */
  wide?: boolean;
}

/** A question or a small form in the middle of the page. */
export const Dialog = (props: DialogProps) => <Panel look="dialog" {...props} />;

/** `wide`: fills a phone, and has two columns on a desk */
export type SheetProps = Omit<DialogProps, 'footer'>;

/** Rises from below on a phone, for the thumb; on a desk it stands in the middle. */
export const Sheet = (props: SheetProps) => <Panel look="sheet" {...props} />;
