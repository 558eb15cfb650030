import { readFile } from 'node:fs/promises';
import { Argument, Command } from 'commander';
import { PROOF_STEPS } from '../../contract/draws/constants.ts';
import { verifyProof } from '../draw/verify.ts';
import { CommandFailure } from '../failure.ts';

/** More than a draw of the largest size needs. */
const MAX_BYTES = 64_000_000;

const WORDS: Record<(typeof PROOF_STEPS)[number], string> = {
  format: 'every field is there, and none besides',
  commitment: 'the terms are those that were committed to',
  entrants: 'the entrants are those that were frozen',
  beacon: 'the randomness came after the freeze, and from where the terms say',
  seed: 'it follows from commitment and randomness',
  ledger: 'what happened is joined entry by entry, and may happen',
  selection: 'everybody who was drawn is whom the stream gives',
  winners: 'they are those whom the ledger leaves',
};

async function read(file: string): Promise<unknown> {
  const bytes = await readFile(file).catch(() => {
    throw new CommandFailure(`There is no file ${file}.`);
  });
  if (bytes.length > MAX_BYTES) throw new CommandFailure(`${file} is larger than any proof.`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new CommandFailure(`${file} is no proof: it is not JSON in UTF-8.`);
  }
}

/** `draw verify`: whether a proof is right, without any network. */
export function drawCommand(): Command {
  const draw = new Command('draw').description('lucky draws');
  draw
    .command('verify')
    .description('go through the proof of a draw, offline, and say which step fails')
    .addArgument(new Argument('<proof.json>', 'the file from the page of the draw'))
    .option('--json', 'for machines: { ok, failed, detail }')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { failed, detail } = verifyProof(await read(file));
      if (json) console.log(JSON.stringify({ ok: failed === null, failed, detail }));
      else {
        for (const step of PROOF_STEPS) {
          if (step === failed) break;
          console.log(`ok    ${step.padEnd(10)}  ${WORDS[step]}`);
        }
        if (failed) console.log(`WRONG ${failed.padEnd(10)}  ${detail}`);
      }
      if (failed) throw new CommandFailure(`This proof is not right: ${failed}.`);
      if (!json) console.log('This proof is right.');
    });
  return draw;
}
