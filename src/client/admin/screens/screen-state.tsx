import type { Screen } from '../../../contract/screens.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { useTimes } from '../people/parts.tsx';
import { useConsole } from '../shell/console.tsx';
import { LAYOUT_WORDS } from './screen-words.ts';
import { skewOf } from './screen-rules.ts';
import { useShown } from './live/use-shown.ts';

const TONES = { online: 'good', offline: 'plain', maintenance: 'wait', error: 'bad', decommissioned: 'plain' } as const;

/** A small television with the photo that is on it; some layouts show so many that none is told. */
export function Shown({ screen }: { screen: Screen }) {
  const { say } = useConsole();
  const { live, name, status } = screen;
  const isOn = status === 'online' && live !== null && live.layout !== 'panic';
  const url = useShown(isOn ? live.showing : null);
  return (
    <div class={url ? 'screen-picture' : 'screen-picture screen-picture-dark'}>
      {url ? (
        <img src={url} alt={say.screens('shows', { name })} decoding="async" />
      ) : (
        <span class="screen-dark">{say.screens(isOn ? LAYOUT_WORDS[screen.layout.layout] : 'noPicture')}</span>
      )}
    </div>
  );
}

export function Badges({ screen }: { screen: Screen }) {
  const { say } = useConsole();
  const isPanic = screen.live !== null && screen.live.layout === 'panic';
  return (
    <span class="row-wrap screen-badges">
      <Badge tone={TONES[screen.status]}>{say.screens(screen.status)}</Badge>
      {screen.paused && <Badge tone="wait">{say.screens('paused')}</Badge>}
      {isPanic && <Badge tone="bad">{say.screens('panic')}</Badge>}
    </span>
  );
}

interface WarningsProps {
  screen: Screen;
  /** why it cannot be dismissed; null: it can */
  disabledReason: string | null;
  onDismiss: () => void;
}

/** What is not as it should be, and what to do about it. */
export function Warnings({ screen, disabledReason, onDismiss }: WarningsProps) {
  const { say } = useConsole();
  const { ago, exact } = useTimes();
  const { copiedAt, doubled, live, status } = screen;
  const isOnline = status === 'online';
  const skew = isOnline && live ? skewOf(live.skewMs) : null;
  return (
    <>
      {copiedAt && (
        <Notice tone="bad">
          <p title={exact(copiedAt)}>{say.screens('copied', { ago: ago(copiedAt) })}</p>
          <Button size="small" disabledReason={disabledReason} onClick={onDismiss}>
            {say.screens('dismiss')}
          </Button>
        </Notice>
      )}
      {doubled && <Notice tone="bad">{say.screens('doubled')}</Notice>}
      {skew !== null && (
        <Notice tone="wait">{say.screens(skew > 0 ? 'skewAhead' : 'skewBehind', { count: Math.abs(skew) })}</Notice>
      )}
      {isOnline && live && live.transport === 'polling' && <Notice tone="wait">{say.screens('polling')}</Notice>}
    </>
  );
}
