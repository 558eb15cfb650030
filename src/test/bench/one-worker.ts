import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chooseFreePort } from '../../cli/local/ports.ts';
import { descendants, signalGroup } from '../../cli/local/process-tree.ts';
import { startWorkers } from '../../cli/local/workers.ts';
import { untilDone } from './cleanup.ts';

interface OneWorker {
  port: number;
  /** Its processes as they are now: wrangler starts another runtime when a file of the Worker has changed. */
  processes(): number[];
  stop(): Promise<void>;
}

/**
 * A Worker of a benchmark, in a folder of its own.
 * @param config its `wrangler.toml`
 * @returns how to start it, and how to leave nothing of it, also where it has not started or does not stop
 */
export function prepareWorker(config: string, preferredPort: number) {
  const stateDir = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  let pid: number | undefined;
  return {
    async start(): Promise<OneWorker> {
      const port = await chooseFreePort([preferredPort]);
      const workers = await startWorkers({
        configs: [config],
        port,
        stateDir,
        logFile: path.join(stateDir, 'workers.log'),
        onLine: () => undefined,
        onSpawn: (started) => (pid = started),
      });
      return {
        port,
        processes: () => [workers.pid, ...descendants([workers.pid])],
        stop: async () => void (await workers.stop()),
      };
    },
    clear(): void {
      // workerd outlives a wrangler that was killed; the group is what counts.
      if (pid !== undefined) signalGroup(pid, 'SIGKILL');
      rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The same for `work`; it ends whatever happens. */
export function withWorker<T>(
  config: string,
  preferredPort: number,
  work: (worker: OneWorker) => Promise<T>,
): Promise<T> {
  const { start, clear } = prepareWorker(config, preferredPort);
  return untilDone(clear, async () => {
    const worker = await start();
    try {
      return await work(worker);
    } finally {
      await worker.stop();
    }
  });
}
