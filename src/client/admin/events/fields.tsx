import type { StaffEvent } from '../../../contract/events.ts';
import { LOCALE_NAMES, LOCALES } from '../../../contract/messages/shape.ts';
import { formatShortDay, formatShortMoment } from '../../../contract/messages/times.ts';
import { EVENT_NAME_MAX_LENGTH } from '../../../contract/values/names.ts';
import type { DateField } from '../../../contract/values/event-dates.ts';
import { PIN_MAX_LENGTH } from '../../../contract/values/event-limits.ts';
import { fromLocalTime, toLocalTime } from '../../../contract/values/zones.ts';
import { Button } from '../../shared/ui/button.tsx';
import { RadioCards, SwitchField } from '../../shared/ui/choice.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { useConsole } from '../shell/console.tsx';
import { TextField } from '../shell/ui.tsx';
import { datePresets, makePin, type EventForm, type FormField, type FormProblem } from './event-form-rules.ts';
import { zoneNames } from './zone-names.ts';

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

export function NameField({ form, set, problems, autoFocus }: FieldsProps & { autoFocus?: boolean }) {
  const { say } = useConsole();
  const words = useProblemWords();
  return (
    <TextField
      label={say.events('name')}
      name="name"
      value={form.name}
      onInput={(name) => set({ name })}
      error={words(problems.name)}
      maxLength={EVENT_NAME_MAX_LENGTH}
      placeholder={say.events('namePlaceholder')}
      autocomplete="off"
      autoFocus={Boolean(autoFocus)}
    />
  );
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

export function WhenFields(props: FieldsProps) {
  const { boot, say } = useConsole();
  const { form, set } = props;
  const nowThere = toLocalTime(form.timeZone, new Date().toISOString());
  const presets = datePresets(nowThere);
  return (
    <>
      <div class="chips" role="group" aria-label={say.events('presets')}>
        {presets.map(({ id, startsAt, endsAt }) => {
          const instant = fromLocalTime(form.timeZone, startsAt);
          const day =
            instant.kind === 'invalid' ? '' : formatShortDay(boot.locale, form.timeZone, instant.iso, new Date());
          const isChosen = form.startsAt === startsAt && form.endsAt === endsAt;
          return (
            <button
              key={id}
              type="button"
              class="chip"
              data-preset={id}
              aria-pressed={isChosen}
              onClick={() => set({ startsAt, endsAt })}
            >
              {id === 'saturday' ? day : say.events(id)}
            </button>
          );
        })}
      </div>
      <div class="fields-2">
        <DateTimeField {...props} field="startsAt" />
        <DateTimeField {...props} field="endsAt" />
      </div>
      <SelectField
        label={say.events('timeZone')}
        name="timeZone"
        value={form.timeZone}
        options={zoneNames(form.timeZone).map((zone) => ({ value: zone, label: zone.replace(/_/g, ' ') }))}
        onChange={(timeZone) => set({ timeZone })}
        hint={say.events('timeZoneHint', { time: nowThere.slice(11) })}
      />
    </>
  );
}

/** Accents that keep their contrast in light and dark, in the order of the rainbow; anything else is for the look page. */
const ACCENTS = ['#b4235a', '#c2410c', '#a16207', '#2f6f3e', '#0f766e', '#0b6e99', '#3556c9', '#7a3cff'] as const;
const ACCENT_WORDS = {
  '#b4235a': 'rose',
  '#c2410c': 'terracotta',
  '#a16207': 'gold',
  '#2f6f3e': 'green',
  '#0f766e': 'teal',
  '#0b6e99': 'lagoon',
  '#3556c9': 'blue',
  '#7a3cff': 'violet',
} as const;

export function LookFields({ form, set }: FieldsProps) {
  const { say } = useConsole();
  const own = form.accent && !(ACCENTS as readonly string[]).includes(form.accent) ? [form.accent] : [];
  const swatch = (accent: string | null, label: string) => (
    <label class="swatch" key={accent || 'own'} title={label}>
      <input
        type="radio"
        name="accent"
        value={accent || ''}
        checked={form.accent === accent}
        aria-label={label}
        onChange={() => set({ accent })}
      />
      <span class="swatch-colour" style={{ background: accent || 'var(--accent-line)' }} />
      {accent === null && <span class="swatch-words small">{label}</span>}
    </label>
  );
  return (
    <fieldset class="swatches">
      <legend class="said">{say.events('look')}</legend>
      {swatch(null, say.events('lookOfAccount'))}
      {ACCENTS.map((accent) => swatch(accent, say.events(ACCENT_WORDS[accent])))}
      {own.map((accent) => swatch(accent, accent))}
    </fieldset>
  );
}

export function AccessFields(props: FieldsProps) {
  const { say } = useConsole();
  const words = useProblemWords();
  const { form, set, problems } = props;
  const choices: { value: StaffEvent['visibility']; label: string; hint: string }[] = [
    { value: 'pin', label: say.events('seenWithPin'), hint: say.events('seenWithPinHint') },
    { value: 'public', label: say.events('seenByAll'), hint: say.events('seenByAllHint') },
    { value: 'private', label: say.events('seenByTeam'), hint: say.events('seenByTeamHint') },
  ];
  const another = () => set({ pin: makePin(() => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32) });
  return (
    <>
      <RadioCards
        legend={say.events('whoSees')}
        name="visibility"
        value={form.visibility}
        options={choices}
        onChange={(visibility) => set({ visibility })}
      />
      {form.visibility === 'pin' && (
        <div class="pin-row">
          <TextField
            label={say.events('pin')}
            name="pin"
            dir="ltr"
            value={form.pin}
            onInput={(pin) => set({ pin })}
            error={words(problems.pin)}
            hint={say.events('pinHint')}
            maxLength={PIN_MAX_LENGTH}
            autocomplete="off"
          />
          <Button onClick={another}>{say.events('pinAnother')}</Button>
        </div>
      )}
    </>
  );
}

export function ModerationFields({ form, set }: FieldsProps) {
  const { say } = useConsole();
  return (
    <RadioCards
      legend={say.events('moderation')}
      name="moderation"
      value={form.moderation}
      columns
      options={[
        { value: 'before', label: say.events('before'), hint: say.events('beforeHint') },
        { value: 'after', label: say.events('after'), hint: say.events('afterHint') },
      ]}
      onChange={(moderation) => set({ moderation })}
    />
  );
}

export function LanguageFields({ form, set, problems }: FieldsProps) {
  const { say } = useConsole();
  const words = useProblemWords();
  const toggle = (locale: (typeof LOCALES)[number]) => {
    const languages = LOCALES.filter((one) => (one === locale) !== form.languages.includes(one));
    const isGone = form.defaultLanguage !== '' && !languages.includes(form.defaultLanguage);
    set({ languages, ...(isGone ? { defaultLanguage: '' as const } : {}) });
  };
  const error = words(problems.languages);
  return (
    <>
      <fieldset class="field" aria-describedby={error ? 'languages-error' : undefined}>
        <legend class="field-legend">{say.events('languages')}</legend>
        <div class="chips">
          {LOCALES.map((locale) => (
            <label class="chip chip-check" key={locale} lang={locale}>
              <input
                type="checkbox"
                name="languages"
                value={locale}
                checked={form.languages.includes(locale)}
                onChange={() => toggle(locale)}
              />
              <span>{LOCALE_NAMES[locale]}</span>
            </label>
          ))}
        </div>
        {error && (
          <span class="field-error" id="languages-error">
            {error}
          </span>
        )}
      </fieldset>
      <SelectField
        label={say.events('defaultLanguage')}
        name="defaultLanguage"
        value={form.defaultLanguage}
        options={[
          { value: '' as const, label: say.events('defaultLanguageNone') },
          ...form.languages.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] })),
        ]}
        onChange={(defaultLanguage) => set({ defaultLanguage })}
        hint={say.events('defaultLanguageHint')}
      />
    </>
  );
}

export function GuestFields(props: FieldsProps) {
  const { say } = useConsole();
  const { form, set } = props;
  return (
    <>
      <RadioCards
        legend={say.events('uploads')}
        name="uploads"
        value={form.uploads}
        columns
        options={[
          { value: 'open', label: say.events('uploadsOpen'), hint: say.events('uploadsOpenHint') },
          { value: 'closed', label: say.events('uploadsClosed'), hint: say.events('uploadsClosedHint') },
        ]}
        onChange={(uploads) => set({ uploads })}
      />
      <div class="fields-2">
        <DateTimeField {...props} field="opensAt" hint={say.events('opensAtHint')} />
        <DateTimeField {...props} field="closesAt" hint={say.events('closesAtHint')} />
      </div>
      <RadioCards
        legend={say.events('guestView')}
        name="guestView"
        value={form.guestView}
        columns
        options={[
          { value: 'gallery', label: say.events('gallery'), hint: say.events('galleryHint') },
          { value: 'dropbox', label: say.events('dropbox'), hint: say.events('dropboxHint') },
        ]}
        onChange={(guestView) => set({ guestView })}
      />
      <div class="fields-2">
        <DateTimeField {...props} field="revealAt" hint={say.events('revealAtHint')} />
        <DateTimeField {...props} field="deleteAt" hint={say.events('deleteAtHint')} />
      </div>
      <SwitchField
        label={say.events('downloads')}
        name="downloads"
        hint={say.events('downloadsHint')}
        checked={form.downloads === 'on'}
        onChange={(isOn) => set({ downloads: isOn ? 'on' : 'off' })}
      />
    </>
  );
}
