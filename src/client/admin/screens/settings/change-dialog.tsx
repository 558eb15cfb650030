import { useState } from 'preact/hooks';
import type { Screen } from '../../../../contract/screens.ts';
import type { Refusal } from '../../../shared/api.ts';
import { showToast } from '../../../shared/toast.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Notice } from '../../../shared/ui/states.tsx';
import { reasonOf, useConsole } from '../../shell/console.tsx';
import { Dialog } from '../../shell/ui.tsx';
import { formOf, patchOf, problemsOf } from '../screen-rules.ts';
import type { Places } from './fields.ts';
import { Preview } from './preview.tsx';
import { ScreenFields } from './screen-fields.tsx';

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
  const problems = problemsOf(form);

  const send = async (submitted: Event) => {
    submitted.preventDefault();
    if (busy || problems.length > 0) return;
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
    <Dialog title={say.screens('changeTitle', { name: screen.name })} onClose={onClose} wide>
      <form class="settings" noValidate onSubmit={(submitted) => void send(submitted)}>
        <Preview form={form} places={places} />
        <div class="settings-fields">
          <ScreenFields form={form} onChange={setForm} places={places} problems={problems} isThere />
          {refusal && (
            <Notice tone="bad" role="alert">
              {reasonOf(console, refusal)}
            </Notice>
          )}
        </div>
        <div class="panel-foot settings-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            kind="main"
            type="submit"
            busy={busy}
            disabledReason={problems.length > 0 ? say.screens('notWhole') : null}
          >
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
