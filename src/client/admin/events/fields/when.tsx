import { formatShortDay } from '../../../../contract/messages/times.ts';
import { EVENT_NAME_MAX_LENGTH } from '../../../../contract/values/names.ts';
import { fromLocalTime, toLocalTime } from '../../../../contract/values/zones.ts';
import { SelectField } from '../../../shared/ui/field.tsx';
import { useConsole } from '../../shell/console.tsx';
import { TextField } from '../../shell/ui.tsx';
import { datePresets } from '../event-form-rules.ts';
import { zoneNames } from '../zone-names.ts';
import { DateTimeField, useProblemWords, type FieldsProps } from './shared.tsx';

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
