import { DecodeError } from '../pixels.ts';

/** A box of an ISO base media file (ISO/IEC 14496-12, 4.2) that lies in memory. */
export interface MemoryBox {
  type: string;
  body: DataView;
}

const HEADER_BYTES = 8;
const BOXES_MAX = 10_000;

/** All boxes in some bytes. @param skipped bytes before the first, such as version and flags @throws DecodeError */
export function boxesIn(bytes: DataView, skipped = 0): MemoryBox[] {
  const boxes: MemoryBox[] = [];
  let at = skipped;
  while (at + HEADER_BYTES <= bytes.byteLength && boxes.length < BOXES_MAX) {
    const size = bytes.getUint32(at);
    const isLong = size === 1 && at + 16 <= bytes.byteLength;
    const length = isLong ? bytes.getUint32(at + 8) * 2 ** 32 + bytes.getUint32(at + 12) : size;
    const end = size === 0 ? bytes.byteLength : at + length;
    const start = at + HEADER_BYTES + (isLong ? 8 : 0);
    if (end < start || end > bytes.byteLength) throw new DecodeError('A part of the file has an impossible length');
    boxes.push({ type: fourCharacters(bytes, at + 4), body: sub(bytes, start, end) });
    at = end;
  }
  return boxes;
}

export const findBox = (boxes: readonly MemoryBox[], type: string): DataView | undefined =>
  boxes.find((box) => box.type === type)?.body;

export const fourCharacters = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((step) => view.getUint8(at + step)));

const sub = (view: DataView, start: number, end: number): DataView =>
  new DataView(view.buffer, view.byteOffset + start, end - start);
