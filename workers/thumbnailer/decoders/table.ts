import { decodedBy } from '../../../src/domain/images/limits.ts';
import { DecodeError } from '../codecs/pixels.ts';
import type { PhotoSource, Size } from './port.ts';

/**
 * What the file itself says now, against what was said when it came and against the table of limits: nothing is decoded
 * that is not inside it.
 * @throws DecodeError
 */
export function requireDecodable(source: PhotoSource, found: Size & { costly: boolean }): void {
  const { facts, bytes } = source;
  const { width, height, costly } = found;
  if (width !== facts.width || height !== facts.height) {
    throw new DecodeError('The file has another size than it had when it came');
  }
  if (decodedBy({ type: facts.type, width, height, costly, bytes }) === 'preview') {
    throw new DecodeError(`${width} × ${height} pixels of ${facts.type} are beyond what is decoded here`);
  }
}
