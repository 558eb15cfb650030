import type { StaffEvent } from '../../../../contract/events.ts';
import { LOCALE_NAMES, LOCALES } from '../../../../contract/messages/shape.ts';
import { PIN_MAX_LENGTH } from '../../../../contract/values/event-limits.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { RadioCards } from '../../../shared/ui/choice.tsx';
import { SelectField } from '../../../shared/ui/field.tsx';
import { useConsole } from '../../shell/console.tsx';
import { TextField } from '../../shell/ui.tsx';
import { makePin } from '../event-form-rules.ts';
import { useProblemWords, type FieldsProps } from './shared.tsx';

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
