import { Command, InvalidArgumentError } from 'commander';
import { inTransaction, withDatabase } from '../db/connection.ts';
import { dataDirOption, ownerDatabaseUrl } from './options.ts';

/** What photos of one type took, over some days. */
interface Figures {
  type: string;
  decoder: string;
  photos: number;
  peakMiB: { median: number; max: number };
  /** of the whole photo, milliseconds */
  ms: { median: number; p95: number };
  /** median milliseconds of each stage */
  stages: Record<string, number>;
}

interface Failure {
  type: string;
  code: string;
  photos: number;
}

const DAYS_MAX = 365;

const PROCESSED = `
  select type, processing->>'decoder' as decoder, (processing->>'peakBytes')::float8 / 1048576 as peak,
    (select coalesce(sum(value::float8), 0) from jsonb_each_text(processing->'cpuMs')) as ms, processing->'cpuMs' as stages
  from photos where processing is not null and status <> 'failed' and updated_at > now() - make_interval(days => $1)`;

const BY_TYPE = `
  with processed as (${PROCESSED}),
  stage as (
    select type, decoder, key, percentile_cont(0.5) within group (order by value::float8) as median
    from processed, jsonb_each_text(stages) group by type, decoder, key)
  select p.type, p.decoder, count(*)::integer as photos,
    percentile_cont(0.5) within group (order by p.peak) as peak_median, max(p.peak) as peak_max,
    percentile_cont(0.5) within group (order by p.ms) as ms_median,
    percentile_cont(0.95) within group (order by p.ms) as ms_p95,
    (select jsonb_object_agg(s.key, s.median) from stage s where s.type = p.type and s.decoder = p.decoder) as stages
  from processed p group by p.type, p.decoder order by count(*) desc, p.type`;

const FAILED = `
  select type, failure_code as code, count(*)::integer as photos from photos
  where status = 'failed' and updated_at > now() - make_interval(days => $1)
  group by type, failure_code order by count(*) desc, type limit 200`;

const round = (value: number, digits = 0): number => Math.round(value * 10 ** digits) / 10 ** digits;

function days(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= DAYS_MAX) return value;
  throw new InvalidArgumentError(`Give a whole number of days from 1 to ${DAYS_MAX}.`);
}

async function readFigures(databaseUrl: string, since: number): Promise<{ items: Figures[]; failures: Failure[] }> {
  return withDatabase(databaseUrl, (client) =>
    inTransaction(client, 'momentique_operator', async () => {
      const { rows } = await client.query<{
        type: string;
        decoder: string;
        photos: number;
        peak_median: number;
        peak_max: number;
        ms_median: number;
        ms_p95: number;
        stages: Record<string, number> | null;
      }>(BY_TYPE, [since]);
      const failed = await client.query<Failure>(FAILED, [since]);
      const items = rows.map((row) => ({
        type: row.type,
        decoder: row.decoder,
        photos: row.photos,
        peakMiB: { median: round(row.peak_median, 1), max: round(row.peak_max, 1) },
        ms: { median: round(row.ms_median), p95: round(row.ms_p95) },
        stages: Object.fromEntries(Object.entries(row.stages ?? {}).map(([name, value]) => [name, round(value)])),
      }));
      return { items, failures: failed.rows };
    }),
  );
}

function print({ items, failures }: { items: Figures[]; failures: Failure[] }, since: number): void {
  if (items.length === 0) console.log(`No photo was processed in the last ${since} days.`);
  for (const { type, decoder, photos, peakMiB, ms, stages } of items) {
    const each = Object.entries(stages).map(([name, value]) => `${name} ${value}`);
    console.log(
      `${type} (${decoder})  ${photos} photos  memory ${peakMiB.median} MiB, at most ${peakMiB.max}  ` +
        `time ${ms.median} ms, 95 % below ${ms.p95}  [${each.join(', ')}]`,
    );
  }
  for (const { type, code, photos } of failures) console.log(`failed: ${type}  ${code}  ${photos}`);
}

/** `photo figures`: what the pipeline has booked of memory and time, for whoever operates the platform. */
export const figuresCommand = (): Command =>
  new Command('figures')
    .description('memory and time that photos took, and why some failed')
    .addOption(dataDirOption())
    .option('--database-url <url>', 'another database, as its owner')
    .option('--days <n>', 'how far back', days, 7)
    .option('--json', 'for a machine')
    .action(async (flags: { dataDir?: string; databaseUrl?: string; days: number; json?: boolean }) => {
      const figures = await readFigures(await ownerDatabaseUrl(flags), flags.days);
      if (flags.json) console.log(JSON.stringify(figures));
      else print(figures, flags.days);
    });
