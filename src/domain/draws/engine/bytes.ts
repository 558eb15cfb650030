import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** Big-endian, 4 bytes. */
export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Big-endian, 8 bytes. */
export function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

const toBytes = (part: Uint8Array | string | number): Uint8Array =>
  typeof part === 'string' ? utf8ToBytes(part) : typeof part === 'number' ? Uint8Array.of(part) : part;

/** Joins bytes, text (UTF-8) and single bytes. */
export const join = (...parts: (Uint8Array | string | number)[]): Uint8Array => concatBytes(...parts.map(toBytes));

/** SHA-256 of what `join` makes of the parts. */
export const hashOf = (...parts: (Uint8Array | string | number)[]): Uint8Array => sha256(join(...parts));
