import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { root } from '../support/processes.ts';

/** Nothing large is committed: what takes long to make is kept here, beside the sources and out of git. */
const FOLDER = path.join(root, '.corpus');

/** Goes up when a recipe changes its result, so that nobody measures an older file under the same name. */
const EDITION = 1;

/** @param recipe everything that decides the bytes; the same recipe gives the same file */
export async function cached(recipe: unknown, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const key = JSON.stringify([EDITION, sharp.versions.vips, recipe]);
  const file = path.join(FOLDER, createHash('sha256').update(key).digest('hex').slice(0, 32));
  const known = await readFile(file).catch(() => undefined);
  if (known) return new Uint8Array(known.buffer, known.byteOffset, known.byteLength);
  const bytes = await make();
  await mkdir(FOLDER, { recursive: true });
  // Two threads may make the same file; each sees a whole one.
  const half = `${file}.${randomUUID()}`;
  await writeFile(half, bytes);
  await rename(half, file);
  return bytes;
}
