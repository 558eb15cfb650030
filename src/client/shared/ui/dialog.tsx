import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { holdFocus, onSwipe } from '../modal.ts';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
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
    return holdFocus(panel.current, () => close.current());
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

export type SheetProps = Omit<DialogProps, 'footer' | 'wide'>;

/** Rises from below on a phone, for the thumb; on a desk it stands in the middle. */
export const Sheet = (props: SheetProps) => <Panel look="sheet" {...props} />;

export interface ConfirmNameProps {
  title: string;
  text: ComponentChildren;
  /** what has to be typed */
  name: string;
  /** what the button says, such as "Delete the event" */
  action: string;
  busy?: boolean;
  error?: string | null;
  words: { close: string; cancel: string; typeName: string };
  onConfirm: () => void;
  onClose: () => void;
}

const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** What cannot be taken back is confirmed by naming the thing. */
export function ConfirmName({ title, text, name, action, busy, error, words, onConfirm, onClose }: ConfirmNameProps) {
  const [typed, setTyped] = useState('');
  const isNamed = plain(typed) === plain(name);
  const submit = (event: Event) => {
    event.preventDefault();
    if (isNamed && !busy) onConfirm();
  };
  return (
    <Dialog title={title} closeLabel={words.close} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <p>{text}</p>
        <TextField
          label={words.typeName}
          name="confirm"
          value={typed}
          onInput={setTyped}
          hint={<bdi class="confirm-name">{name}</bdi>}
          error={error}
          autocomplete="off"
          autoFocus
        />
        <div class="panel-foot">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="bad" type="submit" busy={busy} disabledReason={isNamed ? null : words.typeName}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
