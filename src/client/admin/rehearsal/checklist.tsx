import type { RehearsalCheck } from '../../../contract/rehearsals.ts';
import { useConsole } from '../shell/console.tsx';
import { sentenceOf } from './check-words.ts';
import { groupsOf } from './rehearsal-rules.ts';
import { ToneMark } from './tone-mark.tsx';

/** Every line of a rehearsal: green ones are short, the others say what to do. */
export function Checklist({ checks }: { checks: readonly RehearsalCheck[] }) {
  const { boot, say } = useConsole();
  return (
    <div class="rehearsal-groups">
      {groupsOf(checks).map(({ screen, checks: lines }) => (
        <section class="rehearsal-group" key={screen ? screen.id : 'all'}>
          <h3>{screen ? <bdi>{screen.name}</bdi> : say.rehearsal('together')}</h3>
          <ul class="rehearsal-checks">
            {lines.map((line) => (
              <li key={line.check} class={`rehearsal-check rehearsal-${line.tone}`} data-check={line.check}>
                <ToneMark tone={line.tone} />
                <div>
                  <p class="rehearsal-check-title">{say.rehearsal(line.check)}</p>
                  <p class="quiet small">{sentenceOf(say.rehearsal, boot.locale, line)}</p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
