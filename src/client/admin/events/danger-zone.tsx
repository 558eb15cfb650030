import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { Refusal } from '../../shared/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { ConfirmName } from '../shell/ui.tsx';
import { deleteEvent } from './event-actions.ts';

export function DeleteDialog({ event, onClose }: { event: StaffEvent; onClose: () => void }) {
  const console = useConsole();
  const { say } = console;
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const confirm = async () => {
    setBusy(true);
    const refused = await deleteEvent(console, event);
    if (!refused) return;
    setBusy(false);
    setRefusal(refused);
  };
  return (
    <ConfirmName
      title={say.events('deleteTitle')}
      text={say.events('deleteText', { count: event.counts.total })}
      name={event.name}
      action={say.events('deleteEvent')}
      busy={busy}
      error={refusal && reasonOf(console, refusal)}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}

export function DangerZone({ event }: { event: StaffEvent }) {
  const { role, say } = useConsole();
  const [isOpen, setOpen] = useState(false);
  return (
    <section class="section panel danger">
      <h2>{say.events('danger')}</h2>
      <p>{say.events('dangerText')}</p>
      <Button
        kind="bad"
        disabledReason={may(role, 'member') ? null : say.events('viewerReason')}
        onClick={() => setOpen(true)}
      >
        {say.events('deleteEvent')}
      </Button>
      {isOpen && <DeleteDialog event={event} onClose={() => setOpen(false)} />}
    </section>
  );
}
