import { useEffect, useRef } from 'preact/hooks';
import { useConsole } from './console.tsx';
import { Panel } from './panel.tsx';
import type { Asked } from './router.ts';

/**
 * Asks before what is not saved is lost: by a link, by going back, by closing the tab.
 * `useLeaveGuard(isDirty)` in the page, with `false` as soon as it is saved.
 */
export function useLeaveGuard(isDirty: boolean): void {
  const { router } = useConsole();
  const now = useRef(isDirty);
  now.current = isDirty;
  useEffect(() => router.guard(() => now.current), []);
}

export function LeaveDialog({ asked }: { asked: Asked }) {
  const { say } = useConsole();
  return (
    <Panel title={say.shell('leaveTitle')} close={asked.stay}>
      <div class="stack">
        <p>{say.shell('leaveText')}</p>
        <button type="button" class="button" onClick={asked.stay}>
          {say.shell('stayHere')}
        </button>
        <button type="button" class="button button-bad" onClick={asked.leave}>
          {say.shell('leaveAnyway')}
        </button>
      </div>
    </Panel>
  );
}
