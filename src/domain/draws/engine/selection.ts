import { hexToBytes } from '@noble/hashes/utils.js';
import type { Terms } from '../../../contract/draws/proof.ts';
import { below, openStream, type TakeWord } from './stream.ts';

/** A partial Fisher–Yates shuffle of so many tickets, of which only what has moved is kept. */
function openPass(size: number, take: TakeWord): () => number | null {
  const moved = new Map<number, number>();
  let step = 0;
  return () => {
    if (step >= size) return null;
    const chosen = step + below(size - step, take);
    const ticket = moved.get(chosen) ?? chosen;
    moved.set(chosen, moved.get(step) ?? step);
    moved.delete(step);
    step += 1;
    return ticket;
  };
}

export interface Selection {
  /**
   * Draws a unit of a prize, by its place from 1; the entrant's number, or null when nobody is left.
   * @param again this unit has been drawn before
   */
  draw(prize: number, again: boolean): number | null;
  /** Takes somebody out for good: they were absent, or declined. */
  leave(entrant: number): void;
}

/**
 * Goes through a draw as its specification says. Its whole state follows from what it was asked, so whoever has the
 * ledger can open it anew and ask the same.
 * @param tickets of each entrant, in the order of their numbers
 * @param seed hexadecimal
 */
export function openSelection(
  { prizes, rules }: Pick<Terms, 'prizes' | 'rules'>,
  tickets: Uint32Array,
  seed: string,
): Selection {
  const take = openStream(hexToBytes(seed));
  const owner = new Uint32Array(tickets.reduce((sum, count) => sum + count, 0));
  let filled = 0;
  for (const [index, count] of tickets.entries()) {
    owner.fill(index + 1, filled, filled + count);
    filled += count;
  }
  const left = new Set<number>();
  const drawn = new Map<number, Set<number>>();
  let pass: (() => number | null) | null = null;
  let lastTier: number | null = null;

  const begins = (tier: number, again: boolean): boolean => {
    if (!pass || rules.again === 'always') return true;
    return rules.again === 'tier' && (again || tier !== lastTier);
  };
  return {
    draw(prize, again) {
      const terms = prizes[prize - 1];
      if (!terms) throw new RangeError(`there is no prize ${prize}`);
      if (begins(terms.tier, again)) pass = openPass(owner.length, take);
      lastTier = terms.tier;
      const scope = rules.again === 'never' ? 0 : terms.tier;
      const before = drawn.get(scope) ?? new Set();
      drawn.set(scope, before);
      for (;;) {
        const ticket = pass?.() ?? null;
        if (ticket === null) return null;
        const entrant = owner[ticket] as number;
        if (left.has(entrant) || (rules.again !== 'always' && before.has(entrant))) continue;
        before.add(entrant);
        return entrant;
      }
    },
    leave: (entrant) => void left.add(entrant),
  };
}
