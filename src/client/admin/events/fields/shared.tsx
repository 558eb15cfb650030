import type { DateField } from '../../../../contract/values/event-dates.ts';
import { formatShortMoment } from '../../../../contract/messages/times.ts';
import { fromLocalTime } from '../../../../contract/values/zones.ts';
import { useConsole } from '../../shell/console.tsx';
import { TextField } from '../../shell/ui.tsx';
import type { EventForm, FormField, FormProblem } from '../event-form-rules.ts';

/* The fields of an event, shared by the page that makes one and that of its settings. */

export interface FieldsProps {
  form: EventForm;
  set: (change: Partial<EventForm>) => void;
  problems: Partial<Record<FormField, FormProblem>>;
}

const DATE_WORDS = {
  startsAt: 'startsAt',
  endsAt: 'endsAt',
  opensAt: 'opensAt',
  closesAt: 'closesAt',
  revealAt: 'revealAt',
  deleteAt: 'deleteAt',
} as const;

export function useProblemWords(): (problem: FormProblem | undefined) => string | null {
  const { say } = useConsole();
  return (problem) => {
    if (!problem) return null;
    if (problem.key === 'dateOrder') return say.events('dateOrder', { other: say.events(DATE_WORDS[problem.after]) });
    return say.events(problem.key);
  };
}

export function DateTimeField({ field, form, set, problems, hint }: FieldsProps & { field: DateField; hint?: string }) {
  const { boot, say } = useConsole();
  const words = useProblemWords();
  const instant = fromLocalTime(form.timeZone, form[field]);
  // The hour that the clocks skip, or show twice: said, so that nobody is surprised by it later.
  const clocks =
    instant.kind === 'gap'
      ? say.events('clockGap', { time: formatShortMoment(boot.locale, form.timeZone, instant.iso, new Date()) })
      : instant.kind === 'overlap'
        ? say.events('clockOverlap')
        : hint;
  return (
    <TextField
      label={say.events(DATE_WORDS[field])}
      name={field}
      type="datetime-local"
      dir="ltr"
      value={form[field]}
      onInput={(value) => set({ [field]: value })}
      error={words(problems[field])}
      hint={clocks}
      min="2000-01-01T00:00"
      max="2199-12-31T23:59"
    />
  );
}
