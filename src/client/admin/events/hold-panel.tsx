import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { formatAgo, formatMoment } from '../../../contract/messages/times.ts';
import { eventPath } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { TextField } from '../shell/ui.tsx';

const MESSAGE_MAX = 300;

/**
 * One tap stops publication and empties galleries and walls. It is no question first, for whoever presses it has no
 * time for one, and nothing is lost: another tap gives everything back.
 */
export function HoldPanel({ event, onEvent }: { event: StaffEvent; onEvent: (event: StaffEvent) => void }) {
  const console = useConsole();
  const { boot, role, say, session, t } = console;
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState(event.held && event.held.message ? event.held.message : '');
  const reason = may(role, 'moderator') ? null : say.events('viewerReason');
  const send = async (what: 'hold' | 'release', text: string): Promise<boolean> => {
    setBusy(true);
    const body = what === 'hold' && text.trim() ? { message: text.trim() } : {};
    const answer = await session.authed<{ event: StaffEvent }>(eventPath(event.id, `/${what}`), {
      method: 'POST',
      body,
    });
    setBusy(false);
    if (!answer.ok) {
      showToast(reasonOf(console, answer));
      return false;
    }
    onEvent(answer.data.event);
    return true;
  };
  const hold = async () => {
    if (!(await send('hold', message))) return;
    showToast(say.events('heldToast'), { label: t('undo'), run: () => void send('release', '') });
  };
  const release = async () => {
    if (await send('release', '')) showToast(say.events('releasedToast'));
  };
  const isPanic = event.stage.panic !== null;
  if (!event.held) {
    return (
      <section class="section panel hold" aria-labelledby="hold">
        <h2 id="hold">{say.events('holdTitle')}</h2>
        <p>{say.events('holdText')}</p>
        <Button kind="bad" busy={busy} disabledReason={reason} onClick={() => void hold()} data-hold="hold">
          <Icon name="warning" />
          {say.events('hold')}
        </Button>
      </section>
    );
  }
  return (
    <section class={isPanic ? 'section panel hold' : 'section panel hold hold-on'} aria-labelledby="hold" role="status">
      <h2 id="hold">{say.events('heldTitle')}</h2>
      <p title={formatMoment(boot.locale, event.timeZone, event.held.at)}>
        {say.events('heldText', { ago: formatAgo(boot.locale, event.held.at, new Date()) })}
        {isPanic && ` ${say.codes('event.panic')}`}
      </p>
      <div class="stack">
        <TextField
          label={say.events('heldMessage')}
          name="message"
          value={message}
          onInput={setMessage}
          maxLength={MESSAGE_MAX}
          hint={say.events('heldMessageHint')}
          optional
        />
        <div class="row-wrap">
          <Button
            kind={isPanic ? 'quiet' : 'main'}
            busy={busy}
            disabledReason={reason || (isPanic ? say.codes('event.panic') : null)}
            onClick={() => void release()}
            data-hold="release"
          >
            {say.events('release')}
          </Button>
          {message.trim() !== (event.held.message || '') && (
            <Button busy={busy} disabledReason={reason} onClick={() => void send('hold', message)}>
              {say.events('heldMessageSave')}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
