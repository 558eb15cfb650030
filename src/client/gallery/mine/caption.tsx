import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OwnPhoto } from '../../../contract/photos.ts';
import { call, eventPath } from '../../shared/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { sayCode } from '../words.ts';
import { m } from './mine-words.ts';

const CAPTION_MAX_CHARACTERS = 300;

export interface CaptionProps {
  photo: OwnPhoto;
  event: string;
  onChange: (photo: OwnPhoto) => void;
}

/** Words of the sender that stand with the photo, wherever it is seen. */
export function Caption({ photo, event, onChange }: CaptionProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const isOpen = draft !== null;

  // Beside a tall photo its buttons would lie below the edge.
  useLayoutEffect(() => {
    if (isOpen && form.current) form.current.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);

  const save = async (submit: Event) => {
    submit.preventDefault();
    if (draft === null || isBusy) return;
    setBusy(true);
    const answer = await call<{ photo: OwnPhoto }>(eventPath(event, `/mine/${photo.id}`), {
      method: 'PATCH',
      body: { caption: draft.trim() || null },
    });
    setBusy(false);
    if (!answer.ok) return setError(answer.code ? sayCode(answer.code) : m('notSaved'));
    setDraft(null);
    onChange(answer.data.photo);
  };

  if (draft === null) {
    return (
      <div class="mine-caption">
        {photo.caption && <p dir="auto">{photo.caption}</p>}
        <Button
          size="small"
          onClick={() => {
            setError(null);
            setDraft(photo.caption || '');
          }}
        >
          {m(photo.caption ? 'captionEdit' : 'captionAdd')}
        </Button>
      </div>
    );
  }
  return (
    <form class="stack" ref={form} onSubmit={save}>
      <TextField
        label={m('caption')}
        name="caption"
        value={draft}
        onInput={setDraft}
        hint={m('captionHint')}
        error={error}
        maxLength={CAPTION_MAX_CHARACTERS}
        multiline
        autoFocus
      />
      <div class="row">
        <Button kind="main" type="submit" busy={isBusy}>
          {m('save')}
        </Button>
        <Button onClick={() => setDraft(null)}>{m('cancel')}</Button>
      </div>
    </form>
  );
}
