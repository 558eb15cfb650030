import { FORMAT_LIMITS } from '../../../src/domain/images/limits.ts';
import type { Account } from '../account.ts';
import { createByteSource } from '../codecs/byte-source.ts';
import { DecodeError } from '../codecs/pixels.ts';
import type { PhotoSource, Size } from './port.ts';

/** The file in one buffer, for codecs that cannot be fed. @throws DecodeError beyond the table, or when it ends early */
export async function wholeFile({ facts, bytes, open }: PhotoSource, account: Account): Promise<Uint8Array> {
  if (bytes > FORMAT_LIMITS[facts.type].decodes.bytes) {
    throw new DecodeError(`${bytes} bytes of ${facts.type} are beyond what is decoded here`);
  }
  account.hold('file', bytes);
  const source = createByteSource(await open());
  try {
    return await source.take(bytes);
  } finally {
    await source.close();
  }
}

/** @throws DecodeError when a codec made something else of it than its header said */
export function requireSize(decoded: Size, { width, height }: Size): void {
  if (decoded.width !== width || decoded.height !== height) {
    throw new DecodeError('The decoded size is not the declared one');
  }
}
