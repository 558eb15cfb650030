import { useState } from 'preact/hooks';
import type { Screen } from '../../../contract/screens.ts';
import type { Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { reasonOf, useConsole } from '../shell/console.tsx';
import { Dialog } from '../shell/ui.tsx';
import { ScreenFields, type Places } from './screen-fields.tsx';
import { formOf, patchOf } from './screen-rules.ts';

interface Props {
  screen: Screen;
  places: Places;
  onChanged: () => void;
  onClose: () => void;
}

/** Changes what lasts: the screen follows at once, or as soon as it is back. */
export function ChangeDialog({ screen, places, onChanged, onClose }: Props) {
  const console = useConsole();
  const { say, session, t } = console;
  // As it was when somebody began: the list behind this dialog goes on being refreshed.
  const [before] = useState(() => formOf(screen));
  const [form, setForm] = useState(before);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isNamed = form.name.trim() !== '';

  const send = async (submitted: Event) => {
    submitted.preventDefault();
    if (busy || !isNamed) return;
    const patch = patchOf(before, form);
    if (!patch) return onClose();
    setBusy(true);
    const answer = await session.authed<{ screen: Screen }>(`/api/v1/screens/${screen.id}`, {
      method: 'PATCH',
      body: patch,
    });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer);
    showToast(say.screens('isChanged', { name: answer.data.screen.name }));
    onChanged();
  };

  return (
    <Dialog title={say.screens('changeTitle', { name: screen.name })} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(submitted) => void send(submitted)}>
        <ScreenFields
          form={form}
          onChange={setForm}
          places={places}
          nameError={isNamed ? null : say.screens('nameMissing')}
          mayHaveNoEvent
        />
        {refusal && (
          <Notice tone="bad" role="alert">
            {reasonOf(console, refusal)}
          </Notice>
        )}
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" type="submit" busy={busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
