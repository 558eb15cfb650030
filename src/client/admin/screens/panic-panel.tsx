import { useEffect, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { PanicAnswer, StageAnswer } from '../../../contract/stage.ts';
import { eventPath, type Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { usePolled } from '../events/polling.ts';
import { useTimes } from '../people/parts.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { Dialog, TextField } from '../shell/ui.tsx';
import { withStage } from '../stage/stage-rules.ts';

const CALM_MS = 15_000;
/** While screens are still confirming. */
const ALERT_MS = 2_000;
const TEXT_MAX = 300;

interface Props {
  event: StaffEvent;
  /** takes in the event as the slide has left it */
  onEvent: (event: StaffEvent) => void;
}

function PanicDialog({ event, onEvent, onClose }: Props & { onClose: () => void }) {
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
    const answer = await session.authed<StageAnswer>(eventPath(event.id, '/panic'), { method: 'POST', body });
    setBusy(false);
    if (answer.ok) onEvent(withStage(event, answer.data.stage));
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

/** The way to put one slide of ours on every wall of an event. */
export function PanicPanel({ event, onEvent }: Props) {
  const { role, say } = useConsole();
  const [isAsking, setAsking] = useState(false);
  const reason = may(role, 'member') ? null : say.screens('viewerOnly');
  return (
    <section class="section panel hold" aria-labelledby="panic">
      <h2 id="panic">{say.screens('panic')}</h2>
      <p>{say.screens('panicText')}</p>
      <Button kind="bad" disabledReason={reason} onClick={() => setAsking(true)}>
        <Icon name="warning" />
        {say.screens('panicStart')}
      </Button>
      {isAsking && <PanicDialog event={event} onEvent={onEvent} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** While the slide is on: since when, which screens say that they show it, and how it is taken away. */
export function PanicAlarm({ event, onEvent, isOwn }: Props & { isOwn: boolean }) {
  const console = useConsole();
  const { role, say, session } = console;
  const { ago, exact } = useTimes(event.timeZone);
  const [busy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { answer } = usePolled<PanicAnswer>(eventPath(event.id, '/panic'), isDone ? CALM_MS : ALERT_MS);
  const known = answer && answer.ok && answer.data.panic ? answer.data.screens : null;
  const isComplete = known !== null && known.confirmed === known.total;
  useEffect(() => setDone(isComplete), [isComplete]);
  // Whoever has pressed the button is brought to what came of it.
  useEffect(() => {
    if (isOwn && heading.current) heading.current.focus();
  }, []);
  const { panic } = event.stage;
  if (!panic) return null;
  const since = new Date(panic.since).toISOString();

  const release = async () => {
    setBusy(true);
    const released = await session.authed<StageAnswer>(eventPath(event.id, '/panic'), { method: 'DELETE' });
    setBusy(false);
    showToast(released.ok ? say.screens('panicReleased') : reasonOf(console, released));
    if (released.ok) onEvent(withStage(event, released.data.stage));
  };

  return (
    <section class="section panel hold hold-on" aria-labelledby="panic">
      <h2 id="panic" ref={heading} tabIndex={-1}>
        {say.screens('panicOn')}
      </h2>
      <p title={exact(since)}>{say.screens('panicSince', { ago: ago(since) })}</p>
      <div class="stack">
        {panic.text && <p dir="auto">{panic.text}</p>}
        <p role="status">
          {known && (
            <>
              {say.screens('panicConfirmed', { confirmed: known.confirmed, total: known.total })}
              {known.offline > 0 && ` ${say.screens('panicOffline', { offline: known.offline })}`}
            </>
          )}
        </p>
        <div class="row-wrap">
          <Button
            kind="main"
            busy={busy}
            disabledReason={may(role, 'member') ? null : say.screens('viewerOnly')}
            onClick={() => void release()}
          >
            {say.screens('panicRelease')}
          </Button>
        </div>
      </div>
    </section>
  );
}
