/** Bytes are kept in pieces of at most this length until the store has them: a row may have 2 MB. */
export const PIECE_BYTES = 1_048_576;
/** All parts of an object but its last have one length, and at least this. */
export const PART_BYTES = 5 * PIECE_BYTES;

/** An upload, as far as it decides where its bytes go: first a preview, then the original. */
export interface Layout {
  length: number;
  previewBytes: number;
}

/** What goes to the store as one part; from and to are offsets in the upload. */
export interface PartRange {
  number: number;
  from: number;
  to: number;
}

/** Where a piece that begins at `at` must end, so that none belongs to two parts, nor to preview and original. */
export function pieceEnd({ length, previewBytes }: Layout, at: number): number {
  if (at < previewBytes) return Math.min(previewBytes, (Math.floor(at / PIECE_BYTES) + 1) * PIECE_BYTES);
  const cells = Math.floor((at - previewBytes) / PIECE_BYTES) + 1;
  return Math.min(length, previewBytes + cells * PIECE_BYTES);
}

/** Where the piece begins that `at` is in, or would be in. */
export const pieceStart = ({ previewBytes }: Layout, at: number): number =>
  at < previewBytes
    ? Math.floor(at / PIECE_BYTES) * PIECE_BYTES
    : previewBytes + Math.floor((at - previewBytes) / PIECE_BYTES) * PIECE_BYTES;

/** Whether the original is put together of parts; what fits into one is stored in one piece. */
export const isParted = ({ length, previewBytes }: Layout): boolean => length - previewBytes > PART_BYTES;

/** The part after so many, once all of it has arrived; null while it has not, or when there is none. */
export function nextPart(layout: Layout, stored: number, offset: number): PartRange | null {
  if (!isParted(layout)) return null;
  const from = layout.previewBytes + stored * PART_BYTES;
  const to = Math.min(from + PART_BYTES, layout.length);
  return from < layout.length && offset >= to ? { number: stored + 1, from, to } : null;
}
