import { DomainError } from '../domain/errors.ts';
import { toHex } from '../domain/digests.ts';

const malformed = () =>
  new DomainError('request.invalid', 'Content-Digest must look like sha-256=:…: (RFC 9530).', {
    fields: [{ path: 'header.content-digest', message: 'must hold sha-256 as base64 between colons' }],
  });

/**
 * Reads `Content-Digest` (RFC 9530). Algorithms other than SHA-256 are passed over.
 * @returns SHA-256 in hexadecimal, or null when none is given.
 */
export function readContentDigest(header: string | null): string | null {
  if (header === null) return null;
  let found: string | null = null;
  for (const member of header.split(',')) {
    const match = /^\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):\s*$/.exec(member);
    if (!match) throw malformed();
    if (match[1] !== 'sha-256') continue;
    try {
      const bytes = Uint8Array.from(atob(match[2] ?? ''), (char) => char.charCodeAt(0));
      if (bytes.length !== 32) throw malformed();
      found = toHex(bytes);
    } catch {
      throw malformed();
    }
  }
  return found;
}
