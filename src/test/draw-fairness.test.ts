import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import type { Terms } from '../contract/draws/proof.ts';
import { hashOf, u32 } from '../domain/draws/engine/bytes.ts';
import { numbered } from '../domain/draws/engine/entrants.ts';
import { openSelection } from '../domain/draws/engine/selection.ts';
import { below, openStream } from '../domain/draws/engine/stream.ts';
import { chiSquareP } from './support/draws/chi-square.ts';
import { isSoak } from './support/soak.ts';

/** Fixed seeds: what passes once passes always. */
const seedOf = (run: number) => hashOf('fairness', u32(run));
const RUNS = isSoak ? 1_000_000 : 40_000;
const fair = (p: number, what: string) => {
  expect(p, what).toBeGreaterThan(0.001);
  expect(p, what).toBeLessThan(0.999);
};

function winnersOf(run: number, tickets: Uint32Array, prizes: number, again: Terms['rules']['again']): number[] {
  const selection = openSelection(
    { prizes: [{ name: 'Prize', tier: 1, quantity: prizes }], rules: { again, absent: 'redraw' } },
    tickets,
    bytesToHex(seedOf(run)),
  );
  return Array.from({ length: prizes }, () => selection.draw(1, false) as number);
}

describe('the measure itself', () => {
  it('knows the tables', () => {
    // Critical values of 6, 99 and 999 degrees of freedom at p = 0.05, as two cells-worth of counts cannot be had: by the statistic.
    const p = (cells: number, statistic: number) => {
      const expected = 1_000;
      const lift = Math.sqrt((statistic * expected) / 2);
      const counts = Array.from({ length: cells }, () => expected);
      counts[0] = expected + lift;
      counts[1] = expected - lift;
      return chiSquareP(counts);
    };
    expect(p(7, 12.592)).toBeCloseTo(0.05, 4);
    expect(p(100, 123.225)).toBeCloseTo(0.05, 4);
    expect(p(1_000, 1_073.643)).toBeCloseTo(0.05, 4);
  });
});

describe(`over ${RUNS} draws everybody is as likely as anybody`, () => {
  it.each([
    [7, 1],
    [7, 3],
    [100, 1],
    [100, 10],
    [1_000, 1],
    [1_000, 5],
  ])(
    'of %i entrants, for each of %i prizes',
    (entrants, prizes) => {
      const counts = Array.from({ length: prizes }, () => new Uint32Array(entrants));
      const tickets = new Uint32Array(entrants).fill(1);
      for (let run = 0; run < RUNS; run += 1) {
        winnersOf(run, tickets, prizes, 'never').forEach((entrant, place) => (counts[place]![entrant - 1]! += 1));
      }
      counts.forEach((count, place) => fair(chiSquareP(count), `prize ${place + 1}`));
    },
    900_000,
  );

  it('by their tickets, whoever may win again', () => {
    const weights = [1, 2, 3, 4];
    const counts = new Uint32Array(weights.length);
    for (let run = 0; run < RUNS; run += 1)
      for (const entrant of winnersOf(run, Uint32Array.from(weights), 2, 'always')) counts[entrant - 1]! += 1;
    fair(chiSquareP(counts, weights), 'tickets');
  }, 900_000);
});

it('every order of seven comes, and none more often', () => {
  const seen = new Map<string, number>();
  const tickets = new Uint32Array(7).fill(1);
  const runs = Math.max(RUNS, 100_000);
  for (let run = 0; run < runs; run += 1) {
    const order = winnersOf(run, tickets, 7, 'never').join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(5_040);
  fair(chiSquareP([...seen.values()]), 'orders');
}, 900_000);

describe('a word of a few bits, in which a bias shows', () => {
  const words = (bits: number) => {
    const take = openStream(seedOf(1));
    return () => take() >>> (32 - bits);
  };
  const counted = (n: number, draw: () => number) => {
    const counts = new Uint32Array(n);
    for (let run = 0; run < 100_000; run += 1) counts[draw()]! += 1;
    return chiSquareP(counts);
  };
  it.each([
    [7, 4],
    [100, 8],
    [1_000, 11],
  ])('is fair for %i by rejection, and is found out without it', (n, bits) => {
    const right = words(bits);
    fair(
      counted(n, () => below(n, right, bits)),
      'by rejection',
    );
    const mutant = words(bits);
    expect(counted(n, () => mutant() % n)).toBeLessThan(0.001);
  });
});

it('the order in which people came does not matter', () => {
  const people = Array.from({ length: 50 }, (_, n) => ({
    key: bytesToHex(hashOf('person', u32(n))),
    tickets: 1 + (n % 3),
    full: `Person ${n}`,
    short: `P ${n}`,
  }));
  const order = numbered(people);
  for (let run = 0; run < 20; run += 1) {
    const take = openStream(seedOf(run));
    const shuffled = [...people];
    for (let at = shuffled.length - 1; at > 0; at -= 1) {
      const other = below(at + 1, take);
      [shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!];
    }
    expect(numbered(shuffled)).toEqual(order);
  }
});
