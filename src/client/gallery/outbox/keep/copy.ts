import './has-own.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { hasPlace } from './location-rules.ts';
import { CHUNK_BYTES, putChunk } from './store.ts';

/** What fits into memory beside everything else is digested by the browser itself, ten times as fast. */
const WHOLE_MAX_BYTES = 20_000_000;

export interface Copied {
  /** hexadecimal */
  sha256: string;
  isLocated: boolean;
  /** false: the device has refused to keep it */
  isKept: boolean;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => `0${byte.toString(16)}`.slice(-2)).join('');

/**
 * Reads a file once, piece by piece: digests it, and puts it aside while the device lets it.
 * @throws what the browser says when it cannot read the file
 */
export async function copyFile(file: Blob, key: string, keeps: boolean): Promise<Copied> {
  const isSmall = file.size <= WHOLE_MAX_BYTES && crypto.subtle !== undefined;
  const whole = isSmall ? new Uint8Array(file.size) : null;
  const hash = isSmall ? null : sha256.create();
  let isKept = keeps;
  for (let index = 0, at = 0; at < file.size; index++, at += CHUNK_BYTES) {
    const piece = await new Response(file.slice(at, at + CHUNK_BYTES)).arrayBuffer();
    if (piece.byteLength !== Math.min(CHUNK_BYTES, file.size - at)) throw new Error('it changes while it is read');
    const bytes = new Uint8Array(piece);
    if (whole) whole.set(bytes, at);
    else if (hash) hash.update(bytes);
    if (isKept) isKept = await putChunk(key, index, piece).then(yes, no);
  }
  const digest = whole
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
    : (hash as NonNullable<typeof hash>).digest();
  const isLocated = await hasPlace(
    async (at, bytes) => new Uint8Array(await new Response(file.slice(at, at + bytes)).arrayBuffer()),
    file.size,
  );
  return { sha256: hex(digest), isLocated, isKept };
}

const yes = () => true;
const no = () => false;
