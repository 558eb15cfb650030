import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocal } from '../../cli/local/start-local.ts';
import { freePort } from './ports.ts';
import { copySeeded } from './seeded-platform.ts';

export interface TestPlatform {
  port: number;
  endpointUrl: string;
  mailUrl: string;
  ownerUrl: string;
  appUrl: string;
  dataDir: string;
  /** of the processes that all others are below */
  pids: number[];
}

declare module 'vitest' {
  interface ProvidedContext {
    platform: TestPlatform;
  }
}

/** Starts the whole platform once for a project, seeded, with its faults under control. */
export async function setup(project: TestProject) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'momentique-platform-'));
  await copySeeded(dataDir);
  // A room is full with two: everybody else is at its relays, and no test may notice.
  const vars = { RELAY_THRESHOLD: '2' };
  const local = await startLocal({ port: await freePort(), dataDir, seed: true, testControl: true, quiet: true, vars });
  project.provide('platform', {
    port: Number(new URL(local.url).port),
    endpointUrl: local.endpointUrl,
    mailUrl: local.mailUrl,
    ownerUrl: local.databaseUrls.owner,
    appUrl: local.databaseUrls.app,
    dataDir,
    pids: Object.values(local.pids),
  });
  return async () => {
    await local.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
