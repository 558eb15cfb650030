import { globSync } from 'node:fs';
import path from 'node:path';
import { root, tool } from './support/processes.ts';

const PROJECTS = ['src/client', 'src/cli', 'src/test', 'src/test/tsconfig.edge.json', 'src/tsconfig.edge.json'];
const ELSEWHERE = ['node_modules', 'dist', 'public'];
/** AssemblyScript, whose own compiler judges it; the tests beside it are TypeScript. */
const isAssembly = (file: string): boolean =>
  file.startsWith('workers/thumbnailer/assembly/') && !file.endsWith('.test.ts');

/** TypeScript that no project of `tsc -b` includes, and whose mistakes so nobody is told. */
export async function untypedFiles(): Promise<string[]> {
  const lists = await Promise.all(
    PROJECTS.map((project) => tool('typescript/bin/tsc', ['--project', project, '--listFilesOnly'])),
  );
  const failed = lists.find(({ code }) => code !== 0);
  if (failed) throw new Error(failed.output);
  const typed = new Set(lists.flatMap(({ output }) => output.split('\n')).map((file) => path.relative(root, file)));
  return globSync('**/*.{ts,tsx}', { cwd: root, exclude: (name) => ELSEWHERE.includes(name) || name.startsWith('.') })
    .filter((file) => !typed.has(file) && !isAssembly(file))
    .sort();
}
