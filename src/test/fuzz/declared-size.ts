import type { CorpusType } from '../corpus/photos.ts';

interface Size {
  width: number;
  height: number;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * The size that a damaged file still claims, read without judging it, so that its decoder gets past the first question.
 * @returns null where nothing is claimed
 */
export function declaredSize(bytes: Uint8Array, type: CorpusType): Size | null {
  const size = bytes.length < 30 ? null : READERS[type](bytes);
  return size && size.width > 0 && size.height > 0 ? size : null;
}

const READERS: Record<CorpusType, (bytes: Uint8Array) => Size | null> = {
  'image/jpeg': (bytes) => {
    const view = viewOf(bytes);
    for (let at = 2; at + 9 <= bytes.length;) {
      const marker = bytes[at + 1]!;
      if (bytes[at] !== 0xff) at += 1;
      else if (marker >= 0xc0 && marker <= 0xc2)
        return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      else if (marker === 0xff || marker === 0xd8) at += 1;
      else at += 2 + view.getUint16(at + 2);
    }
    return null;
  },
  'image/png': (bytes) => {
    const view = viewOf(bytes);
    return { width: view.getUint32(16), height: view.getUint32(20) };
  },
  'image/webp': (bytes) => {
    const view = viewOf(bytes);
    const name = String.fromCharCode(...bytes.subarray(12, 16));
    if (name === 'VP8X') {
      return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) };
    }
    if (name === 'VP8L') {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  },
  'image/gif': (bytes) => {
    const view = viewOf(bytes);
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  },
  'image/avif': (bytes) => {
    const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('ispe');
    if (at < 0 || at + 16 > bytes.length) return null;
    const view = viewOf(bytes);
    return { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
  },
};
