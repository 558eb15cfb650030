import type { Upload } from '../rules/upload-rules.ts';
import { CHUNK_BYTES, PICTURE, readChunk } from './store.ts';

/** The bytes are not where they were put. */
export class LostBytes extends Error {}

async function chunk(key: string, index: number): Promise<ArrayBuffer> {
  const bytes = await readChunk(key, index);
  if (!bytes) throw new LostBytes(`piece ${index} of ${key}`);
  return bytes;
}

async function keptFile({ key }: Upload, from: number, to: number): Promise<BlobPart[]> {
  const parts: BlobPart[] = [];
  for (let at = from; at < to;) {
    const index = Math.floor(at / CHUNK_BYTES);
    const begin = at - index * CHUNK_BYTES;
    const bytes = new Uint8Array(await chunk(key, index), begin, Math.min(CHUNK_BYTES - begin, to - at));
    parts.push(bytes);
    at += bytes.length;
  }
  return parts;
}

/** A file that has changed since it was chosen fails here; in the middle of a request it would look like a dead network. */
async function readNow(file: File, from: number, to: number): Promise<ArrayBuffer> {
  const bytes = await new Response(file.slice(from, to)).arrayBuffer();
  if (bytes.byteLength !== to - from) throw new Error('it changes while it is read');
  return bytes;
}

/** What this page holds of an upload whose bytes are not kept. */
export interface Held {
  file: File | undefined;
  picture: Blob | undefined;
}

/**
 * Reads what is sent of an upload in its phase: its picture, its file, or both behind each other.
 * @throws LostBytes, or what the browser says when it cannot read the file
 */
export async function readBody(upload: Upload, { file, picture }: Held, from: number, to: number): Promise<Blob> {
  const first = upload.phase === 'original' ? 0 : upload.pictureBytes;
  const parts: BlobPart[] = [];
  if (from < first) {
    const whole = picture || new Blob([await chunk(upload.key, PICTURE)]);
    parts.push(whole.slice(from, Math.min(to, first)));
  }
  if (to > first) {
    const [a, b] = [Math.max(0, from - first), to - first];
    if (upload.stored === 'kept') parts.push(...(await keptFile(upload, a, b)));
    else if (file) parts.push(await readNow(file, a, b));
    else throw new LostBytes(upload.key);
  }
  return new Blob(parts);
}

/** The file itself, as it was chosen. */
export async function readFile(upload: Upload, { file }: Held): Promise<Blob> {
  if (file) return file;
  return new Blob(await keptFile(upload, 0, upload.bytes), { type: upload.type });
}

/** How many pieces of an upload there have to be. */
export const piecesOf = ({ bytes, pictureBytes }: Upload): number =>
  Math.ceil(bytes / CHUNK_BYTES) + (pictureBytes > 0 ? 1 : 0);
