import type { Screen } from '../../../contract/screens.ts';
import { Menu } from '../../shared/ui/menu.tsx';
import { useConsole } from '../shell/console.tsx';
import type { Filter } from './screen-rules.ts';
import type { Places } from './settings/fields.ts';
import type { Command } from './use-tell.ts';

interface Props {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** all there are, whatever is shown */
  screens: readonly Screen[];
  places: Places;
  disabledReason: string | null;
  onCheck: () => void;
  onTell: (command: Command) => void;
}

interface ChoiceProps {
  label: string;
  name: string;
  all: string;
  value: string;
  options: readonly { id: string; name: string }[];
  onChange: (value: string) => void;
}

const Choice = ({ label, name, all, value, options, onChange }: ChoiceProps) => (
  <span class="select screens-choice">
    <select
      class="input"
      aria-label={label}
      name={name}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.id} value={option.id} selected={option.id === value}>
          {option.name}
        </option>
      ))}
    </select>
  </span>
);

/** Which screens are shown, and what all of these may be told at once. */
export function ScreensBar({ filter, onFilter, screens, places, disabledReason, onCheck, onTell }: Props) {
  const { say } = useConsole();
  const used = new Map<string, string>();
  for (const { event } of screens) if (event) used.set(event.id, event.name);
  const events = Array.from(used, ([id, name]) => ({ id, name }));
  const item = (command: Command, label: Parameters<typeof say.screens>[0]) => ({
    label: say.screens(label as 'pauseAll'),
    disabledReason,
    run: () => onTell(command),
  });
  return (
    <div class="screens-bar">
      {events.length > 1 && (
        <Choice
          label={say.screens('event')}
          name="shown-event"
          all={say.screens('allEvents')}
          value={filter.event}
          options={events}
          onChange={(event) => onFilter({ ...filter, event })}
        />
      )}
      {places.sites.length > 0 && (
        <Choice
          label={say.screens('site')}
          name="shown-site"
          all={say.screens('allSites')}
          value={filter.site}
          options={places.sites}
          onChange={(site) => onFilter({ ...filter, site })}
        />
      )}
      <span class="screens-all">
        <Menu
          label={say.screens('allOf')}
          items={[
            { label: say.screens('checkAll'), disabledReason, run: onCheck },
            item('identify', 'identifyAll'),
            item('pause', 'pauseAll'),
            item('resume', 'resumeAll'),
            item('reload', 'reloadAll'),
          ]}
        >
          {say.screens('all')}
        </Menu>
      </span>
    </div>
  );
}
