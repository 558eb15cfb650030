import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Beacon, Evidence } from '../../../contract/draws/proof.ts';
import { hashOf, u64 } from './bytes.ts';

/** Source: RFC 9380, and https://docs.drand.love/docs/cryptography (`bls-unchained-g1-rfc9380`) */
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** When a beacon speaks, in milliseconds since 1970. */
export const speaksAt = (beacon: Beacon): number =>
  beacon.kind === 'drand' ? (beacon.genesis + (beacon.round - 1) * beacon.period) * 1000 : Date.parse(beacon.opensAt);

export const promiseOf = (value: string): string =>
  bytesToHex(hashOf('momentique-draw-1 promise', 0, hexToBytes(value)));

function isSigned(publicKey: string, round: number, signature: string): boolean {
  const { shortSignatures: scheme } = bls12_381;
  try {
    const point = scheme.hash(sha256(u64(round)), DOMAIN);
    return scheme.verify(hexToBytes(signature), point, hexToBytes(publicKey));
  } catch {
    // Bytes that are no points of the curve.
    return false;
  }
}

/** What the evidence of a beacon is worth: its randomness, hexadecimal; null when it does not prove this beacon. */
export function randomnessOf(beacon: Beacon, evidence: Evidence): string | null {
  if (beacon.kind === 'drand') {
    if (!('signature' in evidence) || !isSigned(beacon.publicKey, beacon.round, evidence.signature)) return null;
    return bytesToHex(sha256(hexToBytes(evidence.signature)));
  }
  if (!('value' in evidence) || promiseOf(evidence.value) !== beacon.promise) return null;
  return bytesToHex(sha256(hexToBytes(evidence.value)));
}
