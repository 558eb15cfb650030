import { bls12_381 } from '@noble/curves/bls12-381.js';
import { QUICKNET } from '../../../contract/draws/constants.ts';
import type { Proof } from '../../../contract/draws/proof.ts';
import { fromHex, sha256, toHex, whole } from './crypto.ts';

/** Source: RFC 9380, and drand's `bls-unchained-g1-rfc9380` */
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

type Beacon = Proof['terms']['beacon'];

const speaksAt = (beacon: Beacon): number =>
  beacon.kind === 'drand' ? (beacon.genesis + (beacon.round - 1) * beacon.period) * 1_000 : Date.parse(beacon.opensAt);

function isKnown(beacon: Extract<Beacon, { kind: 'drand' }>): boolean {
  const { chain, publicKey, genesis, period } = QUICKNET;
  return (
    beacon.chain === chain && beacon.publicKey === publicKey && beacon.genesis === genesis && beacon.period === period
  );
}

/** Whether what is said of the beacon can be so at all, whatever it has said since. */
export const mayBe = ({ beacon, frozenAt }: Proof['terms']): boolean =>
  speaksAt(beacon) > Date.parse(frozenAt) && (beacon.kind === 'local' || isKnown(beacon));

/** What it has said, if the evidence proves it; else null. */
export async function randomnessOf(
  beacon: Beacon,
  evidence: NonNullable<Proof['evidence']>,
): Promise<Uint8Array | null> {
  if (beacon.kind === 'local') {
    if (!('value' in evidence)) return null;
    const value = fromHex(evidence.value);
    const promise = await sha256('momentique-draw-1 promise', 0, value);
    return toHex(promise) === beacon.promise ? sha256(value) : null;
  }
  if (!('signature' in evidence)) return null;
  const signature = fromHex(evidence.signature);
  const message = await sha256(whole(beacon.round, 8));
  try {
    const { shortSignatures } = bls12_381;
    const isSigned = shortSignatures.verify(
      signature,
      shortSignatures.hash(message, DOMAIN),
      fromHex(beacon.publicKey),
    );
    return isSigned ? await sha256(signature) : null;
  } catch {
    // Bytes that are no point of the curve.
    return null;
  }
}
