import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { CommandFailure } from '../failure.ts';
import { dataDirAt, loadSecrets, readState, removeState } from './data-dir.ts';
import type { LocalState } from './data-dir.ts';
import { isRunning, killTrees, waitUntil } from './process-tree.ts';

/** The state of the platform that runs from this folder, or null. */
export async function findRunning(dataDir: string): Promise<LocalState | null> {
  const state = await readState(dataDirAt(dataDir));
  return state && isRunning(state.supervisor) ? state : null;
}

/** @throws CommandFailure with what to do when nothing runs there. */
export async function requireRunning(dataDir: string): Promise<LocalState> {
  const state = await findRunning(dataDir);
  if (!state) throw new CommandFailure(`No local platform is running from ${dataDir}; start it with npm start.`);
  return state;
}

/** Ends what a killed run has left: processes are told from strangers by the moment they started. */
export async function endLeftovers(dataDir: string): Promise<void> {
  const dir = dataDirAt(dataDir);
  const state = await readState(dir);
  if (!state) return;
  // A watchdog may be at it already; it ends by itself when it has done its work.
  const others = state.processes.filter((known) => known.name !== 'watchdog');
  await waitUntil(() => !state.processes.some(isRunning), 200);
  await killTrees(others);
  await killTrees(state.processes);
  await removeState(dir);
}

const STOP_TIMEOUT_MS = 20_000;

/** Asks the supervisor to stop and waits; what does not go in time is killed. */
export async function stopRunning(state: LocalState): Promise<void> {
  process.kill(state.supervisor.pid, 'SIGTERM');
  const all = [state.supervisor, ...state.processes];
  if (!(await waitUntil(() => !all.some(isRunning), STOP_TIMEOUT_MS))) await killTrees(all);
}

/** Addresses of the database for the two roles that have a password. */
export async function databaseUrls(dataDir: string, state: LocalState): Promise<{ owner: string; app: string }> {
  await readFile(path.join(dataDir, 'secrets.json')).catch(() => {
    throw new CommandFailure(`${dataDir} has no secrets of a local platform.`);
  });
  const secrets = await loadSecrets(dataDirAt(dataDir));
  const at = (role: string, password: string): string =>
    `postgresql://${role}:${password}@127.0.0.1:${state.postgresPort}/momentique`;
  return { owner: at('momentique_owner', secrets.ownerPassword), app: at('momentique_app', secrets.appPassword) };
}
