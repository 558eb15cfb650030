import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../../contract/events.ts';
import { formatShortMoment, formatTime } from '../../../../contract/messages/times.ts';
import type { AnnouncementRequest } from '../../../../contract/stage.ts';
import { fromLocalTime } from '../../../../contract/values/zones.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useConsole } from '../../shell/console.tsx';
import { useCommands } from '../../shell/keys/commands.ts';
import { TextField } from '../../shell/ui.tsx';
import { EMPTY_FORM, readForm, untilAfter, type AnnouncementForm, type Problems } from '../stage-rules.ts';
import { serverNow } from '../use-stage.ts';
import { WallPreview } from './wall-preview.tsx';

const TEXT_MAX = 300;
const LASTING_MINUTES = [10, 30, 60] as const;

interface Props {
  event: StaffEvent;
  reason: string | null;
  /** @returns whether it was taken */
  onSend: (request: AnnouncementRequest) => Promise<boolean>;
}

const focusText = () => {
  const field = document.querySelector<HTMLElement>('[name="announcement"]');
  if (field) field.focus();
};

/** Writes an announcement, for now or for a time on the clock of the event, and shows how it will look. */
export function AnnouncementWriter({ event, reason, onSend }: Props) {
  const { boot, say } = useConsole();
  const [form, setForm] = useState<AnnouncementForm>(EMPTY_FORM);
  const [problems, setProblems] = useState<Problems>({});
  const [isTimed, setTimed] = useState(false);
  const [busy, setBusy] = useState(false);
  const { timeZone } = event;
  const set = (change: Partial<AnnouncementForm>) => {
    setForm({ ...form, ...change });
    setProblems({});
  };
  useCommands([
    { id: 'stage.announce', label: say.stage('newAnnouncement'), keys: 'n', disabledReason: reason, run: focusText },
  ]);
  const send = async (submitted: Event) => {
    submitted.preventDefault();
    if (busy || reason) return;
    const read = readForm(form, timeZone, serverNow());
    if ('problems' in read) {
      setProblems(read.problems);
      if (read.problems.text) focusText();
      return;
    }
    setBusy(true);
    const isDone = await onSend(read.request);
    setBusy(false);
    if (!isDone) return;
    setForm(EMPTY_FORM);
    setTimed(false);
  };
  // An announcement has one paragraph: there is nothing else that the key could be meant for.
  const sendByEnter = (pressed: KeyboardEvent) => {
    if (pressed.key !== 'Enter' || pressed.isComposing || !(pressed.target instanceof HTMLTextAreaElement)) return;
    void send(pressed);
  };
  const words = (name: keyof Problems): string | null => {
    const problem = problems[name];
    return problem ? say.stage(problem) : null;
  };
  const clockHint = (name: 'from' | 'until'): string => {
    const instant = fromLocalTime(timeZone, form[name]);
    if (instant.kind === 'gap')
      return say.events('clockGap', { time: formatShortMoment(boot.locale, timeZone, instant.iso, new Date()) });
    if (instant.kind === 'overlap') return say.events('clockOverlap');
    return say.stage(name === 'from' ? 'fromHint' : 'untilHint');
  };
  const nowThere = formatTime(boot.locale, timeZone, new Date(serverNow()).toISOString());

  return (
    <form class="stack" onSubmit={(submitted) => void send(submitted)} onKeyDown={sendByEnter} noValidate>
      <TextField
        label={say.stage('announcementText')}
        name="announcement"
        value={form.text}
        onInput={(text) => set({ text: text.replace(/\n/g, ' ') })}
        error={words('text')}
        maxLength={TEXT_MAX}
        dir="auto"
        rows={2}
        multiline
      />
      <div class="row-wrap onwall-lasting" role="group" aria-label={say.stage('lasting')}>
        {LASTING_MINUTES.map((minutes) => {
          const until = untilAfter(form.from, minutes, timeZone, serverNow());
          return (
            <button
              key={minutes}
              type="button"
              class="onwall-chip"
              aria-pressed={form.until === until}
              onClick={() => {
                setTimed(true);
                set({ until });
              }}
              data-lasting={minutes}
            >
              {say.stage('minutesLong', { count: minutes })}
            </button>
          );
        })}
        <button type="button" class="onwall-chip" aria-expanded={isTimed} onClick={() => setTimed(!isTimed)} data-timed>
          {say.stage('setTimes')}
        </button>
      </div>
      {isTimed && (
        <>
          <div class="fields-2">
            {(['from', 'until'] as const).map((name) => (
              <TextField
                key={name}
                label={say.stage(name)}
                name={name}
                type="datetime-local"
                dir="ltr"
                value={form[name]}
                onInput={(value) => set({ [name]: value })}
                error={words(name)}
                hint={clockHint(name)}
                optional
              />
            ))}
          </div>
          <p class="quiet small">{say.stage('clockOfEvent', { zone: timeZone.replace(/_/g, ' '), time: nowThere })}</p>
        </>
      )}
      {form.text.trim() !== '' && <WallPreview event={event} text={form.text} />}
      <p>
        <Button kind="main" type="submit" busy={busy} disabledReason={reason} data-announce>
          {say.stage(form.from ? 'plan' : 'announce')}
        </Button>
      </p>
    </form>
  );
}
