import type { LedgerRecord, Terms, Winner } from '../../contract/draws/proof.ts';
import { demand } from './primitives.ts';

export interface Replay {
  take(record: LedgerRecord): void;
  /** Nothing may be left to do by an entry that is not there. */
  end(): void;
  winners(): Winner[];
}

/** Whether what a ledger says may happen. @param isSeeded the beacon has spoken */
export function openReplay({ prizes, rules }: Terms, isSeeded: boolean): Replay {
  const units = prizes.flatMap(({ quantity }, at) => [...Array(quantity).keys()].map((n) => [at + 1, n + 1] as const));
  const wins = new Map<number, Winner & { isOpen: boolean; isLost: boolean }>();
  let drawn = 0;
  /** the win whose unit the next entry has to draw again */
  let awaited: number | null = null;
  let end: 'cancelled' | 'completed' | null = null;

  function checkUnit(record: Extract<LedgerRecord, { kind: 'won' | 'unfilled' }>): void {
    demand(isSeeded, `Entry ${record.n} draws although the beacon has not spoken.`);
    demand(end === null, `Entry ${record.n} draws after the end.`);
    if (awaited === null) {
      const [prize, unit] = units[drawn] ?? [];
      const isNext = record.prize === prize && record.unit === unit && record.replaces === null;
      demand(isNext, `Entry ${record.n} is not the unit whose turn it is.`);
      drawn += 1;
    } else {
      const before = wins.get(awaited);
      const isSame = record.replaces === awaited && record.prize === before?.prize && record.unit === before.unit;
      demand(isSame, `Entry ${record.n} does not draw again what entry ${awaited} had.`);
      awaited = null;
    }
  }

  /** The win that an entry is about, which has not ended yet. */
  function openWin(n: number, win: number) {
    const found = wins.get(win);
    demand(found?.isOpen === true, `Entry ${n} is about a win that is none, or has ended.`);
    found.isOpen = false;
    return found;
  }

  return {
    take(record) {
      const { n, kind } = record;
      demand(end !== 'cancelled', `Entry ${n} comes after the draw was cancelled.`);
      const isDraw = kind === 'won' || kind === 'unfilled';
      demand(awaited === null || isDraw, `Entry ${n} comes where a unit has to be drawn again.`);
      if (isDraw) checkUnit(record);
      if (kind === 'won') {
        const { prize, unit, entrant } = record;
        wins.set(n, { prize, unit, entrant, win: n, isOpen: true, isLost: false });
      }
      if (kind === 'absent' || kind === 'forfeited') {
        demand(end === null && drawn === units.length, `Entry ${n} ends a win before all is drawn, or after the end.`);
        demand(
          kind === 'forfeited' || rules.absent === 'redraw',
          `Entry ${n}: by the terms, the absent keep the prize.`,
        );
        openWin(n, record.win).isLost = true;
        awaited = record.win;
      }
      if (kind === 'claimed') openWin(n, record.win);
      if (kind === 'cancelled' || kind === 'completed') {
        demand(end === null, `Entry ${n} ends what has ended.`);
        demand(kind === 'cancelled' || drawn === units.length, `Entry ${n} ends the draw before all is drawn.`);
        end = kind;
      }
    },
    end() {
      demand(awaited === null, 'The last entry leaves a unit that has to be drawn again.');
      const isWhole = drawn === units.length || drawn === 0;
      demand(isWhole, 'The ledger ends before all is drawn.');
    },
    winners: () =>
      [...wins.values()]
        .filter(({ isLost }) => !isLost)
        .sort((one, other) => one.prize - other.prize || one.unit - other.unit)
        .map(({ prize, unit, entrant, win }) => ({ prize, unit, entrant, win })),
  };
}
