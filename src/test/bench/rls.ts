import pg from 'pg';
import { alternate, medianOf, figureOf, ratioOf, timed } from './measure.ts';
import type { BenchResult } from './report.ts';
import { openTwoDatabases } from './rls-databases.ts';
import { idOf, type Volume } from './rls-rows.ts';
import { approvalStatements, galleryStatements, type Statement } from './statements.ts';

export interface RlsSize {
  volume: Volume;
  rounds: number;
  /** transactions per side and round */
  reads: number;
  writes: number;
}

export const FULL: RlsSize = {
  volume: { tenants: 60, eventsPerTenant: 3, guestsPerEvent: 40, photosPerEvent: 600 },
  rounds: 21,
  reads: 120,
  writes: 40,
};

const GALLERY_PAGE = 100;
const WARM_UP = 40;
/** Answers stay text, as the HTTP endpoint hands them on: what a driver makes of them costs both sides the same. */
const asText = { getTypeParser: () => (value: unknown) => value };

/** One transaction on one connection, each statement planned anew, as batches over HTTP are. @returns rows of the last but `after` */
async function transact(client: pg.Client, begin: string, statements: Statement[]): Promise<number> {
  let rows = 0;
  await client.query(begin);
  for (const { query, params } of statements) {
    const answer = await client.query({ text: query, values: params, rowMode: 'array', types: asText } as never);
    rows = (answer as unknown as pg.QueryResult).rowCount ?? 0;
  }
  await client.query('commit');
  return rows;
}

/** What row-level security adds to the gallery's read, and to an approval. */
export async function benchRls(size: RlsSize = FULL): Promise<BenchResult> {
  const { volume, rounds } = size;
  const databases = await openTwoDatabases(volume);
  try {
    const reads: Statement[][] = [];
    for (let n = 1; n <= volume.tenants; n++) reads.push(await galleryStatements(idOf('tenant', n), 'event-1', GALLERY_PAGE));
    const [guarded, plain, again] = await measureReads(databases, reads, size);
    const [guardedWrites, plainWrites] = await measureWrites(databases, await waitingPhotos(databases.guardedUrl, size), size);
    const photos = volume.tenants * volume.eventsPerTenant * volume.photosPerEvent;
    const reference = 'a copy of the same database, file by file, without its policies';
    return {
      name: 'rls',
      input: [
        `${volume.tenants} tenants, ${photos} photos, ${photos * 3} renditions, ${databases.policies} policies, vacuumed and analysed;`,
        `a gallery's first page (${GALLERY_PAGE + 1} photos with guest and renditions) as momentique_app: begin, set_config, event, photos, commit;`,
        `${rounds} rounds of ${size.reads} reads and ${size.writes} writes a side, one transaction of each side in turn; a round counts by its median.`,
      ],
      ratios: [
        { name: 'gallery read', reference, figure: ratioOf(guarded, plain), target: { is: 'at most', value: 1.15 } },
        { name: 'approve one photo, with its outbox row', reference, figure: ratioOf(guardedWrites, plainWrites) },
        { name: 'noise of the read', reference: 'the copy itself, by another connection', figure: ratioOf(again, plain) },
      ],
      lines: [
        { name: 'read with policies', unit: 'ms', figure: figureOf(guarded) },
        { name: 'read without', unit: 'ms', figure: figureOf(plain) },
        { name: 'write with policies', unit: 'ms', figure: figureOf(guardedWrites) },
        { name: 'write without', unit: 'ms', figure: figureOf(plainWrites) },
      ],
      versions: { PostgreSQL: databases.postgresVersion },
    };
  } finally {
    await databases.stop();
  }
}

async function withClients<T>(urls: string[], work: (clients: pg.Client[]) => Promise<T>): Promise<T> {
  const clients = urls.map((connectionString) => new pg.Client({ connectionString }));
  try {
    await Promise.all(clients.map((client) => client.connect()));
    return await work(clients);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}

/** New connections every round, so that no side keeps a luckier process. @returns medians in ms per lane and round */
async function measureReads(
  { guardedUrl, plainUrl }: { guardedUrl: string; plainUrl: string },
  reads: Statement[][],
  size: RlsSize,
): Promise<[number[], number[], number[]]> {
  const result: [number[], number[], number[]] = [[], [], []];
  const begin = 'begin isolation level repeatable read read only';
  const at = (n: number) => reads[n % reads.length] ?? [];
  for (let round = 0; round < size.rounds; round++) {
    await withClients([guardedUrl, plainUrl, plainUrl], async (clients) => {
      for (let n = 0; n < Math.min(WARM_UP, size.reads); n++) {
        const rows = await Promise.all(clients.map((client) => transact(client, begin, at(n))));
        if (rows[0] === 0 || new Set(rows).size > 1) throw new Error(`The sides do not read the same: ${rows.join(', ')} photos.`);
      }
      const lanes = clients.map((client) => (n: number) => timed(() => transact(client, begin, at(round * size.reads + n))));
      (await alternate(size.reads, lanes)).forEach((times, lane) => result[lane]?.push(medianOf(times)));
    });
  }
  return result;
}

async function waitingPhotos(url: string, size: RlsSize): Promise<Statement[][]> {
  const { tenants } = size.volume;
  const perTenant = Math.ceil((size.rounds * size.writes) / tenants);
  return withClients([url], async ([client]) => {
    const writes: Statement[][] = [];
    for (let n = 1; n <= tenants; n++) {
      const tenantId = idOf('tenant', n);
      await client?.query('begin');
      await client?.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
      const { rows = [] } =
        (await client?.query<{ id: string; event_id: string }>(
          `select id, event_id from photos where status = 'pending' and deleted_at is null order by id limit $1`,
          [perTenant],
        )) ?? {};
      await client?.query('rollback');
      for (const row of rows) {
        writes.push(await approvalStatements({ tenantId, eventId: row.event_id, photoId: row.id, userId: idOf('user', n) }));
      }
    }
    if (writes.length < size.rounds * size.writes) throw new Error(`Only ${writes.length} photos wait.`);
    return writes;
  });
}

/** The same photos on both sides, each approved once. */
async function measureWrites(
  { guardedUrl, plainUrl }: { guardedUrl: string; plainUrl: string },
  writes: Statement[][],
  size: RlsSize,
): Promise<[number[], number[]]> {
  const result: [number[], number[]] = [[], []];
  for (let round = 0; round < size.rounds; round++) {
    await withClients([guardedUrl, plainUrl], async (clients) => {
      const lanes = clients.map((client) => (n: number) => {
        const statements = writes[round * size.writes + n] ?? [];
        return timed(async () => {
          const rows = await transact(client, 'begin', statements);
          if (rows !== 1) throw new Error(`The approval wrote ${rows} outbox rows and not one.`);
        });
      });
      (await alternate(size.writes, lanes)).forEach((times, lane) => result[lane]?.push(medianOf(times)));
    });
  }
  return result;
}
