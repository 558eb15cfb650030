import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { CommandFailure, sentenceOf } from '../failure.ts';
import { makeSecret, makeSigningKey } from '../keys.ts';
import type { KnownProcess } from './process-tree.ts';

/** Where everything of one local platform lies. */
export interface DataDir {
  root: string;
  postgres: string;
  workers: string;
  state: string;
  mail: string;
  logs: string;
}

/** Made once per data dir and kept. */
export interface Secrets {
  instance: string;
  superuserPassword: string;
  ownerPassword: string;
  appPassword: string;
  staffJwt: string;
  guestJwt: string;
  renditionKey: string;
  /** JWK, as JSON */
  receiptKey: string;
  mailApiKey: string;
}

/** What a running platform says of itself; the file is gone when it has stopped. */
export interface LocalState {
  version: 1;
  ready: boolean;
  startedAt: string;
  url: string;
  port: number;
  endpointUrl: string;
  mailUrl: string;
  postgresPort: number;
  supervisor: KnownProcess;
  processes: KnownProcess[];
}

/** What stays between two runs. */
export interface Marker {
  version: 1;
  seeded: boolean;
}

const MARKER = 'momentique.json';
const SECRETS = 'secrets.json';
const STATE = 'state.json';
const OURS = ['postgres', 'workers', 'state', 'mail', 'logs', SECRETS, STATE, MARKER];

export const DEFAULT_DATA_DIR = '.momentique';

/** `--data-dir`, else MOMENTIQUE_DATA_DIR, else `.momentique` here. */
export const chooseDataDir = (option: string | undefined): string =>
  path.resolve(option ?? process.env['MOMENTIQUE_DATA_DIR'] ?? DEFAULT_DATA_DIR);

export const dataDirAt = (root: string): DataDir => ({
  root,
  postgres: path.join(root, 'postgres'),
  workers: path.join(root, 'workers'),
  state: path.join(root, 'state'),
  mail: path.join(root, 'mail'),
  logs: path.join(root, 'logs'),
});

/** Makes the folders, closed to others. @throws CommandFailure when the folder holds somebody else's files. */
export async function prepareDataDir(root: string): Promise<DataDir> {
  const dir = dataDirAt(root);
  try {
    await mkdir(root, { recursive: true });
    const marked = existsSync(path.join(root, MARKER));
    if (!marked && (await readdir(root)).some((name) => !OURS.includes(name))) {
      throw new CommandFailure(`${root} holds other files; name an empty folder with --data-dir.`);
    }
    // As root, Postgres runs as another user, which must be able to pass through but not to read.
    await chmod(root, isRoot() ? 0o711 : 0o700);
    for (const folder of [dir.workers, dir.state, dir.mail, dir.logs]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
    }
    if (!marked) await writeMarker(dir, { version: 1, seeded: false });
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`The data folder ${root} cannot be used: ${sentenceOf(error)}.`, { cause: error });
  }
  return dir;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Deletes what the platform made in there, and nothing else. */
export async function emptyDataDir(root: string): Promise<void> {
  if (!existsSync(path.join(root, MARKER))) return;
  for (const name of OURS) await rm(path.join(root, name), { recursive: true, force: true, maxRetries: 5 });
}

export async function loadSecrets(dir: DataDir): Promise<Secrets> {
  const kept = await readJson<Partial<Secrets>>(path.join(dir.root, SECRETS));
  const secrets: Secrets = {
    instance: kept?.instance ?? randomBytes(8).toString('hex'),
    superuserPassword: kept?.superuserPassword ?? makeSecret(),
    ownerPassword: kept?.ownerPassword ?? makeSecret(),
    appPassword: kept?.appPassword ?? makeSecret(),
    staffJwt: kept?.staffJwt ?? makeSecret(),
    guestJwt: kept?.guestJwt ?? makeSecret(),
    renditionKey: kept?.renditionKey ?? makeSecret(),
    receiptKey: kept?.receiptKey ?? makeSigningKey(),
    mailApiKey: kept?.mailApiKey ?? makeSecret(),
  };
  await writeJson(path.join(dir.root, SECRETS), secrets);
  return secrets;
}

export const readState = (dir: DataDir): Promise<LocalState | null> => readJson<LocalState>(path.join(dir.root, STATE));
export const writeState = (dir: DataDir, state: LocalState): Promise<void> =>
  writeJson(path.join(dir.root, STATE), state);
export const removeState = (dir: DataDir): Promise<void> => rm(path.join(dir.root, STATE), { force: true });
export const readMarker = (dir: DataDir): Promise<Marker | null> => readJson<Marker>(path.join(dir.root, MARKER));
export const writeMarker = (dir: DataDir, marker: Marker): Promise<void> =>
  writeJson(path.join(dir.root, MARKER), marker);

async function readJson<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return null;
  }
}

/** Replaces a file as a whole, so that a reader never sees half of it. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const half = `${file}.${process.pid}.new`;
  const handle = await open(half, 'w', 0o600);
  try {
    await writeFile(handle, `${JSON.stringify(value, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(half, file);
}
