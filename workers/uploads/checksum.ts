import { toHex } from '../../src/domain/digests.ts';
import { digestOf } from '../../src/domain/intake/receive-stream.ts';
import { unknownChecksum } from './refusals.ts';

/** Names of tus and of the runtime, and bytes of the digest. */
const ALGORITHMS = {
  sha1: { name: 'SHA-1', bytes: 20 },
  sha256: { name: 'SHA-256', bytes: 32 },
} as const;

export interface Checksum {
  push(chunk: Uint8Array): Promise<void>;
  isRight(): Promise<boolean>;
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Reads `Upload-Checksum`. @throws DomainError upload.checksum_unsupported */
export function openChecksum(header: string): Checksum {
  const [name = '', text = '', ...more] = header.trim().split(/ +/);
  const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name as keyof typeof ALGORITHMS] : null;
  const expected = fromBase64(text);
  if (!algorithm || expected?.length !== algorithm.bytes || more.length > 0) throw unknownChecksum();
  const digest = digestOf(algorithm.name);
  return {
    push: (chunk) => digest.writer.write(chunk),
    async isRight() {
      await digest.writer.close();
      return (await digest.hex()) === toHex(expected);
    },
  };
}
