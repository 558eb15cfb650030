import type { ProofStep } from '../../../contract/draws/constants.ts';
import type { Proof } from '../../../contract/draws/proof.ts';
import { mayBe, randomnessOf } from './beacon.ts';
import { canonical, fromHex, openHmac, bytesOf, sha256, toHex } from './crypto.ts';
import { isProof } from './format.ts';
import { outcomeOf } from './ledger.ts';
import { firstWrong } from './selection.ts';
import { rootOf } from './tree.ts';

/*
 * The verifier of the page, written from domain/draws/SPECIFICATION.md with what browsers bring along. It asks no server.
 */

/** @param share of a step that takes its time, 0 to 1 */
type OnProgress = (step: ProofStep, share: number) => void;

const areFrozen = ({ entrants, terms }: Proof): boolean =>
  entrants.length === terms.entrants.count &&
  entrants.every(({ number }, at) => number === at + 1) &&
  // Whoever has had themselves erased is hidden where others are shown.
  entrants.every(
    ({ full, short }) =>
      (typeof full === 'string' || terms.names === 'full') && (typeof short === 'string' || terms.names === 'short'),
  ) &&
  entrants.reduce((sum, { tickets }) => sum + tickets, 0) === terms.entrants.tickets;

async function seedOf(commitment: string, randomness: Uint8Array): Promise<string> {
  const hmac = await openHmac(fromHex(commitment));
  return toHex(await hmac(bytesOf('momentique-draw-1 seed', 0, randomness)));
}

async function isJoined({ terms, commitment, ledger, head }: Proof): Promise<boolean> {
  let before = commitment;
  let at = terms.frozenAt;
  for (let index = 0; index < ledger.length; index++) {
    const { hash, ...record } = ledger[index] as Proof['ledger'][number];
    before = toHex(await sha256(3, fromHex(before), canonical(record)));
    if (record.n !== index + 1 || record.at < at || before !== hash) return false;
    at = record.at;
  }
  return before === head;
}

/**
 * Goes through a proof step by step. @param given whatever was in the file
 * @returns the first step that fails; null: the proof is right
 */
export async function verify(given: unknown, onProgress: OnProgress = () => undefined): Promise<ProofStep | null> {
  onProgress('format', 0);
  if (!isProof(given)) return 'format';
  const proof = given as Proof;
  const { terms, commitment, evidence, seed, winners } = proof;

  onProgress('commitment', 0);
  const committed = await sha256('momentique-draw-1 terms', 0, canonical(terms));
  if (toHex(committed) !== commitment) return 'commitment';

  onProgress('entrants', 0);
  const root = areFrozen(proof) && (await rootOf(proof.entrants, (share) => onProgress('entrants', share)));
  if (!root || toHex(root) !== terms.entrants.root) return 'entrants';

  onProgress('beacon', 0);
  if (!mayBe(terms)) return 'beacon';
  const randomness = evidence && (await randomnessOf(terms.beacon, evidence));
  if (evidence && !randomness) return 'beacon';

  onProgress('seed', 0);
  const right = randomness ? await seedOf(commitment, randomness) : null;
  if (seed !== right) return 'seed';

  onProgress('ledger', 0);
  const outcome = outcomeOf(proof, seed !== null);
  if (!outcome || !(await isJoined(proof))) return 'ledger';

  onProgress('selection', 0);
  if (seed !== null && (await firstWrong(proof, seed)) !== null) return 'selection';

  onProgress('winners', 0);
  return canonical(winners) === canonical(outcome) ? null : 'winners';
}
