import process from 'node:process';
import { Command } from 'commander';
import { dbCommand } from './commands/db.ts';
import { drawCommand } from './commands/draw.ts';
import { keyCommand } from './commands/key.ts';
import { localCommand } from './commands/local.ts';
import { photoCommand } from './commands/photo.ts';
import { CommandFailure, sentenceOf } from './failure.ts';

const program = new Command('momentique')
  .description('Momentique from the command line')
  .showHelpAfterError('(--help lists what there is)')
  .addCommand(localCommand())
  .addCommand(dbCommand())
  .addCommand(photoCommand())
  .addCommand(keyCommand())
  .addCommand(drawCommand());

try {
  await program.parseAsync(process.argv);
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(error instanceof CommandFailure ? error.exitCode : 1);
}
