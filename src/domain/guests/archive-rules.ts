/** A file of an archive: what is to be read, and how it is called there. */
export interface Entry {
  /** in the store */
  key: string;
  name: string;
  bytes: number;
  at: Date;
}

/**
 * The name, or the name with a number where it is taken; file systems that do not tell capitals apart, nor accents
 * written in two ways, count as well.
 * @param taken what is taken, to which the new name is added
 */
export function freeName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${stem} (${n})${ending}`;
    const key = candidate.normalize('NFC').toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return candidate;
  }
}

const MISSING = 'This file could not be read when the archive was made. The rest of the archive is complete.\n';
const FILLER_BYTES = 64 * 1024;

/**
 * What stands in an archive for a file that is not there: as many bytes, since the length of the archive is promised
 * before its first one, and in words what happened.
 * @param from so many bytes of it have been sent already
 */
export function* standIn(bytes: number, from: number): Generator<Uint8Array> {
  const words = new TextEncoder().encode(MISSING).subarray(0, from === 0 ? bytes : 0);
  if (words.length > 0) yield words;
  for (let left = bytes - from - words.length; left > 0; left -= FILLER_BYTES) {
    yield new Uint8Array(Math.min(left, FILLER_BYTES));
  }
}
