import type { Screen } from '../../../../contract/screens.ts';

type Live = NonNullable<Screen['live']>;
export type Check = NonNullable<Live['preflight']>[number];

/** When a screen last checked itself; empty: never, as far as is known. */
export const checkedAt = ({ live }: Pick<Screen, 'live'>): string => (live && live.checkedAt) || '';

/** How many of its checks failed; null: it has not been checked. */
export const badOf = ({ live }: Pick<Screen, 'live'>): number | null =>
  live && live.preflight ? live.preflight.filter(({ ok }) => !ok).length : null;

/** A round of checks: who was asked, and when each had last checked itself by then. */
export type Round = Readonly<Record<string, string>>;

export const roundOf = (screens: readonly Screen[]): Round => {
  const round: Record<string, string> = {};
  for (const screen of screens) round[screen.id] = checkedAt(screen);
  return round;
};

/** @returns how many were asked, have answered since, and found something */
export function standing(round: Round, screens: readonly Screen[]): { total: number; done: number; bad: number } {
  const answered = screens.filter((screen) => screen.id in round && checkedAt(screen) !== round[screen.id]);
  return {
    total: Object.keys(round).length,
    done: answered.length,
    bad: answered.filter((screen) => badOf(screen) !== 0).length,
  };
}
