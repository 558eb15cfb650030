import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './field.tsx';

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
        <div>{text}</div>
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
