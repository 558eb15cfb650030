import { Command } from 'commander';
import { inTransaction, withDatabase } from '../db/connection.ts';
import { CommandFailure } from '../failure.ts';
import { dataDirOption, ownerDatabaseUrl } from './options.ts';

interface Flags {
  dataDir?: string;
  databaseUrl?: string;
  tenant: string;
  event: string;
  json?: boolean;
}

const MARK = `
  update photos p set backfill_at = now(), attempts = 0
  from events e
  where e.id = $1 and p.tenant_id = e.tenant_id and p.event_id = e.id
    and p.deleted_at is null and p.status in ('pending', 'approved', 'rejected')`;

/** Marks the photos of one event; the sweep queues them, some hundred a minute. @returns how many */
async function markEvent(databaseUrl: string, tenant: string, event: string): Promise<number> {
  return withDatabase(databaseUrl, (client) =>
    inTransaction(client, 'momentique_operator', async () => {
      const found = await client.query<{ id: string }>(
        `select e.id from events e join tenants t on t.id = e.tenant_id
         where t.slug = $1 and e.slug = $2 and e.deleted_at is null`,
        [tenant, event],
      );
      const id = found.rows[0]?.id;
      if (!id) throw new CommandFailure(`There is no event ${event} at ${tenant}.`);
      return (await client.query(MARK, [id])).rowCount ?? 0;
    }),
  );
}

/** `photo backfill`: gives the photos of an event the renditions and features that they lack. Safe to repeat. */
export const backfillCommand = (): Command =>
  new Command('backfill')
    .description('make the renditions that the photos of an event lack, a new width for instance')
    .requiredOption('--tenant <slug>', 'whose event it is')
    .requiredOption('--event <slug>', 'the event')
    .addOption(dataDirOption())
    .option('--database-url <url>', 'another database, as its owner')
    .option('--json', 'for a machine')
    .action(async (flags: Flags) => {
      const photos = await markEvent(await ownerDatabaseUrl(flags), flags.tenant, flags.event);
      if (flags.json) console.log(JSON.stringify({ photos }));
      else
        console.log(`${photos} photos are looked at again in the background; nothing is shown differently meanwhile.`);
    });
