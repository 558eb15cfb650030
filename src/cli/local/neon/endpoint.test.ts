import { neon, neonConfig, Pool } from '@neondatabase/serverless';
import { sql as raw } from 'drizzle-orm';
import { drizzle as drizzleHttp } from 'drizzle-orm/neon-http';
import { drizzle as drizzleServerless } from 'drizzle-orm/neon-serverless';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { withDatabase } from '../../db/connection.ts';
import { startNeonEndpoint } from './endpoint.ts';
import type { NeonEndpoint } from './endpoint.ts';
import { startTestPostgres } from '../test-postgres.ts';
import type { TestPostgres } from '../test-postgres.ts';

const things = pgTable('things', { id: integer('id').primaryKey(), name: text('name') });
let postgres: TestPostgres;
let endpoint: NeonEndpoint;
let url: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
  endpoint = await startNeonEndpoint({
    port: 0,
    target: { host: '127.0.0.1', port: postgres.port },
    testControl: true,
  });
  neonConfig.fetchEndpoint = `${endpoint.url}/sql`;
  neonConfig.wsProxy = `127.0.0.1:${endpoint.port}/v2`;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineTLS = false;
  neonConfig.pipelineConnect = false;
  neonConfig.webSocketConstructor = WebSocket;
  url = postgres.url('owner');
  await withDatabase(url, (client) =>
    client.query('create table things (id integer primary key, name text, constraint named check (id < 1000))'),
  );
}, 60_000);
afterAll(async () => {
  await endpoint?.close();
  await postgres?.stop();
});
beforeEach(() => withDatabase(url, (client) => client.query('truncate things')));

const control = (body: unknown): Promise<Response> =>
  fetch(`${endpoint.url}/control`, { method: 'POST', body: JSON.stringify(body) });
const names = async (): Promise<unknown[]> =>
  withDatabase(url, async (client) =>
    (await client.query('select name from things order by id')).rows.map((row: { name: string }) => row.name),
  );

describe('one statement over HTTP', () => {
  it('answers the driver with values of their types', async () => {
    const sql = neon(url);
    const rows =
      await sql`select 1 as n, ${'ä€😀'}::text as t, true as b, null as z, '{"a":1}'::jsonb as j, array[1,2] as list, now() as at, 12345678901234::int8 as big`;
    expect(rows[0]).toMatchObject({
      n: 1,
      t: 'ä€😀',
      b: true,
      z: null,
      j: { a: 1 },
      list: [1, 2],
      big: '12345678901234',
    });
    expect(rows[0]?.['at']).toBeInstanceOf(Date);
  });

  it('answers in arrays and in full when asked', async () => {
    const sql = neon(url, { arrayMode: true, fullResults: true });
    const result = await sql`insert into things values (1, 'a'), (2, 'b') returning id`;
    expect(result).toMatchObject({ rows: [[1], [2]], command: 'INSERT', rowCount: 2, rowAsArray: true });
    expect(result.fields[0]).toMatchObject({ name: 'id', dataTypeID: 23 });
  });

  it('gives objects and JSON types without the driver’s headers', async () => {
    const response = await fetch(`${endpoint.url}/sql`, {
      method: 'POST',
      headers: { 'Neon-Connection-String': url },
      body: JSON.stringify({ query: 'select 1 as n, $1::boolean as b', params: [true] }),
    });
    expect(await response.json()).toMatchObject({ rows: [{ n: 1, b: true }], rowAsArray: false });
  });

  it('reports an error with its code, constraint and detail', async () => {
    const sql = neon(url);
    await sql`insert into things values (1, 'a')`;
    await expect(sql`insert into things values (1, 'b')`).rejects.toMatchObject({
      name: 'NeonDbError',
      code: '23505',
      constraint: 'things_pkey',
      severity: 'ERROR',
      detail: 'Key (id)=(1) already exists.',
      table: 'things',
    });
    await expect(sql`insert into things values (1000, 'b')`).rejects.toMatchObject({
      code: '23514',
      constraint: 'named',
    });
    await expect(sql`selekt`).rejects.toMatchObject({ code: '42601', position: '1' });
  });

  it('refuses two statements in one text', async () => {
    await expect(neon(url).query('select 1; select 2')).rejects.toMatchObject({ code: '42601' });
  });

  it('lets no session setting, role or lock reach the next call', async () => {
    const sql = neon(url);
    for (let i = 0; i < 5; i++) {
      await sql`select set_config('app.tenant_id', 'left behind', false), pg_advisory_lock(7)`;
      // A session is cleaned before it is used again: another one may see its lock until then.
      expect(
        await sql`select count(*)::int as locks from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`,
      ).toEqual([{ locks: 0 }]);
      const [row] = await sql`select coalesce(current_setting('app.tenant_id', true), '') as v`;
      expect(row).toEqual({ v: '' });
    }
    const locks = async () =>
      (await sql`select count(*)::int as n from pg_locks where locktype = 'advisory'`)[0]?.['n'];
    await expect.poll(locks).toBe(0);
  });

  it('refuses a wrong password and another server', async () => {
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(neon(wrong.href)`select 1`).rejects.toMatchObject({ code: '28P01' });
    const elsewhere = new URL(url);
    elsewhere.hostname = 'example.org';
    await expect(neon(elsewhere.href)`select 1`).rejects.toThrow(/serves 127\.0\.0\.1/);
  });

  it('serves more callers at once than it has sessions', async () => {
    const sql = neon(url);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => sql`select ${n}::int as n, pg_sleep(0.005)`),
    );
    expect(answers.map((rows) => rows[0]?.['n'])).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });
});

describe('a batch over HTTP', () => {
  it('is one transaction', async () => {
    const sql = neon(url);
    const [, rows] = await sql.transaction([
      sql`select set_config('app.tenant_id', 'x', true)`,
      sql`select current_setting('app.tenant_id') as v`,
    ]);
    expect(rows).toEqual([{ v: 'x' }]);
    await expect(
      sql.transaction([sql`insert into things values (1, 'a')`, sql`insert into things values (1, 'b')`]),
    ).rejects.toMatchObject({ code: '23505' });
    expect(await names()).toEqual([]);
  });

  it('obeys isolation level, read-only and deferrable', async () => {
    const sql = neon(url);
    const show = (): ReturnType<typeof sql> =>
      sql`select current_setting('transaction_isolation') as i, current_setting('transaction_read_only') as r, current_setting('transaction_deferrable') as d`;
    expect(
      await sql.transaction([show()], { isolationLevel: 'Serializable', readOnly: true, deferrable: true }),
    ).toEqual([[{ i: 'serializable', r: 'on', d: 'on' }]]);
    expect(await sql.transaction([show()], { isolationLevel: 'RepeatableRead' })).toEqual([
      [{ i: 'repeatable read', r: 'off', d: 'off' }],
    ]);
    await expect(sql.transaction([sql`insert into things values (1, 'a')`], { readOnly: true })).rejects.toMatchObject({
      code: '25006',
    });
  });

  it('serves drizzle', async () => {
    const db = drizzleHttp(neon(url));
    const [, rows] = await db.batch([
      db.insert(things).values({ id: 1, name: 'a' }),
      db.select().from(things),
      db.execute(raw`select 1`),
    ]);
    expect(rows).toEqual([{ id: 1, name: 'a' }]);
    expect(await db.select().from(things)).toEqual([{ id: 1, name: 'a' }]);
  });
});

describe('the WebSocket', () => {
  it('carries a pool’s transactions, drizzle’s too', async () => {
    const pool = new Pool({ connectionString: url });
    const db = drizzleServerless(pool);
    await db.transaction(async (tx) => {
      await tx.insert(things).values({ id: 1, name: 'a' });
      expect(await tx.select().from(things)).toHaveLength(1);
    });
    await expect(
      db.transaction(async (tx) => {
        await tx.insert(things).values({ id: 2, name: 'b' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    const big = await pool.query<{ text: string }>(`select repeat('x', 3000000) as text`);
    expect(big.rows[0]?.text).toHaveLength(3_000_000);
    await pool.end();
    expect(await names()).toEqual(['a']);
  });

  it('connects to no other address', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${endpoint.port}/v2?address=127.0.0.1:22`);
    await expect(new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))).rejects.toThrow(
      '403',
    );
  });
});

describe('what a test may order', () => {
  it('counts calls', async () => {
    const before = endpoint.stats();
    await neon(url)`select 1`;
    const pool = new Pool({ connectionString: url });
    await pool.query('select 1');
    await pool.end();
    expect(await (await fetch(`${endpoint.url}/stats`)).json()).toEqual({
      sql: before.sql + 1,
      sockets: before.sockets + 1,
    });
  });

  it('cuts the line for a time, in the middle of what runs', async () => {
    const pool = new Pool({ connectionString: url });
    pool.on('error', () => undefined);
    const client = await pool.connect();
    client.on('error', () => undefined);
    await client.query('begin');
    await client.query(`insert into things values (1, 'lost')`);
    const running = expect(neon(url)`select pg_sleep(5)`).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await control({ cut: 300 });
    await running;
    await expect(neon(url)`select 1`).rejects.toThrow();
    await expect(client.query('commit')).rejects.toThrow();
    client.release(true);
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(await neon(url)`select 1 as n`).toEqual([{ n: 1 }]);
    expect(await names()).toEqual([]);
  });

  it('cuts a batch after its COMMIT', async () => {
    await control({ cutAfterCommit: { matching: 'into things', thenMs: 200 } });
    const sql = neon(url);
    await sql.transaction([sql`select 1`]);
    await expect(sql.transaction([sql`insert into things values (1, 'kept')`])).rejects.toThrow();
    await expect(sql`select 1`).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await names()).toEqual(['kept']);
  });

  it('cuts a WebSocket after its COMMIT', async () => {
    await control({ cutAfterCommit: true });
    const pool = new Pool({ connectionString: url });
    pool.on('error', () => undefined);
    const client = await pool.connect();
    client.on('error', () => undefined);
    await client.query('begin');
    await client.query('insert into things values ($1, $2)', [2, 'kept too']);
    await expect(client.query('commit')).rejects.toThrow();
    client.release(true);
    expect(await names()).toEqual(['kept too']);
    await pool.end();
  });
});
