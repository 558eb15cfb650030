import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../db/connection.ts';
import { MAIN_SCRIPT } from '../project.ts';
import { chooseFreePort } from './ports.ts';
import { descendants, knownProcess, isRunning, waitUntil } from './process-tree.ts';
import { startLocal } from './start-local.ts';
import type { LocalPlatform } from './start-local.ts';

let dataDir: string;
let port: number;
let platform: LocalPlatform;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'momentique-local-'));
  await chmod(dataDir, 0o755);
  port = await chooseFreePort([]);
  platform = await startLocal({ port, dataDir, seed: false });
}, 120_000);
afterAll(async () => {
  await platform?.kill();
  await rm(dataDir, { recursive: true, force: true });
});

const momentique = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN_SCRIPT, ...args, '--data-dir', dataDir], { encoding: 'utf8' });
const everything = () =>
  [...Object.values(platform.pids), ...descendants(Object.values(platform.pids))].map((pid) => knownProcess('', pid));

describe('the supervisor', () => {
  it('closes the data folder to others', async () => {
    expect((await stat(dataDir)).mode & 0o077 & ~0o011).toBe(0);
    expect((await stat(path.join(dataDir, 'secrets.json'))).mode & 0o077).toBe(0);
  });

  it('tells a machine what runs', () => {
    const { stdout, status } = momentique('local', 'status', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      running: true,
      ready: true,
      url: platform.url,
      parts: { postgres: true, workers: true, watchdog: true },
    });
    expect(momentique('db', 'validate').status).toBe(0);
    expect(JSON.parse(momentique('photo', 'dead-letters', '--json').stdout)).toEqual({ items: [] });
  }, 30_000);

  it('refuses a second start from the same folder in one sentence', { timeout: 30_000 }, () => {
    const { stderr, status } = momentique('local', 'start', '--port', String(port + 20));
    expect(stderr.trim()).toBe(`Momentique is already running from ${dataDir} at ${platform.url}.`);
    expect(status).toBe(1);
  });

  it('refuses a busy port in one sentence', { timeout: 30_000 }, async () => {
    const blocker = createServer();
    const busy = await chooseFreePort([]);
    await new Promise<void>((resolve) => blocker.listen(busy, '127.0.0.1', resolve));
    const other = `${dataDir}-other`;
    const { stderr, status } = spawnSync(
      process.execPath,
      [MAIN_SCRIPT, 'local', 'start', '--port', String(busy), '--data-dir', other],
      { encoding: 'utf8' },
    );
    blocker.close();
    expect(stderr.trim()).toBe(`Port ${busy} is busy; stop what uses it or choose another with --port.`);
    expect(status).toBe(1);
  });

  it('leaves no process behind when it is killed, and keeps what was committed', async () => {
    await withDatabase(platform.databaseUrls.owner, (client) =>
      client.query(
        `begin; set local role momentique_operator; insert into tenants (slug, name) values ('kept', 'Kept'); commit`,
      ),
    );
    const all = everything();
    expect(all.length).toBeGreaterThan(5);
    process.kill(platform.pids['supervisor'] ?? 0, 'SIGKILL');
    await waitUntil(() => !all.some(isRunning), 10_000);
    expect(all.filter(isRunning)).toEqual([]);
  }, 30_000);

  it('continues with the same data, also after a power cut', async () => {
    platform = await startLocal({ port, dataDir, seed: false });
    const all = everything();
    await platform.kill();
    expect(all.filter(isRunning)).toEqual([]);
    platform = await startLocal({ port, dataDir, seed: false });
    const slugs = await withDatabase(platform.databaseUrls.owner, async (client) => {
      await client.query('begin; set local role momentique_operator');
      return (await client.query('select slug from tenants')).rows;
    });
    expect(slugs).toEqual([{ slug: 'kept' }]);
  }, 60_000);

  it('stops everything and says so when a part ends by itself', async () => {
    const all = everything();
    process.kill(platform.pids['postgres'] ?? 0, 'SIGQUIT');
    await waitUntil(() => !all.some(isRunning), 15_000);
    expect(all.filter(isRunning)).toEqual([]);
    expect(platform.output()).toContain('Postgres ended by itself');
  }, 30_000);
});
