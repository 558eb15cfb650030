/**
 * Outlives the supervisor by moments. Its standard input is a pipe that only the supervisor holds:
 * when that ends without a goodbye, the supervisor was killed, and what it had started is ended here.
 * Lines in: `{"watch": KnownProcess}`, `{"bye": true}`.
 */
import { createInterface } from 'node:readline';
import { isRunning, killTrees, signalGroup, waitUntil } from './process-tree.ts';
import type { KnownProcess } from './process-tree.ts';

const POSTGRES_GRACE_MS = 3000;
const watched: KnownProcess[] = [];
let bye = false;

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const message = JSON.parse(line) as { watch?: KnownProcess; bye?: true };
  if (message.watch) watched.push(message.watch);
  if (message.bye) bye = true;
});
lines.on('close', async () => {
  if (bye) return;
  const postgres = watched.filter((known) => known.name === 'postgres');
  // SIGINT is Postgres's fast shutdown: it ends its own children and leaves nothing to recover.
  for (const known of postgres) if (isRunning(known)) signalGroup(known.pid, 'SIGINT');
  await killTrees(watched.filter((known) => known.name !== 'postgres'));
  await waitUntil(() => !postgres.some(isRunning), POSTGRES_GRACE_MS);
  await killTrees(postgres);
});
