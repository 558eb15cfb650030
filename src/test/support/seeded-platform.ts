import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import bcrypt from 'bcryptjs';
import { startLocal } from '../../cli/local/start-local.ts';
import { SEED_PASSWORD } from '../../cli/seed/seed-data.ts';
import { asOperator } from './database.ts';
import { freePort } from './ports.ts';

/** Names the data folder that `npm test` has seeded once for all parts that start a platform. */
export const SEEDED_FOLDER = 'MOMENTIQUE_SEEDED';

/** Seeds a platform, which takes more time than all else of its start, and stops it: what lies in the folder then can be copied. */
export async function seedFolder(folder: string): Promise<void> {
  // Under another name until it is complete, so that nobody copies half of one.
  const dataDir = `${folder}.new`;
  mkdirSync(dataDir, { recursive: true });
  const local = await startLocal({ port: await freePort(), dataDir, quiet: true });
  // Hundreds of sign-ins of the tests would spend most of their time on making a password slow to guess.
  const quick = await bcrypt.hash(SEED_PASSWORD, 4);
  await asOperator(local.databaseUrls.owner, (db) =>
    db.query('update user_credentials set password_hash = $1', [quick]),
  );
  await local.stop();
  renameSync(dataDir, folder);
}

/** Fills a data folder with what the run has seeded. Without that, the platform seeds itself, which is only slower. */
export async function copySeeded(dataDir: string): Promise<void> {
  const seeded = process.env[SEEDED_FOLDER];
  // Postgres may have had to keep its data elsewhere, where two platforms with the same secrets would meet.
  if (!seeded || !existsSync(path.join(seeded, 'postgres/PG_VERSION'))) return;
  // Node copies no owners, and Postgres's data belong to a user of its own where root runs the tests.
  await promisify(execFile)('cp', ['-a', `${seeded}/.`, dataDir]);
}
