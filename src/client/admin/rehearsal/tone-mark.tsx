import type { RehearsalCheck } from '../../../contract/rehearsals.ts';
import { Icon, type IconName } from '../../shared/ui/icon.tsx';
import { useConsole } from '../shell/console.tsx';

const MARKS: Record<RehearsalCheck['tone'], { icon: IconName | null; word: 'green' | 'amber' | 'red' | 'open' }> = {
  good: { icon: 'check', word: 'green' },
  wait: { icon: 'warning', word: 'amber' },
  bad: { icon: 'close', word: 'red' },
  open: { icon: null, word: 'open' },
};

/** Green, amber or red: as a colour, as a sign and as a word. */
export function ToneMark({ tone }: { tone: RehearsalCheck['tone'] }) {
  const { say } = useConsole();
  const { icon, word } = MARKS[tone];
  return (
    <span class={`tone-mark tone-${tone}`}>
      {icon && <Icon name={icon} />}
      <span class="said">{say.rehearsal(word)}</span>
    </span>
  );
}
