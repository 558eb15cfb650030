import { Button } from '../../../shared/ui/button.tsx';
import { Progress } from '../../../shared/ui/signs.tsx';
import { Notice } from '../../../shared/ui/states.tsx';
import { useConsole } from '../../shell/console.tsx';
import type { standing } from './check-rules.ts';

/** How far a check of many screens is, and what came of it. */
export function RoundNotice({ now, onClose }: { now: ReturnType<typeof standing>; onClose: () => void }) {
  const { say } = useConsole();
  const { total, done, bad } = now;
  const isOver = done === total;
  const tone = !isOver ? 'plain' : bad === 0 ? 'good' : 'wait';
  return (
    <Notice tone={tone} role="status">
      <div class="round">
        <div>
          <p>
            {!isOver
              ? say.screens('checkedOf', { done, total })
              : bad === 0
                ? say.screens('checkedAll')
                : say.screens('checkedSome', { bad, total })}
          </p>
          {!isOver && <Progress label={say.screens('checkAll')} value={done} max={total} />}
        </div>
        <Button size="small" onClick={onClose}>
          {say.screens('dismiss')}
        </Button>
      </div>
    </Notice>
  );
}
