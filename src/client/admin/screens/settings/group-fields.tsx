import { Button } from '../../../shared/ui/button.tsx';
import { RadioCards } from '../../../shared/ui/choice.tsx';
import { useConsole } from '../../shell/console.tsx';
import { TextField } from '../../shell/ui.tsx';
import type { Group, ScreenForm } from '../screen-rules.ts';
import { GROUP_WORDS } from '../screen-words.ts';
import type { FieldsProps } from './fields.ts';

const GROUP_NAME_MAX = 40;
const MODES = Object.keys(GROUP_WORDS) as ScreenForm['group']['mode'][];
const HINTS = { none: 'groupNoneHint', mirror: 'groupMirrorHint', spread: 'groupSpreadHint' } as const;

/** Whether the screen goes with others: by name, so that the next one has only to be given the same. */
export function GroupFields({ form, set, problems, groups }: FieldsProps & { groups: readonly Group[] }) {
  const { say } = useConsole();
  const { mode, name } = form.group;
  const others = groups.filter((group) => group.mode === mode && group.name !== name.trim());
  return (
    <>
      <RadioCards
        legend={say.screens('groupLegend')}
        name="group"
        value={mode}
        options={MODES.map((value) => ({
          value,
          label: say.screens(GROUP_WORDS[value]),
          hint: say.screens(HINTS[value]),
        }))}
        onChange={(next) => set({ group: { mode: next, name } })}
      />
      {mode !== 'none' && (
        <div class="settings-inner stack">
          <TextField
            label={say.screens('groupName')}
            name="groupName"
            value={name}
            onInput={(typed) => set({ group: { mode, name: typed } })}
            hint={say.screens('groupNameHint')}
            error={problems.includes('groupName') ? say.screens('groupNameMissing') : null}
            maxLength={GROUP_NAME_MAX}
            autocomplete="off"
            dir="auto"
          />
          {others.length > 0 && (
            <div class="row-wrap" role="group" aria-label={say.screens('groupsThere')}>
              {others.map((group) => (
                <Button key={group.name} size="small" onClick={() => set({ group })}>
                  <bdi>{group.name}</bdi>
                </Button>
              ))}
            </div>
          )}
        </div>
      )}
    </>
  );
}
