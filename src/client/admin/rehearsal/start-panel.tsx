import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { PACE_PHOTOS, PACES, type Pace } from '../../../contract/rehearsals.ts';
import { eventPath, type Refusal } from '../../shared/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { RadioCards } from '../../shared/ui/choice.tsx';
import { Icon, type IconName } from '../../shared/ui/icon.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { useCommands } from '../shell/keys/commands.ts';

const PACE_WORDS = { quick: 'paceQuick', gentle: 'paceGentle', lively: 'paceLively', rush: 'paceRush' } as const;
const PROMISES: { icon: IconName; words: 'promiseScreens' | 'promiseGuests' | 'promiseEnd' }[] = [
  { icon: 'picture', words: 'promiseScreens' },
  { icon: 'check', words: 'promiseGuests' },
  { icon: 'undo', words: 'promiseEnd' },
];

interface Props {
  event: StaffEvent;
  screens: number;
  onStarted: () => void;
}

/** Why nobody can rehearse now; null: they can. */
function useReason(event: StaffEvent): string | null {
  const { role, say } = useConsole();
  if (!may(role, 'member')) return say.rehearsal('viewerOnly');
  const now = Date.now();
  const { endsAt, startsAt, status } = event;
  const isOn =
    status === 'live' &&
    startsAt !== null &&
    Date.parse(startsAt) <= now &&
    (endsAt === null || Date.parse(endsAt) > now);
  return isOn ? say.codes('rehearsal.event_begun') : null;
}

/** What will happen, how much of it, and the button. */
export function StartPanel({ event, screens, onStarted }: Props) {
  const console = useConsole();
  const { say, session } = console;
  const [pace, setPace] = useState<Pace>('gentle');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const reason = useReason(event);
  const start = async () => {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    const answer = await session.authed<unknown>(eventPath(event.id, '/rehearsals'), {
      method: 'POST',
      body: { pace },
    });
    setBusy(false);
    if (!answer.ok) setRefusal(answer);
    onStarted();
  };
  useCommands([
    { id: 'rehearsal.start', label: say.rehearsal('start'), run: () => void start(), disabledReason: reason },
  ]);
  return (
    <section class="section panel rehearsal-start">
      <ul class="rehearsal-promises">
        {PROMISES.map(({ icon, words }) => (
          <li key={words}>
            <Icon name={icon} />
            <span>{say.rehearsal(words)}</span>
          </li>
        ))}
      </ul>
      <RadioCards
        legend={say.rehearsal('howMuch')}
        name="pace"
        value={pace}
        columns
        options={PACES.map((value) => ({
          value,
          label: say.rehearsal(PACE_WORDS[value]),
          hint: say.rehearsal('paceHint', { count: PACE_PHOTOS[value].photos, seconds: PACE_PHOTOS[value].seconds }),
        }))}
        onChange={setPace}
      />
      {refusal && (
        <Notice tone="bad" role="alert">
          {reasonOf(console, refusal)}
        </Notice>
      )}
      <div class="rehearsal-go">
        <Button kind="main" busy={busy} disabledReason={reason} onClick={() => void start()}>
          {say.rehearsal('start')}
        </Button>
        <span class="quiet">{reason || say.rehearsal('screensTake', { count: screens })}</span>
      </div>
    </section>
  );
}
