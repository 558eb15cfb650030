import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Terms } from '../../../contract/draws/proof.ts';
import { hashOf, join } from './bytes.ts';
import { canonicalJson } from './canonical.ts';

/** Hexadecimal. */
export const commitmentOf = (terms: Terms): string =>
  bytesToHex(hashOf('momentique-draw-1 terms', 0, canonicalJson(terms)));

/** Four words that stand for a commitment where people compare it. */
export function phraseOf(commitment: string): string {
  const bits = BigInt(`0x${commitment.slice(0, 11)}`);
  return [33n, 22n, 11n, 0n].map((shift) => wordlist[Number((bits >> shift) & 2047n)]).join(' ');
}

/** Hexadecimal, of hexadecimals. */
export const seedOf = (commitment: string, randomness: string): string =>
  bytesToHex(hmac(sha256, hexToBytes(commitment), join('momentique-draw-1 seed', 0, hexToBytes(randomness))));
