import { Command } from 'commander';
import { inTransaction, withDatabase } from '../db/connection.ts';
import { dataDirOption, ownerDatabaseUrl } from './options.ts';
import { backfillCommand } from './photo-backfill.ts';
import { figuresCommand } from './photo-figures.ts';

interface DeadLetter {
  id: string;
  queue: string;
  tenant_id: string | null;
  reason: string;
  body: unknown;
  created_at: Date;
}

export function photoCommand(): Command {
  const photo = new Command('photo')
    .description('photos and what became of them')
    .addCommand(figuresCommand())
    .addCommand(backfillCommand());
  photo
    .command('dead-letters')
    .description('list the jobs that could not be worked on')
    .addOption(dataDirOption())
    .option('--database-url <url>', 'another database, as its owner')
    .option('--json', 'for a machine')
    .action(async (flags: { dataDir?: string; databaseUrl?: string; json?: boolean }) => {
      const letters = await withDatabase(await ownerDatabaseUrl(flags), (client) =>
        inTransaction(client, 'momentique_operator', async () => {
          const { rows } = await client.query<DeadLetter>(
            'select id, queue, tenant_id, reason, body, created_at from dead_letters where resolved_at is null order by created_at limit 1000',
          );
          return rows;
        }),
      );
      if (flags.json) {
        const items = letters.map(({ tenant_id, created_at, ...rest }) => ({
          ...rest,
          tenantId: tenant_id,
          createdAt: created_at,
        }));
        console.log(JSON.stringify({ items }));
      } else if (letters.length === 0) console.log('No dead letters.');
      else
        for (const letter of letters)
          console.log(
            `${letter.created_at.toISOString()}  ${letter.queue}  ${letter.id}  ${letter.reason.replaceAll('\n', ' ')}`,
          );
    });
  return photo;
}
