import type { LedgerEntry, LedgerRecord, Terms, Winner } from '../../../contract/draws/proof.ts';
import { DomainError } from '../../errors.ts';
import { chained } from './ledger.ts';
import { openSelection, type Selection } from './selection.ts';

/** Who did it, as the ledger names them, and when. */
export interface Doing {
  /** ISO 8601, UTC, milliseconds */
  at: string;
  by: string;
}

type Said = 'n' | 'at' | 'by';
type Fact = LedgerRecord extends infer One ? (One extends LedgerRecord ? Omit<One, Said> : never) : never;

interface Holding extends Winner {
  state: 'open' | 'claimed' | 'ended';
}

/** A draw whose terms are frozen, from its ledger. Each act returns the entries it has added, and forgets nothing. */
export interface Play {
  readonly ledger: readonly LedgerEntry[];
  /** every unit has been drawn */
  isDrawn(): boolean;
  ended(): 'cancelled' | 'completed' | null;
  winners(): Winner[];
  /** Draws every unit that has not been drawn. @param seed hexadecimal */
  run(seed: string, doing: Doing): LedgerEntry[];
  /** Ends a win, and draws its unit again. */
  redraw(seed: string, end: { kind: 'absent' | 'forfeited'; win: number; reason: string }, doing: Doing): LedgerEntry[];
  claim(win: number, doing: Doing): LedgerEntry[];
  cancel(reason: string, doing: Doing): LedgerEntry[];
  complete(doing: Doing): LedgerEntry[];
}

const refuse = (
  code: 'draw.ended' | 'draw.not_drawn' | 'draw.win_ended' | 'draw.winner_stays',
  detail: string,
): never => {
  throw new DomainError(code, detail);
};

/** Every piece of every prize, in the order in which they are drawn. */
const piecesOf = ({ prizes }: Pick<Terms, 'prizes'>) =>
  prizes.flatMap(({ quantity }, index) =>
    Array.from({ length: quantity }, (_, unit) => ({ prize: index + 1, unit: unit + 1 })),
  );

/**
 * @param tickets of each entrant, in the order of their numbers
 * @param commitment hexadecimal; what the first entry is joined to
 * @param known entries that are known to be right, because they were written here
 */
export function openPlay(
  terms: Pick<Terms, 'prizes' | 'rules' | 'frozenAt'>,
  tickets: Uint32Array,
  commitment: string,
  known: readonly LedgerEntry[] = [],
): Play {
  const ledger: LedgerEntry[] = [];
  const holdings = new Map<number, Holding>();
  const pieces = piecesOf(terms);
  let drawn = 0;
  let end: 'cancelled' | 'completed' | null = null;

  function take(entry: LedgerEntry): void {
    ledger.push(entry);
    switch (entry.kind) {
      case 'won':
        holdings.set(entry.n, {
          prize: entry.prize,
          unit: entry.unit,
          entrant: entry.entrant,
          win: entry.n,
          state: 'open',
        });
        if (entry.replaces === null) drawn += 1;
        break;
      case 'unfilled':
        if (entry.replaces === null) drawn += 1;
        break;
      case 'absent':
      case 'forfeited':
        (holdings.get(entry.win) as Holding).state = 'ended';
        break;
      case 'claimed':
        (holdings.get(entry.win) as Holding).state = 'claimed';
        break;
      default:
        end = entry.kind;
    }
  }
  known.forEach(take);

  function add(doing: Doing, ...facts: Fact[]): LedgerEntry[] {
    return facts.map((fact) => {
      const last = ledger.at(-1);
      // Clocks differ, and are set back: the ledger never runs backwards, nor begins before the freeze.
      const before = last?.at ?? terms.frozenAt;
      const at = before > doing.at ? before : doing.at;
      const entry = chained(last?.hash ?? commitment, {
        ...fact,
        n: ledger.length + 1,
        at,
        by: doing.by,
      } as LedgerRecord);
      take(entry);
      return entry;
    });
  }

  /** The selection where the ledger has left it. */
  function selectionSoFar(seed: string): Selection {
    const selection = openSelection(terms, tickets, seed);
    for (const entry of ledger) {
      if (entry.kind === 'won' || entry.kind === 'unfilled') selection.draw(entry.prize, entry.replaces !== null);
      if (entry.kind === 'absent' || entry.kind === 'forfeited') {
        selection.leave((holdings.get(entry.win) as Holding).entrant);
      }
    }
    return selection;
  }

  const outcome = (selection: Selection, piece: { prize: number; unit: number }, replaces: number | null): Fact => {
    const entrant = selection.draw(piece.prize, replaces !== null);
    return entrant === null ? { kind: 'unfilled', ...piece, replaces } : { kind: 'won', ...piece, replaces, entrant };
  };
  const openWin = (win: number): Holding => {
    const holding = holdings.get(win);
    if (holding?.state !== 'open') {
      return refuse('draw.win_ended', 'This win is not open: it was claimed, or drawn again. Look at the list again.');
    }
    return holding;
  };

  return {
    ledger,
    isDrawn: () => drawn === pieces.length,
    ended: () => end,
    winners: () => {
      const placeOf = ({ prize, unit }: Winner) => prize * 10_000 + unit;
      return [...holdings.values()]
        .filter(({ state }) => state !== 'ended')
        .map(({ prize, unit, entrant, win }) => ({ prize, unit, entrant, win }))
        .sort((a, b) => placeOf(a) - placeOf(b));
    },
    run(seed, doing) {
      if (end === 'cancelled') return refuse('draw.ended', 'This draw was cancelled. Set up a new one.');
      const selection = selectionSoFar(seed);
      return pieces.slice(drawn).flatMap((piece) => add(doing, outcome(selection, piece, null)));
    },
    redraw(seed, { kind, win, reason }, doing) {
      if (end) return refuse('draw.ended', 'This draw has ended. Nothing of it is drawn again.');
      if (drawn < pieces.length) return refuse('draw.not_drawn', 'Nothing has been drawn yet. Run the draw first.');
      if (kind === 'absent' && terms.rules.absent === 'keep') {
        return refuse('draw.winner_stays', 'By the terms of this draw whoever is absent keeps the prize.');
      }
      const { prize, unit } = openWin(win);
      const ends = add(doing, { kind, win, reason });
      return [...ends, ...add(doing, outcome(selectionSoFar(seed), { prize, unit }, win))];
    },
    claim(win, doing) {
      if (end === 'cancelled') return refuse('draw.ended', 'This draw was cancelled. Its prizes cannot be claimed.');
      openWin(win);
      return add(doing, { kind: 'claimed', win });
    },
    cancel(reason, doing) {
      if (end) return refuse('draw.ended', 'This draw has ended already.');
      return add(doing, { kind: 'cancelled', reason });
    },
    complete(doing) {
      if (end) return refuse('draw.ended', 'This draw has ended already.');
      if (drawn < pieces.length) return refuse('draw.not_drawn', 'Nothing has been drawn yet. Run the draw first.');
      return add(doing, { kind: 'completed' });
    },
  };
}
