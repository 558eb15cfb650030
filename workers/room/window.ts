export interface Window {
  /** Something is to be told: it will be, within the window. */
  open(): void;
  /** Nothing is told any more of what waits. */
  cancel(): void;
}

/**
 * Gathers what happens within `lengthMs()` and tells it once. The timer lives in memory and keeps the room
 * awake only while something waits; after an eviction whoever keeps what is untold opens the window again.
 */
export function createWindow(lengthMs: () => number, tell: () => void): Window {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    open(): void {
      timer ??= setTimeout(() => {
        timer = null;
        tell();
      }, lengthMs());
    },
    cancel(): void {
      clearTimeout(timer ?? undefined);
      timer = null;
    },
  };
}
