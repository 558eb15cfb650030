import { createHmac } from 'node:crypto';
import type { Proof } from '../../contract/draws/proof.ts';
import { demand, hex } from './primitives.ts';

function* wordsOf(seed: string): Generator<number, never> {
  for (let block = 0n; ; block += 1n) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(block);
    const bytes = createHmac('sha256', hex(seed)).update(counter).digest();
    for (let at = 0; at < bytes.length; at += 4) yield bytes.readUInt32BE(at);
  }
}

function below(n: number, words: Generator<number, never>): number {
  if (n === 1) return 0;
  const limit = Math.floor(2 ** 32 / n) * n;
  let word = words.next().value;
  while (word >= limit) word = words.next().value;
  return word % n;
}

/** Draws everything anew, and compares. */
export function checkSelection({ terms, entrants, ledger }: Proof, seed: string): void {
  const { again } = terms.rules;
  const words = wordsOf(seed);
  const all = new Uint32Array(terms.entrants.tickets);
  let end = 0;
  for (const { number, tickets } of entrants) all.fill(number, end, (end += tickets));

  const lost = new Set<number>();
  const drawnFor = new Map<number, Set<number>>();
  const entrantOf = new Map<number, number>();
  let pass = all;
  let step = 0;
  let lastTier: number | null = null;
  for (const record of ledger) {
    if (record.kind === 'absent' || record.kind === 'forfeited') lost.add(entrantOf.get(record.win) as number);
    if (record.kind !== 'won' && record.kind !== 'unfilled') continue;
    const { tier } = terms.prizes[record.prize - 1] as Proof['terms']['prizes'][number];
    const isNew =
      lastTier === null || again === 'always' || (again === 'tier' && (record.replaces !== null || tier !== lastTier));
    if (isNew) {
      pass = all.slice();
      step = 0;
    }
    lastTier = tier;
    const scope = again === 'never' ? 0 : tier;
    const drawn = drawnFor.get(scope) ?? new Set<number>();
    drawnFor.set(scope, drawn);

    let found: number | null = null;
    while (found === null && step < pass.length) {
      const chosen = step + below(pass.length - step, words);
      const ticket = pass[chosen] as number;
      pass[chosen] = pass[step] as number;
      pass[step] = ticket;
      step += 1;
      if (!lost.has(ticket) && (again === 'always' || !drawn.has(ticket))) found = ticket;
    }
    const claimed = record.kind === 'won' ? record.entrant : null;
    demand(found === claimed, `Entry ${record.n} names ${claimed ?? 'nobody'}; the stream gives ${found ?? 'nobody'}.`);
    if (found === null) continue;
    drawn.add(found);
    entrantOf.set(record.n, found);
  }
}
