import pg from 'pg';
import { cpuMsOf } from './cpu.ts';
import { alternate, medianOf, timed } from './measure.ts';
import type { Statement } from './statements.ts';

/** One side, a value a round: the median of its transactions, and the server's mean processor time for one. */
export interface Side {
  ms: number[];
  cpuMs: number[];
}

export interface Turn {
  rounds: number;
  warmUp: number;
  measured: number;
}

/** Answers stay text, as the HTTP endpoint hands them on: what a driver makes of them costs both sides the same. */
const asText = { getTypeParser: () => (value: unknown) => value };

/**
 * One transaction on one connection; each statement is planned anew, as in a batch over HTTP.
 * @returns rows of its last statement
 */
export async function transact(client: pg.Client, begin: string, statements: readonly Statement[]): Promise<number> {
  let rows = 0;
  await client.query(begin);
  for (const { query, params } of statements) {
    const answer = await client.query({ text: query, values: params, rowMode: 'array', types: asText } as never);
    rows = (answer as unknown as pg.QueryResult).rowCount ?? 0;
  }
  await client.query('commit');
  return rows;
}

export async function withClients<T>(urls: readonly string[], work: (clients: pg.Client[]) => Promise<T>): Promise<T> {
  const clients = urls.map((connectionString) => new pg.Client({ connectionString }));
  try {
    await Promise.all(clients.map((client) => client.connect()));
    return await work(clients);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}

/**
 * Runs the n-th transaction on every side in turn, then the next one. Every round has new connections,
 * so that no side keeps a luckier process.
 */
export async function measureSides(
  urls: readonly string[],
  turn: Turn,
  work: (client: pg.Client, n: number) => Promise<unknown>,
): Promise<Side[]> {
  const sides = urls.map((): Side => ({ ms: [], cpuMs: [] }));
  const perRound = turn.warmUp + turn.measured;
  for (let round = 0; round < turn.rounds; round++) {
    await withClients(urls, async (clients) => {
      const lanes = (from: number) => clients.map((client) => (n: number) => timed(() => work(client, from + n)));
      const servers = await Promise.all(clients.map(serverProcess));
      await alternate(turn.warmUp, lanes(round * perRound));
      const before = servers.map((pid) => cpuMsOf([pid]));
      const measured = await alternate(turn.measured, lanes(round * perRound + turn.warmUp));
      sides.forEach((side, n) => {
        side.ms.push(medianOf(measured[n] ?? []));
        side.cpuMs.push((cpuMsOf([servers[n] ?? 0]) - (before[n] ?? Number.NaN)) / turn.measured);
      });
    });
  }
  return sides;
}

async function serverProcess(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}
