import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { PanicAnswer } from '../../../contract/stage.ts';
import { eventPath, type Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { usePolled } from '../events/polling.ts';
import { useTimes } from '../people/parts.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { Dialog, TextField } from '../shell/ui.tsx';

const CALM_MS = 15_000;
/** While screens are still confirming. */
const ALERT_MS = 2_000;
const TEXT_MAX = 300;

interface DialogProps {
  event: StaffEvent;
  onStarted: () => void;
  onClose: () => void;
}

function PanicDialog({ event, onStarted, onClose }: DialogProps) {
  const console = useConsole();
  const { say, session, t } = console;
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const start = async (submitted: Event) => {
    submitted.preventDefault();
    if (busy) return;
    setBusy(true);
    const body = text.trim() ? { text: text.trim() } : {};
    const answer = await session.authed(eventPath(event.id, '/panic'), { method: 'POST', body });
    setBusy(false);
    if (answer.ok) onStarted();
    else setRefusal(answer);
  };
  return (
    <Dialog title={say.screens('panicStart')} onClose={onClose}>
      <form class="stack" onSubmit={(submitted) => void start(submitted)}>
        <p>{say.screens('panicAsk', { event: event.name })}</p>
        <TextField
          label={say.screens('panicMessage')}
          name="panic"
          value={text}
          onInput={setText}
          maxLength={TEXT_MAX}
          dir="auto"
          optional
        />
        {refusal && (
          <Notice tone="bad" role="alert">
            {reasonOf(console, refusal)}
          </Notice>
        )}
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="bad" type="submit" busy={busy}>
            {say.screens('panicStart')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Puts one slide of ours on every wall of an event, says which screens have confirmed it, and takes it away. */
export function PanicPanel({ event }: { event: StaffEvent }) {
  const console = useConsole();
  const { role, say, session } = console;
  const { ago, exact } = useTimes(event.timeZone);
  const [isAsking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [isOn, setOn] = useState(false);
  const { answer, again } = usePolled<PanicAnswer>(eventPath(event.id, '/panic'), isOn ? ALERT_MS : CALM_MS);
  const known = answer && answer.ok ? answer.data : null;
  const panic = known && known.panic;
  useEffect(() => setOn(Boolean(panic)), [Boolean(panic)]);
  const reason = may(role, 'member') ? null : say.screens('viewerOnly');

  const release = async () => {
    setBusy(true);
    const released = await session.authed(eventPath(event.id, '/panic'), { method: 'DELETE' });
    setBusy(false);
    showToast(released.ok ? say.screens('panicReleased') : reasonOf(console, released));
    again();
  };

  return (
    <section class={panic ? 'section panel hold hold-on' : 'section panel hold'} aria-labelledby="panic">
      <h2 id="panic">{say.screens(panic ? 'panicOn' : 'panic')}</h2>
      {known && panic ? (
        <>
          <p title={exact(panic.since)}>{say.screens('panicSince', { ago: ago(panic.since) })}</p>
          <div class="stack">
            {panic.text && <p dir="auto">{panic.text}</p>}
            <p role="status">
              {say.screens('panicConfirmed', { confirmed: known.screens.confirmed, total: known.screens.total })}
              {known.screens.offline > 0 && ` ${say.screens('panicOffline', { offline: known.screens.offline })}`}
            </p>
            <div class="row-wrap">
              <Button kind="main" busy={busy} disabledReason={reason} onClick={() => void release()}>
                {say.screens('panicRelease')}
              </Button>
            </div>
          </div>
        </>
      ) : (
        <>
          <p>{say.screens('panicText')}</p>
          <Button kind="bad" disabledReason={reason} onClick={() => setAsking(true)}>
            <Icon name="warning" />
            {say.screens('panicStart')}
          </Button>
        </>
      )}
      {isAsking && (
        <PanicDialog
          event={event}
          onStarted={() => {
            setAsking(false);
            again();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
