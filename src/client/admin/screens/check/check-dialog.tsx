import { useEffect, useState } from 'preact/hooks';
import type { Screen } from '../../../../contract/screens.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Notice, Skeleton } from '../../../shared/ui/states.tsx';
import { useTimes } from '../../people/parts.tsx';
import { useConsole } from '../../shell/console.tsx';
import { Dialog } from '../../shell/ui.tsx';
import { CheckList } from './check-list.tsx';
import { badOf, checkedAt } from './check-rules.ts';

/** A weak television needs a few seconds; one that sleeps never answers. */
const LATE_MS = 15_000;

interface Props {
  screen: Screen;
  /** it has been asked and has not answered */
  isWaiting: boolean;
  /** why it cannot be asked; null: it can */
  disabledReason: string | null;
  onAsk: () => void;
  onClose: () => void;
}

/** What a screen found when it looked at itself; while it does, that it does. */
export function CheckDialog({ screen, isWaiting, disabledReason, onAsk, onClose }: Props) {
  const { say } = useConsole();
  const { ago, exact } = useTimes();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  const at = checkedAt(screen);
  const checks = (screen.live && screen.live.preflight) || [];
  return (
    <Dialog
      title={say.screens('checkTitle', { name: screen.name })}
      onClose={onClose}
      footer={
        <Button kind="main" busy={isWaiting && !isLate} disabledReason={disabledReason} onClick={onAsk}>
          {say.screens(checks.length > 0 ? 'checkAgain' : 'check')}
        </Button>
      }
    >
      <div role="status">
        {isWaiting && !isLate && (
          <>
            <p>{say.screens('checking')}</p>
            <Skeleton lines={5} />
          </>
        )}
        {isWaiting && isLate && <Notice tone="wait">{say.screens('checkLate')}</Notice>}
        {!isWaiting && badOf(screen) === 0 && <Notice tone="good">{say.screens('checkGoodText')}</Notice>}
      </div>
      {!isWaiting && disabledReason && checks.length === 0 && <Notice tone="wait">{disabledReason}</Notice>}
      {!isWaiting && checks.length > 0 && (
        <>
          <CheckList checks={checks} />
          {at && (
            <p class="quiet small" title={exact(at)}>
              {say.screens('checkedAt', { ago: ago(at) })}
            </p>
          )}
        </>
      )}
    </Dialog>
  );
}
