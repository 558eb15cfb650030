/** Segments of a JPEG beside its picture. */
export interface JpegMetadata {
  /** EXIF as TIFF, without its "Exif" in front */
  exif: Uint8Array | null;
  /** ICC profile, put together from its pieces; null when one is missing */
  icc: Uint8Array | null;
}

const APP1 = 0xe1;
const APP2 = 0xe2;
const EXIF = 'Exif\0\0';
const ICC = 'ICC_PROFILE\0';
/** Profiles of cameras and screens have some kilobytes, those of printing presses two megabytes. */
const ICC_MAX_BYTES = 4 * 1024 * 1024;

/** Keeps what is wanted of the segments that pass. */
export function collectMetadata(): { take(marker: number, segment: Uint8Array): void; metadata(): JpegMetadata } {
  let exif: Uint8Array | null = null;
  /** By their number, which begins at 1 (ICC.1, B.4). */
  const pieces = new Map<number, Uint8Array>();
  let pieceCount = 0;
  let iccBytes = 0;
  return {
    take(marker, segment) {
      if (marker === APP1 && exif === null && beginsWith(segment, EXIF)) exif = segment.slice(EXIF.length);
      if (marker !== APP2 || !beginsWith(segment, ICC) || segment.length < ICC.length + 2) return;
      const [number, count] = segment.subarray(ICC.length) as unknown as [number, number];
      const piece = segment.slice(ICC.length + 2);
      if (pieces.has(number) || iccBytes + piece.length > ICC_MAX_BYTES) return;
      pieces.set(number, piece);
      pieceCount = count;
      iccBytes += piece.length;
    },
    metadata() {
      const inOrder = Array.from({ length: pieceCount }, (_, at) => pieces.get(at + 1));
      const complete = inOrder.filter((piece) => piece !== undefined);
      return { exif, icc: pieceCount > 0 && complete.length === pieceCount ? joined(complete) : null };
    },
  };
}

function beginsWith(segment: Uint8Array, text: string): boolean {
  return Array.from(text).every((character, at) => segment[at] === character.charCodeAt(0));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((bytes, piece) => bytes + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
