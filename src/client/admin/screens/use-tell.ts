import type { Screen, SCREEN_COMMANDS } from '../../../contract/screens.ts';
import { showToast } from '../../shared/toast.ts';
import { useConsole } from '../shell/console.tsx';

export type Command = (typeof SCREEN_COMMANDS)[number];

/** What stays also for a screen that is away; everything else is for those that are there. */
const LASTING: readonly Command[] = ['pause', 'resume'];
/** So many are told at once; the others wait for their turn. */
const AT_ONCE = 4;

/** Tells many screens one thing, and says how many were told; quietly where it is seen anyway. */
export function useTell(onTold: () => void) {
  const { say, session } = useConsole();
  return async (screens: readonly Screen[], command: Command, isQuiet = false): Promise<Screen[]> => {
    const waiting = screens.filter(({ status }) => LASTING.includes(command) || status === 'online');
    if (waiting.length === 0) {
      showToast(say.screens('noneOnline'));
      return [];
    }
    const told: Screen[] = [];
    let failed = 0;
    const work = async () => {
      for (let screen = waiting.shift(); screen; screen = waiting.shift()) {
        const answer = await session.authed(`/api/v1/screens/${screen.id}/commands`, {
          method: 'POST',
          body: { command },
        });
        if (answer.ok) told.push(screen);
        else failed += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (failed > 0) showToast(say.screens('notTold', { count: failed }));
    else if (!isQuiet) showToast(say.screens('wereTold', { count: told.length }));
    onTold();
    return told;
  };
}
