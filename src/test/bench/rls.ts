import { figureOf, ratioOf } from './measure.ts';
import type { BenchResult } from './report.ts';
import { withTwoDatabases, type TwoDatabases } from './rls-databases.ts';
import { idOf, type Volume } from './rls-rows.ts';
import { measureSides, transact, withClients, type Side, type Turn } from './rls-sides.ts';
import { approvalStatements, galleryStatements, type Statement } from './statements.ts';

export interface RlsSize {
  volume: Volume;
  reads: Turn;
  writes: Turn;
}

const FULL: RlsSize = {
  volume: { tenants: 60, eventsPerTenant: 3, guestsPerEvent: 40, photosPerEvent: 600 },
  reads: { rounds: 15, warmUp: 30, measured: 120 },
  writes: { rounds: 15, warmUp: 10, measured: 50 },
};

const GALLERY_PAGE = 100;
/** As `platform/neon.ts` opens the reader. */
const READ = 'begin isolation level repeatable read read only';
const NONE: Side = { ms: [], cpuMs: [] };

/** What row-level security adds to the gallery's read, and to an approval. */
export const benchRls = (size: RlsSize = FULL): Promise<BenchResult> =>
  withTwoDatabases(size.volume, (databases) => measure(databases, size));

async function measure(databases: TwoDatabases, size: RlsSize): Promise<BenchResult> {
  const { volume, reads, writes } = size;
  const { guardedUrl, plainUrl } = databases;
  const galleries: Statement[][] = [];
  for (let n = 1; n <= volume.tenants; n++) {
    galleries.push(await galleryStatements(idOf('tenant', n), 'event-1', GALLERY_PAGE));
  }
  await compare([guardedUrl, plainUrl], galleries);
  const [guarded = NONE, plain = NONE, again = NONE] = await measureSides(
    [guardedUrl, plainUrl, plainUrl],
    reads,
    (client, n) => transact(client, READ, galleries[n % galleries.length] ?? []),
  );
  const approvals = await waitingPhotos(guardedUrl, size);
  const [guardedWrite = NONE, plainWrite = NONE] = await measureSides(
    [guardedUrl, plainUrl],
    writes,
    async (client, n) => {
      const rows = await transact(client, 'begin', approvals[n] ?? []);
      if (rows !== 1) throw new Error(`An approval wrote ${rows} outbox rows and not one.`);
    },
  );
  const photos = volume.tenants * volume.eventsPerTenant * volume.photosPerEvent;
  const reference = 'a copy of the same database, file by file, without its policies';
  return {
    name: 'rls',
    input: [
      `${volume.tenants} tenants, ${photos} photos, ${photos * 3} renditions, ${databases.policies} policies, vacuumed and analysed;`,
      `read: first page of a gallery (${GALLERY_PAGE + 1} photos with guest and renditions) as momentique_app,`,
      '  in one transaction: set_config, event, photos; write: set_config, member, lock, update, outbox;',
      `${reads.rounds} rounds of ${reads.measured} reads and ${writes.measured} writes a side, one transaction of each side in turn;`,
      'time as the client sees it, a round counts by its median; processor time of the server process by its mean.',
    ],
    ratios: [
      { name: 'read', reference, figure: ratioOf(guarded.ms, plain.ms), target: { is: 'at most', value: 1.15 } },
      { name: 'read, processor', reference, figure: ratioOf(guarded.cpuMs, plain.cpuMs) },
      { name: 'write', reference, figure: ratioOf(guardedWrite.ms, plainWrite.ms) },
      { name: 'noise of the read', reference: 'the copy by another connection', figure: ratioOf(again.ms, plain.ms) },
      {
        name: 'noise, processor',
        reference: 'the copy by another connection',
        figure: ratioOf(again.cpuMs, plain.cpuMs),
      },
    ],
    lines: [
      { name: 'read with policies', unit: 'ms', figure: figureOf(guarded.ms) },
      { name: 'read without', unit: 'ms', figure: figureOf(plain.ms) },
      { name: 'write with policies', unit: 'ms', figure: figureOf(guardedWrite.ms) },
      { name: 'write without', unit: 'ms', figure: figureOf(plainWrite.ms) },
    ],
    versions: { PostgreSQL: databases.postgresVersion },
  };
}

/** @throws Error unless both sides find the same number of photos, and some */
async function compare(urls: string[], galleries: Statement[][]): Promise<void> {
  await withClients(urls, async (clients) => {
    for (const gallery of galleries) {
      const found = await Promise.all(clients.map((client) => transact(client, READ, gallery)));
      if (found[0] === 0 || new Set(found).size > 1) throw new Error(`The sides read ${found.join(' and ')} photos.`);
    }
  });
}

/** The statements that approve as many waiting photos as are measured, of every tenant in turn. */
async function waitingPhotos(url: string, size: RlsSize): Promise<Statement[][]> {
  const { tenants } = size.volume;
  const { rounds, warmUp, measured } = size.writes;
  const needed = rounds * (warmUp + measured);
  return withClients([url], async ([client]) => {
    const writes: Statement[][] = [];
    for (let n = 1; n <= tenants; n++) {
      const tenantId = idOf('tenant', n);
      await client?.query('begin');
      await client?.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
      const { rows = [] } =
        (await client?.query<{ id: string; event_id: string }>(
          `select id, event_id from photos where status = 'pending' and deleted_at is null order by id limit $1`,
          [Math.ceil(needed / tenants)],
        )) ?? {};
      await client?.query('rollback');
      for (const row of rows) {
        writes.push(await approvalStatements({ tenantId, photoId: row.id, userId: idOf('user', n) }));
      }
    }
    if (writes.length < needed) throw new Error(`Only ${writes.length} photos wait.`);
    return writes;
  });
}
