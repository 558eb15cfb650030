import process from 'node:process';
import { Option } from 'commander';
import { CommandFailure } from '../failure.ts';
import { chooseDataDir } from '../local/data-dir.ts';
import { databaseUrls, requireRunning } from '../local/running.ts';

export const dataDirOption = (): Option =>
  new Option('--data-dir <folder>', 'where the platform keeps its data (else MOMENTIQUE_DATA_DIR, else .momentique)');

/** Address of the owner's database: the one named, else the running local platform's. */
export async function ownerDatabaseUrl(flags: { dataDir?: string; databaseUrl?: string }): Promise<string> {
  const named = flags.databaseUrl ?? process.env['OWNER_DATABASE_URL'];
  if (named !== undefined) {
    if (!URL.canParse(named) || !/^postgres(ql)?:$/.test(new URL(named).protocol)) {
      throw new CommandFailure('The database address must look like postgresql://user:password@host/database.');
    }
    return named;
  }
  const dataDir = chooseDataDir(flags.dataDir);
  return (await databaseUrls(dataDir, await requireRunning(dataDir))).owner;
}
