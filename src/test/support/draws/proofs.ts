import { QUICKNET } from '../../../contract/draws/constants.ts';
import type { Beacon, Evidence, Proof, Terms } from '../../../contract/draws/proof.ts';
import { promiseOf, randomnessOf } from '../../../domain/draws/engine/beacon.ts';
import { guestKey, numbered } from '../../../domain/draws/engine/entrants.ts';
import { openPlay, type Play } from '../../../domain/draws/engine/play.ts';
import { frozen, proofOf } from '../../../domain/draws/engine/proof.ts';
import { seedOf } from '../../../domain/draws/engine/terms.ts';

export const DRAW = '33333333-3333-4333-8333-333333333333';
const EVENT = '44444444-4444-4444-8444-444444444444';
const SECRET = Uint8Array.from({ length: 32 }, (_, n) => n * 7);
export const VALUE = '0b'.repeat(32);

/** A round as the network has published it, and a freeze before it. */
export const DRAND = {
  beacon: { kind: 'drand', ...QUICKNET, round: 657_413 } satisfies Beacon,
  evidence: {
    signature: 'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
  } satisfies Evidence,
  frozenAt: '2023-09-01T20:00:00.000Z',
};
export const LOCAL = {
  beacon: { kind: 'local', promise: promiseOf(VALUE), opensAt: '2026-11-22T20:00:30.000Z' } satisfies Beacon,
  evidence: { value: VALUE } satisfies Evidence,
  frozenAt: '2026-11-22T20:00:00.000Z',
};

export interface Made {
  source?: typeof DRAND | typeof LOCAL;
  names?: Terms['names'];
  again?: Terms['rules']['again'];
  absent?: Terms['rules']['absent'];
  prizes?: Terms['prizes'];
  /** tickets of each entrant */
  tickets?: number[];
  /** what happens; nothing, where the beacon has not spoken */
  plays?: (play: Play, seed: string) => void;
  isSpoken?: boolean;
}

export const PRIZES: Terms['prizes'] = [
  { name: 'Voucher', tier: 2, quantity: 2 },
  { name: 'Week in Rome', tier: 1, quantity: 1 },
];
export const DOING = { at: '2026-11-22T20:01:00.000Z', by: 'organiser' };

/** The proof of a draw, made by what draws. */
export function madeProof({
  source = LOCAL,
  names = 'short',
  again = 'never',
  absent = 'redraw',
  prizes = PRIZES,
  tickets = [1, 2, 1, 1, 3],
  plays = (play, seed) => void play.run(seed, DOING),
  isSpoken = true,
}: Made = {}): Proof {
  const entrants = numbered(
    tickets.map((count, n) => ({
      key: guestKey(DRAW, `guest ${n}`),
      tickets: count,
      full: `Grace Hopper ${n}`,
      short: `Grace H. ${n}`,
    })),
  );
  const { beacon, frozenAt } = source;
  const terms = {
    draw: DRAW,
    event: EVENT,
    title: 'Tombola',
    prizes,
    rules: { again, absent },
    names,
    beacon,
    frozenAt,
  };
  const fixed = frozen(terms, entrants, SECRET);
  const evidence = isSpoken ? source.evidence : null;
  const randomness = evidence && randomnessOf(beacon, evidence);
  const seed = randomness && seedOf(fixed.commitment, randomness);
  const play = openPlay(
    fixed.terms,
    Uint32Array.from(entrants, (one) => one.tickets),
    fixed.commitment,
  );
  plays(play, seed ?? '');
  return proofOf(fixed, entrants, SECRET, { evidence, seed, ledger: play.ledger, winners: play.winners() });
}
