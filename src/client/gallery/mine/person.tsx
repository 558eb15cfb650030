import { useState } from 'preact/hooks';
import type { Me } from '../../../contract/me.ts';
import type { OwnPhoto } from '../../../contract/photos.ts';
import { call, eventPath } from '../../shared/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Avatar } from '../../shared/ui/signs.tsx';
import { sayCode, t } from '../words.ts';
import { m } from './mine-words.ts';
import { countReceipts } from './receipt-rules.ts';

const NAME_MAX_CHARACTERS = 80;

export interface PersonProps {
  event: string;
  /** null: not known yet */
  me: Me | null;
  photos: readonly OwnPhoto[];
  shows: boolean;
  onMe: (me: Me) => void;
}

/** Who has sent all this, and how much of it. The name is that of every photo, so it is changed here for all of them. */
export function Person({ event, me, photos, shows, onMe }: PersonProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const name = me && me.guest.name;
  const fates = photos.map((photo) => photo);
  const { out, waiting } = countReceipts(fates, shows);

  const save = async (submit: Event) => {
    submit.preventDefault();
    if (draft === null || !me || isBusy) return;
    if (!draft.trim()) return setError(m('nameNeeded'));
    setBusy(true);
    const answer = await call<Pick<Me, 'guest'>>(eventPath(event, '/me'), {
      method: 'PATCH',
      body: { name: draft.trim() },
    });
    setBusy(false);
    if (!answer.ok) return setError(answer.code ? sayCode(answer.code) : m('notSaved'));
    onMe({ ...me, guest: answer.data.guest });
    setDraft(null);
  };

  if (draft !== null) {
    return (
      <form class="mine-name" onSubmit={save}>
        <TextField
          label={t('yourName')}
          name="name"
          value={draft}
          onInput={setDraft}
          hint={t('nameHint')}
          error={error}
          maxLength={NAME_MAX_CHARACTERS}
          autocomplete="given-name"
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
  return (
    <div class="mine-person">
      <Avatar name={name || ''} />
      <div>
        {me ? (
          <h3 class="mine-who" dir="auto">
            {name || m('noName')}
          </h3>
        ) : (
          <div class="mine-who mine-who-waits skeleton" />
        )}
        <p class="quiet small">
          {[
            t('photoCount', { count: photos.length }),
            out > 0 && m('countOut', { count: out }),
            waiting > 0 && m('countWaiting', { count: waiting }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Button
        kind="bare"
        class="button-icon"
        aria-label={m('editName')}
        disabledReason={me ? null : m('loading')}
        onClick={() => {
          setError(null);
          setDraft(name || '');
        }}
      >
        <Icon name="edit" />
      </Button>
    </div>
  );
}
