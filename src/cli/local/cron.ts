import { callPlatform } from '../platform-client.ts';

const INTERVAL_MS = 5000;

/** Fires the gateway's schedule, which nothing does by itself locally. @returns what stops it */
export function startCron(port: number, intervalMs = INTERVAL_MS): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const tick = async (): Promise<void> => {
    // A run that fails is logged by the Worker; the next one comes anyway.
    await callPlatform(port, {
      method: 'GET',
      path: '/cdn-cgi/handler/scheduled',
      host: `localhost:${port}`,
      timeoutMs: 30_000,
    }).catch(() => undefined);
    if (!stopped) timer = setTimeout(tick, intervalMs);
  };
  timer = setTimeout(tick, intervalMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
