import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPostgres } from '../local/test-postgres.ts';
import type { TestPostgres } from '../local/test-postgres.ts';
import { MIGRATIONS_DIR } from '../project.ts';
import { bootstrapDatabase } from './bootstrap.ts';
import { refuseUnlessLocal, withDatabase } from './connection.ts';
import { appliedMigrations, migrate } from './migrate.ts';
import { dropEverything } from './reset.ts';
import { validateDatabase } from './validate.ts';

let postgres: TestPostgres;
let dir: string;
let count = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  dir = await mkdtemp(path.join(tmpdir(), 'momentique-migrations-'));
}, 60_000);
afterAll(async () => {
  await postgres?.stop();
  await rm(dir, { recursive: true, force: true });
});

async function setup(
  files: Record<string, string>,
): Promise<{ url: string; folder: string; run: () => Promise<string[]> }> {
  const name = `db${++count}`;
  await postgres.createDatabase(name);
  const folder = await mkdtemp(path.join(dir, 'set-'));
  for (const [file, sql] of Object.entries(files)) await writeFile(path.join(folder, file), sql);
  const url = postgres.url('owner', name);
  return { url, folder, run: () => withDatabase(url, (client) => migrate(client, folder)) };
}

describe('migrate', () => {
  it('applies each file once, in order', async () => {
    const { run, url } = await setup({
      '0002_b.sql': 'insert into a values (1);',
      '0001_a.sql': 'create table a (n int);',
    });
    expect(await run()).toEqual(['0001_a.sql', '0002_b.sql']);
    expect(await run()).toEqual([]);
    expect((await withDatabase(url, appliedMigrations)).map((row) => row.name)).toEqual(['0001_a.sql', '0002_b.sql']);
  });

  it('keeps nothing of a file that fails, and says where', async () => {
    const { run, url, folder } = await setup({ '0001_a.sql': 'create table a (n int);\nselekt;' });
    await expect(run()).rejects.toThrow(/0001_a\.sql failed at line 2: syntax error/);
    await writeFile(path.join(folder, '0001_a.sql'), 'create table a (n int);');
    expect(await run()).toEqual(['0001_a.sql']);
    expect(await withDatabase(url, appliedMigrations)).toHaveLength(1);
  });

  it('refuses a file that was changed, removed or numbered too low', async () => {
    const { run, folder } = await setup({ '0002_b.sql': 'create table b (n int);' });
    await run();
    await writeFile(path.join(folder, '0002_b.sql'), 'create table b (n bigint);');
    await expect(run()).rejects.toThrow(/0002_b\.sql was changed/);
    await writeFile(path.join(folder, '0002_b.sql'), 'create table b (n int);\r\n'.replace('\r\n', ''));
    await writeFile(path.join(folder, '0001_a.sql'), 'select 1;');
    await expect(run()).rejects.toThrow(/0001_a\.sql is numbered before/);
    await rm(path.join(folder, '0002_b.sql'));
    await expect(run()).rejects.toThrow(/its file is gone/);
  });

  it('lets two runners at once apply everything exactly once', async () => {
    const { run } = await setup({
      '0001_a.sql': 'create table a (n int); select pg_sleep(0.2);',
      '0002_b.sql': 'create table b (n int);',
    });
    const results = await Promise.all([run(), run(), run()]);
    expect(results.flat().sort()).toEqual(['0001_a.sql', '0002_b.sql']);
  });
});

describe('the real migrations', () => {
  it('leave a database that is valid, can be emptied and be made again', async () => {
    const { url } = await setup({});
    await withDatabase(url, async (client) => {
      await migrate(client, MIGRATIONS_DIR);
      expect(await validateDatabase(client, MIGRATIONS_DIR)).toEqual([]);
      await dropEverything(client);
      expect(await appliedMigrations(client)).toEqual([]);
      await migrate(client, MIGRATIONS_DIR);
      expect(await validateDatabase(client, MIGRATIONS_DIR)).toEqual([]);
    });
  });

  it('are missed by validate when a table lacks its rules', async () => {
    const { url, folder } = await setup({
      '0001_a.sql': 'create table bare (n int); create view v as select * from bare;',
    });
    await withDatabase(url, async (client) => {
      await migrate(client, folder);
      const problems = await validateDatabase(client, folder);
      expect(problems).toEqual([
        expect.stringContaining('bare has no row-level security'),
        expect.stringContaining('bare does not force'),
        expect.stringContaining('bare has no policy'),
        expect.stringContaining('View v runs with its owner'),
      ]);
    });
  });

  it('start from an administrator who is no superuser, as on Neon', async () => {
    const admin = new URL(postgres.url('admin', 'postgres'));
    const names = ['momentique', ...Array.from({ length: count }, (_, n) => `db${n + 1}`)];
    await withDatabase(admin.href, async (client) => {
      for (const name of names) await client.query(`drop database if exists ${name}`);
      await client.query('drop role momentique_owner, momentique_app, momentique_resolver, momentique_operator');
      await client.query(`create role neonish login createdb createrole bypassrls password 'n'`);
    });
    const neonish = new URL(admin.href);
    neonish.username = 'neonish';
    neonish.password = 'n';
    const bootstrap = (): Promise<void> =>
      bootstrapDatabase(neonish.href, {
        database: 'cloud',
        passwords: { owner: 'o', app: 'a' },
        migrationsDir: MIGRATIONS_DIR,
      });
    await bootstrap();
    await bootstrap();
    const owner = new URL(postgres.url('owner', 'cloud'));
    owner.password = 'o';
    await withDatabase(owner.href, async (client) => {
      await migrate(client, MIGRATIONS_DIR);
      expect(await validateDatabase(client, MIGRATIONS_DIR)).toEqual([]);
    });
  });
});

describe('what destroys', () => {
  it('asks for the name of a database that is not local', () => {
    expect(() => refuseUnlessLocal('postgresql://u:secret@db.example.org/prod', undefined)).toThrow(
      /^prod at db\.example\.org is not a local database/,
    );
    expect(() => refuseUnlessLocal('postgresql://u:secret@db.example.org/prod', 'prod')).not.toThrow();
    expect(() => refuseUnlessLocal('postgresql://u:secret@127.0.0.1:9/x', undefined)).not.toThrow();
  });
});
