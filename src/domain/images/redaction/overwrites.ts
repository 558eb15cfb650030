import * as z from 'zod';
import { Unwalkable } from './walk.ts';

/** Overwrites `length` bytes from `offset` on: with `bytes` first, then with `fill` (0 where there is none). */
export interface Redaction {
  offset: number;
  length: number;
  bytes?: Uint8Array;
  fill?: number;
}

/** What becomes of the place where a photo was taken: its file names none, or it is taken out, or left by choice. */
export type PlaceOutcome = 'none' | 'removed' | 'kept';

/** What makes a public file of an original, byte for byte and of the same length up to its end. */
export interface Redactions {
  /** in order, none overlapping */
  redactions: Redaction[];
  /** where the public file ends; what follows is nobody's picture */
  publicBytes: number;
  place: PlaceOutcome;
}

/** A file that needs more is no photo of a phone; the list is read with every download. */
const REDACTIONS_MAX = 8_000;

/** Where walkers write what has to go. */
export interface Draft {
  /** the place may stay, by the choice of who sent it */
  readonly keepsPlace: boolean;
  /** A place was met. @param isKept the public file still names it */
  foundPlace(isKept: boolean): void;
  /** blanks `length` bytes */
  blank(offset: number, length: number, fill?: number): void;
  /** writes `bytes` and blanks what is left of `length` */
  write(offset: number, bytes: Uint8Array, length?: number, fill?: number): void;
}

export function openDraft(keepsPlace: boolean): Draft & { finish(publicBytes: number): Redactions } {
  const drafted: Redaction[] = [];
  let place: PlaceOutcome = 'none';
  const add = (redaction: Redaction): void => {
    if (redaction.length > 0) drafted.push(redaction);
    if (drafted.length > REDACTIONS_MAX * 4) throw new Unwalkable('it hides something in too many places');
  };
  return {
    keepsPlace,
    foundPlace(isKept) {
      if (place !== 'kept') place = isKept ? 'kept' : 'removed';
    },
    blank: (offset, length, fill = 0) => add({ offset, length, ...(fill ? { fill } : {}) }),
    write: (offset, bytes, length = bytes.length, fill = 0) =>
      add({ offset, length, ...(bytes.length > 0 ? { bytes: bytes.slice() } : {}), ...(fill ? { fill } : {}) }),
    finish: (publicBytes) => ({ redactions: tidy(drafted, publicBytes), publicBytes, place }),
  };
}

/** In order, cut at the public end, neighbours joined. @throws Unwalkable where two overlap */
function tidy(drafted: Redaction[], publicBytes: number): Redaction[] {
  const tidied: Redaction[] = [];
  for (const redaction of drafted.toSorted((one, other) => one.offset - other.offset)) {
    if (redaction.offset >= publicBytes) continue;
    if (redaction.offset + redaction.length > publicBytes) throw new Unwalkable('it ends inside of a part');
    const last = tidied.at(-1);
    const gap = last ? redaction.offset - (last.offset + last.length) : 1;
    if (gap < 0) throw new Unwalkable('two parts lie in one place');
    if (last && gap === 0 && !redaction.bytes && (last.fill ?? 0) === (redaction.fill ?? 0)) {
      last.length += redaction.length;
    } else {
      tidied.push({ ...redaction });
    }
  }
  if (tidied.length > REDACTIONS_MAX) throw new Unwalkable('it hides something in too many places');
  return tidied;
}

/* ---- as they are kept: `[offset, length, bytes in base64 or '', fill]`, the last two left out where empty ---- */

const packedSchema = z
  .array(
    z.tuple([z.int().min(0), z.int().min(1), z.base64().max(1_000).optional(), z.int().min(0).max(255).optional()]),
  )
  .max(REDACTIONS_MAX);
export type PackedRedactions = z.infer<typeof packedSchema>;

export const packRedactions = (redactions: Redaction[]): PackedRedactions =>
  redactions.map(({ offset, length, bytes, fill }) => {
    const text = bytes ? btoa(String.fromCharCode(...bytes)) : '';
    return fill ? [offset, length, text, fill] : text ? [offset, length, text] : [offset, length];
  });

/** @returns null for anything that is not wholly understood, so that nothing is handed out half redacted */
export function unpackRedactions(packed: unknown): Redaction[] | null {
  const parsed = packedSchema.safeParse(packed);
  if (!parsed.success) return null;
  let end = 0;
  const redactions: Redaction[] = [];
  for (const [offset, length, text, fill] of parsed.data) {
    const bytes = text ? Uint8Array.from(atob(text), (char) => char.charCodeAt(0)) : undefined;
    if (offset < end || (bytes && bytes.length > length)) return null;
    end = offset + length;
    redactions.push({ offset, length, ...(bytes ? { bytes } : {}), ...(fill ? { fill } : {}) });
  }
  return redactions;
}
