import type { Proof } from '../../../contract/draws/proof.ts';

type Entry = Proof['ledger'][number];

interface Holding {
  prize: number;
  unit: number;
  entrant: number;
  win: number;
  state: 'open' | 'claimed' | 'lost';
}

/** What a ledger comes to; null where it says what may not happen. @param hasSpoken whether the beacon has */
export function outcomeOf({ terms, ledger }: Proof, hasSpoken: boolean): Proof['winners'] | null {
  const due: { prize: number; unit: number }[] = [];
  terms.prizes.forEach(({ quantity }, at) => {
    for (let unit = 1; unit <= quantity; unit++) due.push({ prize: at + 1, unit });
  });
  const all = due.length;
  const holdings = new Map<number, Holding>();
  /** the holding whose unit has to be drawn again now */
  let again: Holding | null = null;
  let end: '' | 'cancelled' | 'completed' = '';

  function isDrawn(entry: Extract<Entry, { kind: 'won' | 'unfilled' }>): boolean {
    const wanted: { prize: number; unit: number } | undefined = again || due.shift();
    const replaces = again ? again.win : null;
    if (!hasSpoken || end || !wanted) return false;
    if (entry.prize !== wanted.prize || entry.unit !== wanted.unit || entry.replaces !== replaces) return false;
    again = null;
    const { prize, unit, n } = entry;
    if (entry.kind === 'won') holdings.set(n, { prize, unit, entrant: entry.entrant, win: n, state: 'open' });
    return true;
  }

  function mayBe(entry: Entry): boolean {
    if (end === 'cancelled') return false;
    if (entry.kind === 'won' || entry.kind === 'unfilled') return isDrawn(entry);
    if (again) return false;
    if (entry.kind === 'cancelled' || entry.kind === 'completed') {
      if (end || (entry.kind === 'completed' && due.length > 0)) return false;
      end = entry.kind;
      return true;
    }
    const holding = holdings.get(entry.win);
    if (!holding || holding.state !== 'open') return false;
    if (entry.kind === 'claimed') {
      holding.state = 'claimed';
      return true;
    }
    if (end || due.length > 0 || (entry.kind === 'absent' && terms.rules.absent === 'keep')) return false;
    holding.state = 'lost';
    again = holding;
    return true;
  }

  if (!ledger.every(mayBe) || again || (due.length > 0 && due.length < all)) return null;
  return Array.from(holdings.values())
    .filter(({ state }) => state !== 'lost')
    .sort((one, other) => one.prize - other.prize || one.unit - other.unit)
    .map(({ prize, unit, entrant, win }) => ({ prize, unit, entrant, win }));
}
