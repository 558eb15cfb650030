/** An ICC profile as its header and its table of tags tell it (ICC.1:2022, 7). Tags may share their data. */
export interface IccProfile {
  version: number;
  /** four characters each */
  space: string;
  connection: string;
  tags: ReadonlyMap<string, DataView>;
}

const HEADER_BYTES = 128;
const TAGS_MAX = 100;
/** Beyond, a profile is tables for printing, which are not read. */
const PROFILE_MAX_BYTES = 4 * 1024 * 1024;

/** @returns null when it is no profile, or not a whole one */
export function readTags(bytes: Uint8Array): IccProfile | null {
  if (bytes.length < HEADER_BYTES + 4 || bytes.length > PROFILE_MAX_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (fourCharacters(view, 36) !== 'acsp') return null;
  const count = view.getUint32(HEADER_BYTES);
  if (count > TAGS_MAX || view.byteLength < HEADER_BYTES + 4 + 12 * count) return null;
  const tags = new Map<string, DataView>();
  for (let at = HEADER_BYTES + 4; at < HEADER_BYTES + 4 + 12 * count; at += 12) {
    const [offset, size] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    if (offset + size > view.byteLength) continue;
    tags.set(fourCharacters(view, at), new DataView(view.buffer, view.byteOffset + offset, size));
  }
  return { version: view.getUint8(8), space: fourCharacters(view, 16), connection: fourCharacters(view, 20), tags };
}

export const fourCharacters = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));

export const fixed16 = (view: DataView, at: number): number => view.getInt32(at) / 65_536;
