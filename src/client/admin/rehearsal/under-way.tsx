import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { formatTime } from '../../../contract/messages/times.ts';
import type { Rehearsal } from '../../../contract/rehearsals.ts';
import { eventPath } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Progress } from '../../shared/ui/signs.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { Checklist } from './checklist.tsx';

const PHASE_WORDS = {
  sending: 'phaseSending',
  recalling: 'phaseRecalling',
  returning: 'phaseReturning',
  vanishing: 'phaseVanishing',
  ended: 'phaseVanishing',
} as const;

interface Props {
  event: StaffEvent;
  rehearsal: Rehearsal;
  again: () => void;
}

/** The rehearsal that runs: what arrives, what is known so far, and the button that ends it. */
export function UnderWay({ event, rehearsal, again }: Props) {
  const console = useConsole();
  const { boot, role, say, session } = console;
  const [busy, setBusy] = useState(false);
  const { phase, photos, pictures } = rehearsal;
  const isShown = phase === 'sending' || phase === 'recalling';
  const end = async () => {
    setBusy(true);
    const path = eventPath(event.id, `/rehearsals/${rehearsal.id}/end`);
    const answer = await session.authed<unknown>(path, { method: 'POST' });
    setBusy(false);
    if (!answer.ok) showToast(reasonOf(console, answer));
    again();
  };
  return (
    <section class="section panel rehearsal-running" data-phase={phase}>
      <div class="rehearsal-running-head">
        <div>
          <p class="rehearsal-live">
            <span class="rehearsal-dot" aria-hidden="true" />
            {say.rehearsal('running')}
          </p>
          <h2 aria-live="polite">{say.rehearsal(PHASE_WORDS[phase])}</h2>
          <p class="quiet">
            {say.rehearsal('endsBy', { time: formatTime(boot.locale, event.timeZone, rehearsal.endsBy) })}
          </p>
        </div>
        <Button
          kind="bad"
          busy={busy || !isShown}
          disabledReason={may(role, 'member') ? null : say.rehearsal('viewerOnly')}
          onClick={() => void end()}
        >
          {say.rehearsal('endNow')}
        </Button>
      </div>
      <Progress label={say.rehearsal('photosSent')} value={photos.sent} max={photos.planned} />
      <p class="quiet small rehearsal-counts">
        <span>{say.rehearsal('sentOf', { sent: photos.sent, planned: photos.planned })}</span>
        <span>{say.rehearsal('preparedOf', { done: photos.processed, sent: photos.sent })}</span>
      </p>
      {pictures.length > 0 && (
        <div class="rehearsal-pictures" aria-hidden="true">
          {pictures.map((url) => (
            <img key={url} src={url} alt="" />
          ))}
        </div>
      )}
      <Checklist checks={rehearsal.checks} />
    </section>
  );
}
