import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailure } from '../failure.ts';
import { PROJECT_ROOT } from '../project.ts';

const MANIFESTS = ['public/assets/manifest.json', 'public/assets/.vite/manifest.json'];
const SOURCES = ['src/client', 'src/contract', 'workers/thumbnailer/assembly', 'vite.config.ts', 'package-lock.json'];
const LOCK_STALE_MS = 120_000;

/** Builds the browser's code and the pixels module unless what is built is newer than its sources. Two platforms at once build once. */
export async function buildPages(): Promise<'built' | 'fresh' | 'nothing to build'> {
  if (!existsSync(path.join(PROJECT_ROOT, 'vite.config.ts'))) return 'nothing to build';
  if (isFresh()) return 'fresh';
  const lock = path.join(
    tmpdir(),
    `momentique-build-${createHash('sha256').update(PROJECT_ROOT).digest('hex').slice(0, 16)}`,
  );
  while (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  ) {
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LOCK_STALE_MS) await rm(lock, { recursive: true, force: true });
    await sleep(100);
  }
  try {
    if (isFresh()) return 'fresh';
    await runVite();
    return 'built';
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function runVite(): Promise<void> {
  const vite = path.join(path.dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => (output = (output + piece.toString('utf8')).slice(-4000)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0)
    throw new CommandFailure(`The pages could not be built: ${output.trim().split('\n').slice(-5).join(' ')}`);
}

function isFresh(): boolean {
  const manifest = MANIFESTS.map((name) => path.join(PROJECT_ROOT, name)).find((file) => existsSync(file));
  return (
    manifest !== undefined && newest(SOURCES.map((name) => path.join(PROJECT_ROOT, name))) < statSync(manifest).mtimeMs
  );
}

function newest(paths: readonly string[]): number {
  return Math.max(
    0,
    ...paths
      .filter((file) => existsSync(file))
      .flatMap((file) => {
        const facts = statSync(file);
        return facts.isDirectory() ? [newest(readdirSync(file).map((name) => path.join(file, name)))] : [facts.mtimeMs];
      }),
  );
}
