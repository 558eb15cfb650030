import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './support/processes.ts';
import { unusedWords } from './check-words-rules.ts';

/** Their keys are closed lists of the contract, which the compiler compares with the words. */
const BY_CODE = new Set(['codes', 'failures']);
/** Where words are said, or listed as what a page may say; elsewhere the same string is a table or a file. */
const SAYERS = ['src/{client,pages,http}/**/*.{ts,tsx}', 'src/contract/**/*.ts'];

/** Keys of the catalogue that no source of the platform says, as `part.key`. */
export async function checkWords(): Promise<string[]> {
  const files = globSync('src/contract/messages/en/*.ts', { cwd: root });
  const parts: Record<string, string[]> = {};
  for (const file of files) {
    const exported = (await import(pathToFileURL(path.join(root, file)).href)) as Record<string, object>;
    for (const [part, words] of Object.entries(exported)) if (!BY_CODE.has(part)) parts[part] = Object.keys(words);
  }
  const sources = globSync(SAYERS, { cwd: root })
    .filter((file) => !/\.test\.tsx?$|contract.messages/.test(file))
    .map((file) => readFileSync(path.join(root, file), 'utf8'));
  return unusedWords(parts, sources);
}
