import { useState } from 'preact/hooks';
import { formatMoment } from '../../../../contract/messages/times.ts';
import { Avatar } from '../../../shared/ui/signs.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { useConsole } from '../../shell/console.tsx';
import { Dialog, TextField } from '../../shell/ui.tsx';
import type { Actions } from '../table/actions.ts';
import type { Desk } from '../table/use-table.ts';
import { useDecisionWords } from './inspector.tsx';
import { ago } from './parts.tsx';

const MESSAGE_MAX = 300;

/** Whether what is shown is live, and what waits for the network. */
export function LiveState({ desk: { table } }: { desk: Desk }) {
  const { say } = useConsole();
  const live = table.live();
  const waiting = table.waiting();
  return (
    <span role="status" data-live={live} data-waiting={waiting} data-sent={table.isSent()}>
      {waiting > 0 ? (
        <span class="badge badge-wait">{say.desk('waitingForNetwork', { count: waiting })}</span>
      ) : (
        <span class={live === 'live' ? 'badge badge-good' : 'badge badge-wait'}>
          {say.desk(live === 'live' ? 'live' : 'reconnecting')}
        </span>
      )}
    </span>
  );
}

/** Who else is at the desk. */
export function Presence({ desk: { table } }: { desk: Desk }) {
  const { say } = useConsole();
  const others = table.others();
  if (!others.length) return null;
  return (
    <ul class="presence" aria-label={say.desk('alsoHere')}>
      {others.slice(0, 5).map(({ id, name }) => (
        <li key={id} title={name}>
          <Avatar name={name} size="small" />
          <span class="said">{name}</span>
        </li>
      ))}
      {others.length > 5 && <li class="small quiet">+{others.length - 5}</li>}
    </ul>
  );
}

/** What others decided first, and the way to decide otherwise all the same. */
export function Conflicts({ desk: { table } }: { desk: Desk }) {
  const { boot, say } = useConsole();
  const d = say.desk;
  const words = useDecisionWords();
  return (
    <>
      {table
        .conflicts()
        .slice(-2)
        .map((conflict) => {
          const { photo, wanted } = conflict;
          const small = photo.renditions[0];
          return (
            <div class="notice notice-wait conflict" role="status" key={photo.id} data-conflict={photo.id}>
              {small ? <img src={small.url} alt="" width={44} height={44} /> : <span />}
              <p>
                <span>{words(photo.decided || { by: null, reason: null }, photo.status)}</span>
                {photo.decided ? ` · ${ago(boot.locale, photo.decided.at)}` : ''}
              </p>
              <span class="row">
                <Button size="small" onClick={() => table.decideAnyway(conflict)}>
                  {d(wanted === 'approved' ? 'approveAnyway' : wanted === 'rejected' ? 'rejectAnyway' : 'resetAnyway')}
                </Button>
                <Button size="small" kind="bare" onClick={() => table.dismiss(conflict)}>
                  {d('leaveIt')}
                </Button>
              </span>
            </div>
          );
        })}
    </>
  );
}

/** The big calm line while publication is stopped. */
export function HeldBanner({ desk: { event, mayJudge }, actions }: { desk: Desk; actions: Actions }) {
  const { boot, say } = useConsole();
  const d = say.desk;
  if (!event.held) return null;
  return (
    <section class="held" role="alert" aria-label={d('heldTitle')}>
      <div class="held-words">
        <p class="held-title">{d('heldTitle')}</p>
        <p class="small">
          {d('heldText')} {event.stage.panic && `${say.codes('event.panic')} `}
          {event.held.message && (
            <>
              {d('heldSays')} <q dir="auto">{event.held.message}</q> ·{' '}
            </>
          )}
          <time dateTime={event.held.at} title={formatMoment(boot.locale, event.timeZone, event.held.at)}>
            {ago(boot.locale, event.held.at)}
          </time>
        </p>
      </div>
      {!event.stage.panic && (
        <Button
          kind="main"
          disabledReason={mayJudge ? null : d('viewerOnly')}
          onClick={() => void actions.release()}
          data-release
        >
          {d('release')}
        </Button>
      )}
    </section>
  );
}

/** Asks what guests are to read, and stops publication. */
export function HoldDialog({ actions, onClose }: { actions: Actions; onClose: () => void }) {
  const { t, say } = useConsole();
  const d = say.desk;
  const [message, setMessage] = useState('');
  const [isBusy, setBusy] = useState(false);
  const hold = async () => {
    setBusy(true);
    const isDone = await actions.hold(message);
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      title={d('holdTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="bad" busy={isBusy} onClick={() => void hold()} data-hold-now>
            {d('holdNow')}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{d('holdText')}</p>
        <TextField
          label={d('holdMessage')}
          name="message"
          value={message}
          onInput={setMessage}
          maxLength={MESSAGE_MAX}
          dir="auto"
          hint={d('holdHint')}
          optional
        />
      </div>
    </Dialog>
  );
}
