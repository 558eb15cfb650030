import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { u64 } from './bytes.ts';

/** Takes the next word of so many bits. */
export type TakeWord = () => number;

const WORDS_IN_BLOCK = 8;

/** Words of 32 bits: HMAC-SHA256 of the seed over a counter. */
export function openStream(seed: Uint8Array): TakeWord {
  const keyed = hmac.create(sha256, seed);
  let taken = 0;
  let block: DataView | null = null;
  return () => {
    const at = taken % WORDS_IN_BLOCK;
    if (at === 0 || !block) {
      const bytes = keyed
        .clone()
        .update(u64(Math.floor(taken / WORDS_IN_BLOCK)))
        .digest();
      block = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    taken += 1;
    return block.getUint32(at * 4);
  };
}

/**
 * A whole number below `n`, each as likely as any other: words from the incomplete last turn are thrown away.
 * @param bits of a word; narrower ones are for tests, in which a bias has to show
 */
export function below(n: number, take: TakeWord, bits = 32): number {
  if (!(Number.isSafeInteger(n) && n >= 1 && n <= 2 ** bits)) throw new RangeError(`there is no number below ${n}`);
  if (n === 1) return 0;
  const limit = 2 ** bits - (2 ** bits % n);
  for (;;) {
    const word = take();
    if (word < limit) return word % n;
  }
}
