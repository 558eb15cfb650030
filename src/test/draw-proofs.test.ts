import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyProof } from '../cli/draw/verify.ts';
import { verify } from '../client/proof/verify/index.ts';
import type { ProofStep } from '../contract/draws/constants.ts';
import type { LedgerEntry, Proof } from '../contract/draws/proof.ts';
import { hidden } from '../domain/draws/engine/entrants.ts';
import { chained } from '../domain/draws/engine/ledger.ts';
import { commitmentOf, seedOf } from '../domain/draws/engine/terms.ts';
import { randomnessOf } from '../domain/draws/engine/beacon.ts';
import { DOING, DRAND, LOCAL, madeProof } from './support/draws/proofs.ts';

const PROOFS: Record<string, Proof> = {
  'by a promise, names shortened, with an absence, a forfeit and a claim': madeProof({
    plays(play, seed) {
      play.run(seed, DOING);
      play.redraw(seed, { kind: 'absent', win: 1, reason: 'Called twice' }, DOING);
      play.redraw(seed, { kind: 'forfeited', win: 3, reason: 'Won last year' }, DOING);
      play.claim(2, DOING);
      play.complete(DOING);
    },
  }),
  'by a promise, names in full, in tiers': madeProof({
    names: 'full',
    again: 'tier',
    plays: (play, seed) => {
      play.run(seed, DOING);
      play.redraw(seed, { kind: 'absent', win: 2, reason: 'Called twice' }, DOING);
    },
  }),
  // Signatures take their time, so there is little besides.
  'by a round of drand': madeProof({ source: DRAND, tickets: [1, 1], prizes: [{ name: 'One', tier: 1, quantity: 1 }] }),
  'by numbers alone, whoever won can win again': madeProof({ names: 'number', again: 'always' }),
  'of more prizes than entrants, whose last stays without one': madeProof({ tickets: [1, 1] }),
  'of a draw whose beacon has not spoken': madeProof({ isSpoken: false, plays: () => undefined }),
  'of a draw that was cancelled before': madeProof({
    source: DRAND,
    isSpoken: false,
    plays: (play) => play.cancel('It rains', DOING),
  }),
};

/** The same from both verifiers, which share no code. */
async function judged(given: unknown): Promise<ProofStep | null> {
  const offline = verifyProof(given);
  expect(await verify(given), offline.detail).toBe(offline.failed);
  return offline.failed;
}

type Path = (string | number)[];

/** Every place in a value, with what is there. */
function placesIn(value: unknown, at: Path = []): { at: Path; value: unknown }[] {
  const inside =
    value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([name, member]) =>
          placesIn(member, [...at, Array.isArray(value) ? Number(name) : name]),
        )
      : [];
  return [{ at, value }, ...inside];
}

function withAt(value: unknown, [first, ...rest]: Path, change: (before: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[first] = withAt(copy[first], rest, change);
  return copy;
}

const turned = (text: string, at: number): string => {
  const digit = text[at] === '0' ? '1' : '0';
  return text.slice(0, at) + digit + text.slice(at + 1);
};

/** What somebody might make of a value. */
function variantsOf(value: unknown): unknown[] {
  if (typeof value === 'string')
    return [
      turned(value, 0),
      turned(value, value.length - 1),
      value.slice(1),
      `${value}0`,
      '',
      value.toUpperCase(),
      7,
      null,
    ];
  if (typeof value === 'number') return [value + 1, value - 1, value + 0.5, -value, String(value), null, 2 ** 53];
  if (value === null) return [1, 'x', {}, 'ab'.repeat(32), { value: '0b'.repeat(32) }];
  if (Array.isArray(value)) {
    const [first, second, ...rest] = value as unknown[];
    return [[], [...value, ...value.slice(-1)], value.slice(1), value.slice(0, -1), [second, first, ...rest], {}, null];
  }
  const members = Object.entries(value as object);
  return [
    ...members.map(([name]) => Object.fromEntries(members.filter(([other]) => other !== name))),
    { ...(value as object), more: 1 },
    { ...(value as object), __proto__: null, toString: 'x' },
    [],
    null,
  ];
}

/** What a change below a member of the proof may be called, besides being no proof any more. */
const NAMED: Record<string, ProofStep[]> = {
  format: [],
  terms: ['commitment'],
  commitment: ['commitment'],
  entrants: ['entrants'],
  evidence: ['beacon', 'seed'],
  seed: ['seed'],
  ledger: ['ledger'],
  head: ['ledger'],
  winners: ['winners'],
};

describe.each(Object.entries(PROOFS))('a proof %s', (_, proof) => {
  it('is right, for both verifiers, also after it was written to a file', async () => {
    expect(await judged(proof)).toBeNull();
    expect(await judged(JSON.parse(JSON.stringify(proof)))).toBeNull();
  });

  it('is wrong with any of its fields changed, added or taken away, and both say where', async () => {
    let changes = 0;
    for (const { at, value } of placesIn(proof)) {
      const [member] = at;
      for (const variant of variantsOf(value)) {
        if (JSON.stringify(variant) === JSON.stringify(value)) continue;
        const changed = withAt(proof, at, () => variant);
        const failed = await judged(changed);
        const allowed = ['format', ...(member === undefined ? [] : (NAMED[member] ?? []))];
        expect(allowed, `${at.join('.')}: ${JSON.stringify(variant)?.slice(0, 80)} → ${failed}`).toContain(failed);
        changes += 1;
      }
    }
    expect(changes).toBeGreaterThan(250);
  });
});

it('a ledger does not begin before its freeze, whatever the clock of who draws says', async () => {
  const proof = madeProof({ plays: (play, seed) => void play.run(seed, { ...DOING, at: '2026-11-22T19:59:59.000Z' }) });
  expect(proof.ledger.map(({ at }) => at)).toEqual(proof.ledger.map(() => LOCAL.frozenAt));
  expect(await judged(proof)).toBeNull();
});

it('a proof stays right when somebody’s name is taken out of it', async () => {
  const proof = madeProof();
  const [first, ...rest] = proof.entrants as [Proof['entrants'][number], ...Proof['entrants']];
  if (typeof first.short === 'string') throw new Error('the name is hidden');
  const short = bytesToHex(hidden(hexToBytes(first.short.salt), first.short.text));
  expect(await judged({ ...proof, entrants: [{ ...first, short }, ...rest] })).toBeNull();
  const other = bytesToHex(hidden(hexToBytes(first.short.salt), 'Somebody else'));
  expect(await judged({ ...proof, entrants: [{ ...first, short: other }, ...rest] })).toBe('entrants');
});

describe('whoever computes anew what follows from their change', () => {
  const [proof] = Object.values(PROOFS) as [Proof];
  const rechained = (given: Proof, ledger: LedgerEntry[]): Proof => {
    const entries: LedgerEntry[] = [];
    for (const { hash: _, ...record } of ledger)
      entries.push(chained(entries.at(-1)?.hash ?? given.commitment, record));
    return { ...given, ledger: entries, head: entries.at(-1)?.hash ?? given.commitment };
  };

  it('cannot name another winner', async () => {
    for (const entry of proof.ledger) {
      if (entry.kind !== 'won') continue;
      const other = (entry.entrant % proof.entrants.length) + 1;
      const ledger = proof.ledger.map((one) => (one === entry ? { ...entry, entrant: other } : one));
      const winners = proof.winners.map((one) => (one.win === entry.n ? { ...one, entrant: other } : one));
      expect(await judged(rechained({ ...proof, winners }, ledger))).toBe('selection');
    }
  });

  it('cannot leave out an absence, draw once more, or take somebody’s claimed prize', async () => {
    const [absence, redraw] = [proof.ledger[3]!, proof.ledger[4]!];
    const without = proof.ledger.filter((entry) => entry !== absence && entry !== redraw);
    expect(await judged(rechained(proof, renumbered(without)))).not.toBeNull();
    expect(await judged(rechained(proof, renumbered([...proof.ledger, absence, redraw])))).toBe('ledger');
    const claimed = { ...absence, win: 2 } as LedgerEntry;
    expect(await judged(rechained(proof, renumbered([...proof.ledger.slice(0, 8), claimed, redraw])))).toBe('ledger');
  });
  const renumbered = (ledger: LedgerEntry[]) => ledger.map((entry, at) => ({ ...entry, n: at + 1 }));

  it('cannot change the terms and keep what was drawn', async () => {
    const terms = { ...proof.terms, title: 'Another' };
    const commitment = commitmentOf(terms);
    expect(await judged({ ...proof, terms, commitment })).toBe('seed');
    const seed = seedOf(commitment, randomnessOf(terms.beacon, proof.evidence!)!);
    expect(await judged({ ...proof, terms, commitment, seed })).toBe('ledger');
    expect(await judged(rechained({ ...proof, terms, commitment, seed }, proof.ledger))).toBe('selection');
  });

  it('cannot take a round that was there before the freeze, or a network of their own', async () => {
    const source = { ...DRAND, frozenAt: '2023-12-01T20:00:00.000Z' };
    expect(await judged(madeProof({ source }))).toBe('beacon');
    const own = { ...DRAND, beacon: { ...DRAND.beacon, chain: '00'.repeat(32) } };
    expect(await judged(madeProof({ source: own as unknown as typeof DRAND }))).toBe('beacon');
    expect(await judged(madeProof({ source: { ...LOCAL, frozenAt: LOCAL.beacon.opensAt } }))).toBe('beacon');
  });

  it('cannot draw without the beacon', async () => {
    expect(await judged({ ...proof, evidence: null })).toBe('seed');
    expect(await judged({ ...proof, evidence: null, seed: null })).toBe('ledger');
  });
});

it('both verifiers agree on whatever is made of a proof', async () => {
  const all = Object.values(PROOFS);
  const spots = all.map((proof) => placesIn(proof));
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: all.length - 1 }),
      fc.array(fc.tuple(fc.nat(), fc.oneof(fc.jsonValue(), fc.nat())), { minLength: 1, maxLength: 4 }),
      async (which, changes) => {
        let given: unknown = all[which];
        for (const [at, value] of changes) {
          const places = spots[which]!;
          const { at: path } = places[at % places.length]!;
          try {
            given = withAt(given, path, (before) =>
              typeof value === 'number' ? variantsOf(before)[value % 5] : value,
            );
          } catch {
            // What was below it has gone by an earlier change.
          }
        }
        await judged(given);
      },
    ),
    { numRuns: 400, seed: 7 },
  );
});
