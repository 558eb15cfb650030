import type { ByteRange } from '../domain/ports.ts';

/**
 * What of a file of `size` bytes a request is for (RFC 9110, section 14).
 * @param ifRange the part is only wanted of this very version
 * @returns null for all of it: no range, several at once, another unit, or another version than was meant
 */
export function readRange(
  header: string | null,
  ifRange: string | null,
  etag: string,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  if (header === null || (ifRange !== null && ifRange.trim() !== etag)) return null;
  const match = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/i.exec(header.replaceAll(/[ \t]/g, ''));
  if (!match) return null;
  const [, first, last, suffix] = match;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length === 0 ? 'unsatisfiable' : { offset: size - length, length };
  }
  const offset = Number(first);
  if (last && Number(last) < offset) return null;
  if (offset >= size) return 'unsatisfiable';
  return { offset, length: (last ? Math.min(Number(last), size - 1) : size - 1) - offset + 1 };
}
