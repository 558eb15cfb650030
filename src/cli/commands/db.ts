import process from 'node:process';
import { Command } from 'commander';
import { refuseUnlessLocal, withDatabase } from '../db/connection.ts';
import { appliedMigrations, migrate } from '../db/migrate.ts';
import { compareMigrations, readMigrations } from '../db/migrations.ts';
import { dropEverything } from '../db/reset.ts';
import { databaseHealth, validateDatabase } from '../db/validate.ts';
import { CommandFailure } from '../failure.ts';
import { chooseDataDir } from '../local/data-dir.ts';
import { findRunning } from '../local/running.ts';
import { MIGRATIONS_DIR } from '../project.ts';
import { seedPhotos } from '../seed/photos.ts';
import { seedRows } from '../seed/rows.ts';
import { dataDirOption, ownerDatabaseUrl } from './options.ts';

interface Flags {
  dataDir?: string;
  databaseUrl?: string;
  json?: boolean;
  yesDestroy?: string;
}

const verb = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addOption(dataDirOption())
    .option(
      '--database-url <url>',
      'another database, as its owner (else OWNER_DATABASE_URL, else the running local platform)',
    )
    .option('--json', 'for a machine');

export function dbCommand(): Command {
  const db = new Command('db').description('migrations, seed and health of the database');
  db.addCommand(verb('migrate', 'apply the migrations that are pending').action(migrateAction));
  db.addCommand(verb('status', 'list what is applied and what is pending').action(statusAction));
  db.addCommand(
    verb('validate', 'check the migrations’ checksums and the rules of row-level security').action(validateAction),
  );
  db.addCommand(verb('seed', 'insert the example data that is missing (local databases only)').action(seedAction));
  const destroy = '--yes-destroy <name>';
  const why = 'name of the database, where it is not a local one';
  db.addCommand(
    verb('reset', 'delete everything, migrate and seed')
      .option(destroy, why)
      .action((flags: Flags) => startOver(flags, true)),
  );
  db.addCommand(
    verb('fresh', 'delete everything and migrate, without example data')
      .option(destroy, why)
      .action((flags: Flags) => startOver(flags, false)),
  );
  db.addCommand(verb('health', 'one round trip, version, size and pending migrations').action(healthAction));
  return db;
}

function print(flags: Flags, report: unknown, text: string): void {
  console.log(flags.json ? JSON.stringify(report) : text);
}

async function migrateAction(flags: Flags): Promise<void> {
  const applied = await withDatabase(await ownerDatabaseUrl(flags), (client) => migrate(client, MIGRATIONS_DIR));
  print(flags, { applied }, applied.length ? `Applied ${applied.join(', ')}.` : 'Nothing to apply.');
}

async function statusAction(flags: Flags): Promise<void> {
  const applied = await withDatabase(await ownerDatabaseUrl(flags), appliedMigrations);
  const { pending, problems } = compareMigrations(await readMigrations(MIGRATIONS_DIR), applied);
  const lines = [
    ...applied.map((row) => `applied  ${row.name}  ${row.appliedAt.toISOString()}`),
    ...pending.map((file) => `pending  ${file.name}`),
    ...problems,
  ];
  print(
    flags,
    { applied, pending: pending.map((file) => file.name), problems },
    lines.join('\n') || 'There are no migrations.',
  );
  if (problems.length) process.exitCode = 1;
}

async function validateAction(flags: Flags): Promise<void> {
  const problems = await withDatabase(await ownerDatabaseUrl(flags), (client) =>
    validateDatabase(client, MIGRATIONS_DIR),
  );
  if (flags.json) console.log(JSON.stringify({ ok: problems.length === 0, problems }));
  else
    console.log(
      problems.length
        ? problems.join('\n')
        : 'The database is as its migrations say, and every table is under forced row-level security.',
    );
  if (problems.length) process.exitCode = 1;
}

async function seedAction(flags: Flags): Promise<void> {
  const url = await ownerDatabaseUrl(flags);
  // Their password is known to everybody, so no flag allows this elsewhere.
  refuseUnlessLocal(url, undefined);
  await withDatabase(url, seedRows);
  const photos = await seedThroughPlatform(flags);
  print(
    flags,
    { ok: true, photos },
    photos
      ? `Seeded; ${photos.approved} photos are published and ${photos.pending} wait.`
      : 'Seeded, without photos, since no platform runs on this database.',
  );
}

async function seedThroughPlatform(flags: Flags): Promise<Awaited<ReturnType<typeof seedPhotos>> | null> {
  if (flags.databaseUrl !== undefined || process.env['OWNER_DATABASE_URL'] !== undefined) return null;
  const state = await findRunning(chooseDataDir(flags.dataDir));
  return state ? seedPhotos(state.port) : null;
}

async function startOver(flags: Flags, seed: boolean): Promise<void> {
  const url = await ownerDatabaseUrl(flags);
  refuseUnlessLocal(url, flags.yesDestroy);
  if (seed) refuseUnlessLocal(url, undefined);
  const applied = await withDatabase(url, async (client) => {
    await dropEverything(client);
    const names = await migrate(client, MIGRATIONS_DIR);
    if (seed) await seedRows(client);
    return names;
  });
  const photos = seed ? await seedThroughPlatform(flags) : null;
  print(
    flags,
    { applied, photos },
    `Deleted everything and applied ${applied.length} migrations${seed ? ', then seeded' : ''}.`,
  );
}

async function healthAction(flags: Flags): Promise<void> {
  const health = await withDatabase(await ownerDatabaseUrl(flags), (client) => databaseHealth(client, MIGRATIONS_DIR));
  if (flags.json) console.log(JSON.stringify(health));
  else {
    const { migrations } = health;
    console.log(
      `PostgreSQL ${health.serverVersion}, ${health.latencyMs} ms, ${(health.size / 1e6).toFixed(1)} MB, ${health.connections} connections, ${migrations.applied} migrations applied.`,
    );
  }
  if (!health.ok) {
    if (flags.json) process.exitCode = 1;
    else throw new CommandFailure('The migrations on disk and in the database differ; see momentique db status.');
  }
}
