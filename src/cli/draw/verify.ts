import { createHmac } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { PROOF_STEPS, QUICKNET, type ProofStep } from '../../contract/draws/constants.ts';
import { proofSchema, type Proof } from '../../contract/draws/proof.ts';
import { byte, canonical, demand, hex, sha, word, Wrong } from './primitives.ts';
import { openReplay, type Replay } from './replay.ts';
import { checkSelection } from './selection.ts';

/*
 * Written from domain/draws/SPECIFICATION.md, with Node's own cryptography. Nothing of what draws is imported here, so
 * that a mistake there cannot excuse itself.
 */

type DrandBeacon = Extract<Proof['terms']['beacon'], { kind: 'drand' }>;

export interface Verdict {
  /** null: the proof is right */
  failed: ProofStep | null;
  /** what is wrong with it, in words; empty when nothing is */
  detail: string;
}

/** The Merkle tree hash, level by level: what has no neighbour goes up as it is. */
function rootOf(leaves: Buffer[]): Buffer {
  let level = leaves;
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at] as Buffer, level[at + 1]];
      above.push(right ? sha(byte(1), left, right) : left);
    }
    level = above;
  }
  return level[0] as Buffer;
}

const hiddenOf = (form: Proof['entrants'][number]['full']): Buffer =>
  typeof form === 'string' ? hex(form) : sha(byte(2), hex(form.salt), form.text);

function checkEntrants({ entrants, terms }: Proof): void {
  demand(entrants.length === terms.entrants.count, 'There are more or fewer entrants than the terms say.');
  let tickets = 0;
  const leaves = entrants.map((entrant, index) => {
    demand(entrant.number === index + 1, `Entrant ${index + 1} has another number.`);
    for (const form of ['full', 'short'] as const) {
      const isShown = typeof entrant[form] !== 'string';
      // Whoever has had themselves erased is hidden where others are shown.
      demand(!isShown || terms.names === form, `The name of entrant ${entrant.number} is shown against the terms.`);
    }
    tickets += entrant.tickets;
    return sha(byte(0), word(entrant.number), word(entrant.tickets), hiddenOf(entrant.full), hiddenOf(entrant.short));
  });
  demand(tickets === terms.entrants.tickets, 'There are more or fewer tickets than the terms say.');
  demand(rootOf(leaves).toString('hex') === terms.entrants.root, 'The entrants are not those that were frozen.');
}

const isTrusted = ({ chain, publicKey, genesis, period }: DrandBeacon): boolean =>
  chain === QUICKNET.chain &&
  publicKey === QUICKNET.publicKey &&
  genesis === QUICKNET.genesis &&
  period === QUICKNET.period;

function isSigned(round: number, signature: string, publicKey: string): boolean {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(round));
  const { shortSignatures } = bls12_381;
  try {
    const point = shortSignatures.hash(sha(message), 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_');
    return shortSignatures.verify(hex(signature), point, hex(publicKey));
  } catch {
    return false;
  }
}

/** @returns the randomness; null while the beacon has not spoken */
function checkBeacon({ terms: { beacon, frozenAt }, evidence }: Proof): Buffer | null {
  const speaks =
    beacon.kind === 'drand' ? (beacon.genesis + (beacon.round - 1) * beacon.period) * 1000 : Date.parse(beacon.opensAt);
  demand(beacon.kind !== 'drand' || isTrusted(beacon), 'The network is none that is known; anybody could run one.');
  demand(speaks > Date.parse(frozenAt), 'The randomness was there before the entrants were frozen.');
  if (evidence === null) return null;
  if (beacon.kind === 'drand') {
    demand('signature' in evidence, 'The evidence is of another kind than the beacon.');
    demand(
      isSigned(beacon.round, evidence.signature, beacon.publicKey),
      `The signature is not the network’s for round ${beacon.round}.`,
    );
    return sha(hex(evidence.signature));
  }
  demand('value' in evidence, 'The evidence is of another kind than the beacon.');
  const promise = sha('momentique-draw-1 promise', byte(0), hex(evidence.value)).toString('hex');
  demand(promise === beacon.promise, 'The value is not the one that was promised.');
  return sha(hex(evidence.value));
}

function checkSeed({ commitment, seed }: Proof, randomness: Buffer | null): void {
  if (!randomness) return demand(seed === null, 'There is a seed although the beacon has not spoken.');
  const right = createHmac('sha256', hex(commitment))
    .update('momentique-draw-1 seed')
    .update(byte(0))
    .update(randomness)
    .digest('hex');
  demand(seed === right, 'The seed does not follow from the commitment and the randomness.');
}

function checkLedger(proof: Proof): Replay {
  const replay = openReplay(proof.terms, proof.seed !== null);
  let before = hex(proof.commitment);
  let at = proof.terms.frozenAt;
  for (const [index, { hash, ...record }] of proof.ledger.entries()) {
    demand(record.n === index + 1, `Entry ${index + 1} of the ledger has another number.`);
    before = sha(byte(3), before, canonical(record));
    demand(before.toString('hex') === hash, `Entry ${record.n} of the ledger was changed, or one before it.`);
    demand(record.at >= at, `Entry ${record.n} of the ledger is older than the one before it.`);
    at = record.at;
    replay.take(record);
  }
  replay.end();
  demand(before.toString('hex') === proof.head, 'The ledger does not end as the proof says.');
  return replay;
}

function checkWinners({ winners }: Proof, replay: Replay): void {
  demand(canonical(winners) === canonical(replay.winners()), 'The winners are not those whom the ledger leaves.');
}

/** Goes through a proof step by step, and stops at the first that fails. @param given whatever was in the file */
export function verifyProof(given: unknown): Verdict {
  let step: ProofStep = PROOF_STEPS[0];
  try {
    const parsed = proofSchema.safeParse(given);
    const issue = parsed.error?.issues[0];
    demand(parsed.success, `${issue?.path.join('.') || 'The file'}: ${issue?.message ?? 'is no proof'}`);
    const proof = parsed.data;
    step = 'commitment';
    const commitment = sha('momentique-draw-1 terms', byte(0), canonical(proof.terms)).toString('hex');
    demand(commitment === proof.commitment, 'The terms are not those that were committed to.');
    step = 'entrants';
    checkEntrants(proof);
    step = 'beacon';
    const randomness = checkBeacon(proof);
    step = 'seed';
    checkSeed(proof, randomness);
    step = 'ledger';
    const replay = checkLedger(proof);
    step = 'selection';
    if (proof.seed !== null) checkSelection(proof, proof.seed);
    step = 'winners';
    checkWinners(proof, replay);
    return { failed: null, detail: '' };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { failed: step, detail: error.message };
  }
}
