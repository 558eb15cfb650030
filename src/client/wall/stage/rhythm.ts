/** A wall has nobody who would reload it: whatever goes wrong in a turn, there is another. */
const AGAIN_MS = 5_000;

/**
 * One turn at a time. Each plans the next; whatever asks for one while one is under way gets it right afterwards.
 * @returns plans the next turn, instead of the one that was planned
 */
export function openRhythm(turn: () => Promise<void>): (ms: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isDue = false;

  function plan(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void step(), Math.max(0, ms));
  }

  async function step(): Promise<void> {
    if (isBusy) {
      isDue = true;
      return;
    }
    isBusy = true;
    try {
      await turn();
    } catch (error) {
      plan(AGAIN_MS);
      throw error;
    } finally {
      isBusy = false;
      if (isDue) {
        isDue = false;
        plan(0);
      }
    }
  }

  return plan;
}
