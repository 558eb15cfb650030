import { createHeadCount, windowMs } from '../seats/presence.ts';
import { createWindow } from '../window.ts';
import type { RelayHome } from './home.ts';
import type { RelayState } from './relay-rpc.ts';

/** How many people are at this relay: its room is told in windows, and adds them up. */
export function createCrowd(ctx: DurableObjectState, home: RelayHome, state: () => Omit<RelayState, 'people'>) {
  const here = createHeadCount(ctx);
  let expected = 0;
  let told = -1;
  let isForgotten = false;
  const people = (): number => here.count(Date.now()) + expected;
  const window = createWindow(() => windowMs(people()), report);

  function report(): void {
    if (isForgotten) return;
    here.forget();
    const count = people();
    if (count === told) return;
    told = count;
    // Whoever comes next asks to be fed again: calls arrive in order.
    if (count === 0) home.setFed(false);
    home
      .ask((room, relay) => room.reportPeople(relay, { ...state(), people: count }))
      .catch(() => {
        // The next feed's answer, or the next report, says so.
        told = -1;
      });
  }

  return {
    people,
    /** Exact, for an answer that the room relies on. */
    state(): RelayState {
      here.forget();
      return { ...state(), people: people() };
    },
    /** Somebody is at the door, and counts: a relay that has nobody is not fed. */
    async expecting<Answer>(letIn: () => Promise<Answer>): Promise<Answer> {
      expected += 1;
      try {
        return await letIn();
      } finally {
        expected -= 1;
      }
    },
    joined(now: number): void {
      here.joined(now);
      window.open();
    },
    left(): void {
      here.forget();
      window.open();
    },
    /** The room is told no more. */
    forget(): void {
      isForgotten = true;
    },
  };
}
