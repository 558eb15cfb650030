import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { StaffPhoto } from '../../../contract/photos.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { useCommands } from '../shell/keys/commands.ts';
import { PhotoPicker } from './photo-picker.tsx';
import { clockText } from './stage-rules.ts';
import { usePhoto } from './use-photo.ts';
import { askStage, useServerTime, type Stage } from './use-stage.ts';

const DURATIONS = ['15', '30', '60', '300', ''] as const;
type Duration = (typeof DURATIONS)[number];

const focusSearch = () => {
  const field = document.querySelector<HTMLElement>('[name="q"]');
  if (field) field.focus();
};

interface Props {
  event: StaffEvent;
  stage: Stage;
}

/** Counts down by itself, so that nothing around it has to be drawn again. */
function TimeLeft({ until }: { until: number }) {
  const { say } = useConsole();
  const now = useServerTime(until, true);
  return <>{say.stage('left', { time: clockText(until - now) })}</>;
}

/** The photo that walls show alone: which it is, for how long yet, and how another gets there. */
export function SpotlightPanel({ event, stage }: Props) {
  const console = useConsole();
  const { role, say, session, t } = console;
  const [chosen, setChosen] = useState<StaffPhoto | null>(null);
  const [seconds, setSeconds] = useState<Duration>('60');
  const [busy, setBusy] = useState<'light' | 'end' | null>(null);
  const given = stage.state && stage.state.spotlight;
  const until = given ? given.until : null;
  const now = useServerTime(until);
  const lit = given && (until === null || until > now) ? given.photoId : null;
  const photo = usePhoto(lit);
  const reason = may(role, 'moderator') ? null : t('viewerOnly');

  const send = async (what: 'light' | 'end', said: string, body?: object): Promise<void> => {
    setBusy(what);
    const answer = await askStage(
      session,
      event.id,
      'spotlight',
      body ? { method: 'POST', body } : { method: 'DELETE' },
    );
    setBusy(null);
    if (answer.ok) stage.take(answer.data.stage);
    showToast(answer.ok ? said : t('decideFailed', { reason: reasonOf(console, answer) }));
  };
  const light = (submitted: Event) => {
    submitted.preventDefault();
    if (!chosen || busy || reason) return;
    const body = { photoId: chosen.id, ...(seconds ? { seconds: Number(seconds) } : {}) };
    void send('light', say.stage('isLit'), body);
  };
  const end = () => void send('end', say.stage('isUnlit'));
  useCommands([
    { id: 'stage.search', label: say.stage('searchPhotos'), keys: '/', run: focusSearch },
    {
      id: 'stage.end-spotlight',
      label: say.stage('endSpotlight'),
      keys: 'e',
      disabledReason: reason || (lit ? null : say.stage('nothingLit')),
      run: end,
    },
  ]);
  const large = photo && (photo.renditions[1] || photo.renditions[0]);
  const durationWords = (value: Duration): string =>
    value === ''
      ? say.stage('untilEnded')
      : Number(value) < 60
        ? say.stage('secondsLong', { count: Number(value) })
        : say.stage('minutesLong', { count: Number(value) / 60 });

  return (
    <section class="section panel" aria-labelledby="onwall-spotlight">
      <h2 id="onwall-spotlight">{say.stage('spotlight')}</h2>
      <p>{say.stage('spotlightText')}</p>
      {lit && (
        <div class="onwall-now" data-lit={lit}>
          <span class="onwall-now-picture">{large && <img src={large.url} alt="" decoding="async" />}</span>
          <div class="onwall-now-words">
            <Badge tone="good">{say.stage('nowOnWalls')}</Badge>
            <p>
              <bdi>{photo ? photo.caption || say.desk('photoOf', { name: photo.by || t('unnamed') }) : ''}</bdi>
            </p>
            <p class="onwall-left" role="timer" aria-label={say.stage('timeLeft')}>
              {until === null ? say.stage('untilEnded') : <TimeLeft until={until} />}
            </p>
          </div>
          <Button busy={busy === 'end'} disabledReason={reason} onClick={end} data-end="spotlight">
            {say.stage('end')}
          </Button>
        </div>
      )}
      <form onSubmit={light}>
        <PhotoPicker event={event} chosen={chosen && chosen.id} lit={lit} onChoose={setChosen}>
          <div class="onwall-foot">
            <SelectField
              label={say.stage('howLong')}
              name="seconds"
              value={seconds}
              options={DURATIONS.map((value) => ({ value, label: durationWords(value) }))}
              onChange={setSeconds}
            />
            <Button
              kind="main"
              type="submit"
              busy={busy === 'light'}
              disabledReason={reason || (chosen ? null : say.stage('chooseFirst'))}
              data-light
            >
              {say.stage('putInSpotlight')}
            </Button>
          </div>
        </PhotoPicker>
      </form>
    </section>
  );
}
