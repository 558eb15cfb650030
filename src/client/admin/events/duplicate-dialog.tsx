import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { cleanName, EVENT_NAME_MAX_LENGTH } from '../../../contract/values/names.ts';
import { fromLocalTime, toLocalTime } from '../../../contract/values/zones.ts';
import { eventPath, type Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { reasonOf, useConsole } from '../shell/console.tsx';
import { Dialog, TextField } from '../shell/ui.tsx';

/** The same settings and tables for another day. */
export function DuplicateDialog({ event, onClose }: { event: StaffEvent; onClose: () => void }) {
  const console = useConsole();
  const { go, say, session, t } = console;
  const [name, setName] = useState(say.events('copyName', { name: event.name }).slice(0, EVENT_NAME_MAX_LENGTH));
  const [startsAt, setStartsAt] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const instant = fromLocalTime(event.timeZone, startsAt);
  const send = async (submitted: Event) => {
    submitted.preventDefault();
    if (busy || cleanName(name) === '') return;
    setBusy(true);
    const body = { name, ...(instant.kind === 'invalid' ? {} : { startsAt: instant.iso }) };
    const path = eventPath(event.id, '/duplicate');
    const answer = await session.authed<{ event: StaffEvent }>(path, { method: 'POST', body });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer);
    onClose();
    showToast(say.events('duplicated'));
    go(`/admin/events/${answer.data.event.slug}`);
  };
  return (
    <Dialog title={say.events('duplicateTitle')} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(submitted) => void send(submitted)}>
        <p class="quiet">{say.events('duplicateText')}</p>
        <TextField
          label={say.events('name')}
          name="name"
          value={name}
          onInput={setName}
          maxLength={EVENT_NAME_MAX_LENGTH}
          error={cleanName(name) === '' ? say.events('nameMissing') : refusal && reasonOf(console, refusal)}
          autoFocus
        />
        <TextField
          label={say.events('startsAt')}
          name="startsAt"
          type="datetime-local"
          dir="ltr"
          value={startsAt}
          onInput={setStartsAt}
          min={toLocalTime(event.timeZone, new Date().toISOString())}
          hint={say.events('duplicateDateHint')}
          optional
        />
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" type="submit" busy={busy}>
            {say.events('duplicate')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
