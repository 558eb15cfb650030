/**
 * What a format's walker asks for: that many bytes from there on. Walkers are generators, so that they are pure
 * and read like a description of the format, while the bytes come from a store, in pieces and only where needed.
 */
export interface Piece {
  at: number;
  bytes: number;
}

export type Walk<Result> = Generator<Piece, Result, Uint8Array>;

/** The most that one piece may have. */
export const PIECE_MAX_BYTES = 65_536;

/** The file is not what its format says, or hides something where nothing can be blanked: no public download. */
export class Unwalkable extends Error {
  override readonly name = 'Unwalkable';
}

/** `bytes` bytes from `at` on; they are valid until the next `yield*`. */
export function* read(at: number, bytes: number): Walk<Uint8Array> {
  return yield { at, bytes };
}

export const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
export const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x10000 + u16(bytes, at + 2);
export const u32Little = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0) * 0x10000 + (bytes[at + 3] ?? 0) * 0x1000000;
/** @throws Unwalkable beyond what a number can hold exactly */
export function u64(bytes: Uint8Array, at: number): number {
  const high = u32(bytes, at);
  if (high > 0x1fffff) throw new Unwalkable('a number in it is impossible');
  return high * 0x1_0000_0000 + u32(bytes, at + 4);
}

/** Latin-1, as tags and signatures are written. */
export const text = (bytes: Uint8Array, from = 0, to = bytes.length): string =>
  String.fromCharCode(...bytes.subarray(from, to));
export const bytesOf = (latin: string): Uint8Array => Uint8Array.from(latin, (char) => char.charCodeAt(0));
