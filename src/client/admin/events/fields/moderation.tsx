import { TRUST_AFTER_MAX } from '../../../../contract/values/event-limits.ts';
import { RadioCards } from '../../../shared/ui/choice.tsx';
import { useConsole } from '../../shell/console.tsx';
import { TextField } from '../../shell/ui.tsx';
import { useProblemWords, type FieldsProps } from './shared.tsx';

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

export function WordFields({ form, set, problems }: FieldsProps) {
  const { say } = useConsole();
  const words = useProblemWords();
  return (
    <>
      <TextField
        label={say.events('trustAfter')}
        name="trustAfter"
        type="number"
        inputMode="numeric"
        dir="ltr"
        min={1}
        max={TRUST_AFTER_MAX}
        value={form.trustAfter}
        onInput={(trustAfter) => set({ trustAfter })}
        hint={say.events('trustAfterHint')}
        error={words(problems.trustAfter)}
        optional
      />
      <TextField
        label={say.events('holdWords')}
        name="holdWords"
        value={form.holdWords}
        onInput={(holdWords) => set({ holdWords })}
        hint={say.events('holdWordsHint')}
        error={words(problems.holdWords)}
        multiline
        rows={4}
        optional
      />
      <TextField
        label={say.events('blockWords')}
        name="blockWords"
        value={form.blockWords}
        onInput={(blockWords) => set({ blockWords })}
        hint={say.events('blockWordsHint')}
        error={words(problems.blockWords)}
        multiline
        rows={4}
        optional
      />
    </>
  );
}
