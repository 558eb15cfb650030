import { Icon } from '../../../shared/ui/icon.tsx';
import { useConsole } from '../../shell/console.tsx';
import type { Check } from './check-rules.ts';

const WORDS = {
  overscan: ['checkOverscan', 'checkOverscanGood', 'checkOverscanBad'],
  browser: ['checkBrowser', 'checkBrowserGood', 'checkBrowserBad'],
  storage: ['checkStorage', 'checkStorageGood', 'checkStorageBad'],
  socket: ['checkSocket', 'checkSocketGood', 'checkSocketBad'],
  clock: ['checkClock', 'checkClockGood', 'checkClockBad'],
} as const;

/** What a screen found of itself, each with what it means or what to do. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const { say } = useConsole();
  return (
    <ul class="checks">
      {checks.map(({ check, ok, detail }) => {
        const [name, good, bad] = WORDS[check];
        return (
          <li key={check} class={ok ? 'check' : 'check check-bad'} data-check={check}>
            <span class="check-sign">
              <Icon name={ok ? 'check' : 'warning'} />
            </span>
            <div>
              <p class="check-name">
                {say.screens(name)}{' '}
                {check !== 'socket' && (
                  <bdi class="quiet small" dir="ltr">
                    {detail}
                  </bdi>
                )}
              </p>
              <p class="quiet small">{ok ? say.screens(good) : say.screens(bad, { host: location.host })}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
