import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startLocal } from '../../cli/local/start-local.ts';
import { freePort } from './ports.ts';

/** Names the data folder that `npm test` has seeded once for all parts that start a platform. */
export const SEEDED_FOLDER = 'MOMENTIQUE_SEEDED';

/** Seeds a platform in the folder, which takes more time than all else of its start, and stops it: what lies there then can be copied. */
export async function seedFolder(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const local = await startLocal({ port: await freePort(), dataDir, quiet: true });
  await local.stop();
}

/** Fills a data folder with what the run has seeded. Without that, the platform seeds itself, which is only slower. */
export async function copySeeded(dataDir: string): Promise<void> {
  const seeded = process.env[SEEDED_FOLDER];
  // Postgres may have had to keep its data elsewhere, where two platforms with the same secrets would meet.
  if (!seeded || !existsSync(path.join(seeded, 'postgres/PG_VERSION'))) return;
  // Node copies no owners, and Postgres's data belong to a user of its own where root runs the tests.
  await promisify(execFile)('cp', ['-a', `${seeded}/.`, dataDir]);
}
