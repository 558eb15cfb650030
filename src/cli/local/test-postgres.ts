import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bootstrapDatabase } from '../db/bootstrap.ts';
import { MIGRATIONS_DIR } from '../project.ts';
import { chooseFreePort } from './ports.ts';
import { isRoot } from './data-dir.ts';
import { startPostgres, SUPERUSER } from './postgres.ts';

export interface TestPostgres {
  port: number;
  /** address of `database` for each role; `admin` is the superuser */
  url(role: 'admin' | 'owner' | 'app', database?: string): string;
  /** makes an empty database with the four roles on the same server */
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** A server of a test's own, in a temporary folder, with the roles and an empty database `momentique`. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const root = await mkdtemp(path.join(tmpdir(), 'momentique-pg-'));
  if (isRoot()) await (await import('node:fs/promises')).chmod(root, 0o711);
  await mkdir(root, { recursive: true });
  const password = randomBytes(16).toString('hex');
  const server = await startPostgres({
    dir: path.join(root, 'postgres'),
    instance: path.basename(root),
    port: await chooseFreePort([]),
    superuserPassword: password,
    logFile: path.join(root, 'postgres.log'),
  });
  const users = { admin: SUPERUSER, owner: 'momentique_owner', app: 'momentique_app' } as const;
  const url: TestPostgres['url'] = (role, database = 'momentique') => server.url(users[role], password, database);
  const createDatabase = (name: string): Promise<void> =>
    bootstrapDatabase(url('admin', 'postgres'), {
      database: name,
      passwords: { owner: password, app: password },
      migrationsDir: MIGRATIONS_DIR,
    });
  await createDatabase('momentique');
  return {
    port: server.port,
    url,
    createDatabase,
    async stop() {
      await server.stop();
      await rm(root, { recursive: true, force: true });
      await rm(server.dir, { recursive: true, force: true });
    },
  };
}
