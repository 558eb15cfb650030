import { useLayoutEffect, useRef } from 'preact/hooks';
import { useConsole } from './console.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from './ui.tsx';
import type { Asked } from './router.ts';

/**
 * Asks before what is not saved is lost: by a link, by going back, by closing the tab.
 * `useLeaveGuard(isDirty)` in the page, with `false` as soon as it is saved.
 */
export function useLeaveGuard(isDirty: boolean): void {
  const { router } = useConsole();
  const now = useRef(isDirty);
  now.current = isDirty;
  useLayoutEffect(() => router.guard(() => now.current), []);
}

export function LeaveDialog({ asked }: { asked: Asked }) {
  const { say } = useConsole();
  return (
    <Dialog
      title={say.shell('leaveTitle')}
      onClose={asked.stay}
      footer={
        <>
          <Button kind="bad" onClick={asked.leave}>
            {say.shell('leaveAnyway')}
          </Button>
          <Button kind="main" onClick={asked.stay}>
            {say.shell('stayHere')}
          </Button>
        </>
      }
    >
      <p>{say.shell('leaveText')}</p>
    </Dialog>
  );
}
