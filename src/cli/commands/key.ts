import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { Argument, Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { makeKeys, pickKeys } from '../keys.ts';

const HELP = `
Nothing is written to a file: keep what is printed where secrets are kept, outside of this folder.

  keys=$(npx momentique key generate)
  echo "$keys" | npx momentique key pick wrangler.toml | npx wrangler secret bulk -c wrangler.toml
  echo "$keys" | npx momentique key pick workers/courier/wrangler.toml | npx wrangler secret bulk -c workers/courier/wrangler.toml
`;

const asJson = (keys: Record<string, string>): void => console.log(JSON.stringify(keys, null, 2));

/** `key generate`, `key pick`: the secrets that a deployment makes itself. */
export function keyCommand(): Command {
  const key = new Command('key').description('secrets of a deployment').addHelpText('after', HELP);
  key
    .command('generate')
    .description('print fresh secrets as JSON, for `wrangler secret bulk`; the same for all Workers')
    .action(() => {
      asJson(makeKeys());
      if (process.stdout.isTTY)
        console.error('They are shown once and kept nowhere. `momentique key --help` says how on.');
    });
  key
    .command('pick')
    .description('of keys on standard input, those that one Worker asks for')
    .addArgument(new Argument('<config>', 'its wrangler.toml'))
    .action(async (config: string) => {
      const toml = await readFile(config, 'utf8').catch(() => {
        throw new CommandFailure(`There is no configuration of a Worker at ${config}.`);
      });
      asJson(pickKeys(await text(process.stdin), toml));
    });
  return key;
}
