import type { Walk } from './mutations.ts';

type Part = ReturnType<Walk>[number];

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Segments (T.81, B.1.1.4); what is coded behind a start of scan counts as part of it. */
export const jpegSegments: Walk = (bytes) => {
  const parts: Part[] = [];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    let end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
    if (bytes[at + 1] === 0xda) {
      while (end + 1 < bytes.length && !(bytes[end] === 0xff && isMarker(bytes[end + 1]!))) end += 1;
    }
    parts.push({ at, length: Math.min(end, bytes.length) - at });
    at = end;
  }
  return parts;
};
const isMarker = (byte: number): boolean => byte !== 0 && byte !== 0xff && (byte < 0xd0 || byte > 0xd7);

export const pngChunks: Walk = (bytes) => {
  const parts: Part[] = [];
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = 12 + view.getUint32(at);
    parts.push({ at, length: Math.min(length, bytes.length - at) });
    at += length;
  }
  return parts;
};

export const riffChunks: Walk = (bytes) => {
  const parts: Part[] = [];
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length;) {
    const content = view.getUint32(at + 4, true);
    const length = 8 + content + (content & 1);
    parts.push({ at, length: Math.min(length, bytes.length - at) });
    at += length;
  }
  return parts;
};

/** Boxes of ISO 14496-12, and those inside the containers that photos have. */
export const boxes: Walk = (bytes) => {
  const parts: Part[] = [];
  const view = viewOf(bytes);
  const containers = new Set(['meta', 'iprp', 'ipco', 'iinf', 'moov', 'trak', 'mdia', 'minf', 'stbl', 'udta']);
  const walk = (from: number, to: number, depth: number): void => {
    for (let at = from; at + 8 <= to && parts.length < 200;) {
      const length = view.getUint32(at);
      const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (length < 8) return;
      const end = Math.min(at + length, to);
      parts.push({ at, length: end - at });
      if (containers.has(name) && depth < 6)
        walk(at + 8 + (name === 'meta' ? 4 : name === 'iinf' ? 6 : 0), end, depth + 1);
      at += length;
    }
  };
  walk(0, bytes.length, 0);
  return parts;
};

/** Blocks of GIF89a: extensions and images with their sub-blocks. */
export const gifBlocks: Walk = (bytes) => {
  const parts: Part[] = [];
  const flags = bytes[10] ?? 0;
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  while (at < bytes.length && bytes[at] !== 0x3b) {
    const from = at;
    if (bytes[at] === 0x2c) at += 11 + ((bytes[at + 9] ?? 0) & 0x80 ? 3 << (((bytes[at + 9] ?? 0) & 7) + 1) : 0);
    else at += 2;
    while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1;
    at += 1;
    parts.push({ at: from, length: Math.min(at, bytes.length) - from });
  }
  return parts;
};

/** For what has no parts. */
export const whole: Walk = (bytes) => [{ at: 0, length: bytes.length }];
