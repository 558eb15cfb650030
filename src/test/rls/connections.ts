import pg from 'pg';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';

const open: { end(): Promise<void> }[] = [];

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  open.push(client);
  return client;
}

/** A new connection as the role of the Workers: no setting, no history. */
export const asApp = () => connect(inject('appUrl'));
export const asOwner = () => connect(inject('ownerUrl'));
export const asSuperuser = () => connect(inject('superuserUrl'));

/** A pool of one connection as the Workers' role, so that the second checkout is the same session. */
export function pooledApp(): pg.Pool {
  const pool = new pg.Pool({ connectionString: inject('appUrl'), max: 1 });
  open.push(pool);
  return pool;
}

/** Ends what a test opened after it, and what the file opened at the end; call once at the top of a test file. */
export function endConnections(): void {
  let ofFile = 0;
  beforeAll(() => void (ofFile = open.length));
  afterEach(() => Promise.all(open.splice(ofFile).map((connection) => connection.end())));
  afterAll(() => Promise.all(open.splice(0).map((connection) => connection.end())));
}

/** Work in a transaction that is always rolled back. */
export async function rolledBack<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    return await work();
  } finally {
    await client.query('rollback');
  }
}

/** @returns the SQLSTATE of the refusal, or undefined if nothing was refused */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
