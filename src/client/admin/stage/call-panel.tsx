import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { reasonOf, useConsole } from '../shell/console.tsx';
import { useCommands } from '../shell/keys/commands.ts';
import { TextField } from '../shell/ui.tsx';
import { clockText } from './stage-rules.ts';
import { askStage, useServerTime, type Stage } from './use-stage.ts';

const MISSION_MAX = 120;
const DURATIONS = ['30', '60', '90', '120', '300'] as const;
type Duration = (typeof DURATIONS)[number];

/** A minute in which everybody is asked for a photo, on every wall: what for, how long, and how much is left of it. */
export function CallPanel({ event, stage, reason }: { event: StaffEvent; stage: Stage; reason: string | null }) {
  const console = useConsole();
  const { say, session, t } = console;
  const [mission, setMission] = useState('');
  const [seconds, setSeconds] = useState<Duration>('60');
  const [busy, setBusy] = useState(false);
  const given = stage.state && stage.state.photoCall;
  const over = given ? given.startedAt + given.seconds * 1_000 : null;
  const now = useServerTime(over, true);
  const isOn = given !== null && over !== null && over > now;

  const send = async (said: string, body?: object): Promise<void> => {
    setBusy(true);
    const answer = await askStage(
      session,
      event.id,
      'photo-call',
      body ? { method: 'POST', body } : { method: 'DELETE' },
    );
    setBusy(false);
    if (answer.ok) stage.take(answer.data.stage);
    showToast(answer.ok ? said : t('decideFailed', { reason: reasonOf(console, answer) }));
  };
  const start = () => {
    if (busy || reason) return;
    const wanted = mission.trim();
    void send(say.stage('callStarted'), { seconds: Number(seconds), ...(wanted ? { mission: wanted } : {}) });
  };
  const end = () => void send(say.stage('callEnded'));
  useCommands([
    isOn
      ? { id: 'stage.end-call', label: say.stage('endCall'), keys: 'c', disabledReason: reason, run: end }
      : { id: 'stage.call', label: say.stage('startCall'), keys: 'c', disabledReason: reason, run: start },
  ]);
  const durationWords = (value: number): string =>
    value % 60 === 0 ? say.stage('minutesLong', { count: value / 60 }) : say.stage('secondsLong', { count: value });

  return (
    <section class="section panel" aria-labelledby="onwall-call">
      <h2 id="onwall-call">{say.stage('call')}</h2>
      <p>{say.stage('callText')}</p>
      {isOn ? (
        <div class="onwall-call" data-call>
          <Badge tone="good">{say.stage('nowOnWalls')}</Badge>
          {given.mission && (
            <p class="onwall-call-mission">
              <bdi>{given.mission}</bdi>
            </p>
          )}
          <p class="onwall-call-clock" role="timer" aria-label={say.stage('timeLeft')} dir="ltr">
            {clockText(over - now)}
          </p>
          <div class="progress" aria-hidden="true">
            <div class="progress-bar" style={{ transform: `scaleX(${(over - now) / (given.seconds * 1_000)})` }} />
          </div>
          <Button busy={busy} disabledReason={reason} onClick={end} data-end="call">
            {say.stage('endNow')}
          </Button>
        </div>
      ) : (
        <form
          class="stack"
          onSubmit={(submitted) => {
            submitted.preventDefault();
            start();
          }}
        >
          <TextField
            label={say.stage('mission')}
            name="mission"
            value={mission}
            onInput={setMission}
            maxLength={MISSION_MAX}
            hint={say.stage('missionHint')}
            dir="auto"
            autocomplete="off"
            optional
          />
          <div class="onwall-foot">
            <SelectField
              label={say.stage('howLong')}
              name="callSeconds"
              value={seconds}
              options={DURATIONS.map((value) => ({ value, label: durationWords(Number(value)) }))}
              onChange={setSeconds}
            />
            <Button kind="main" type="submit" busy={busy} disabledReason={reason} data-start="call">
              {say.stage('start')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
