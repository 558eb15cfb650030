import type { Rehearsal, RehearsalCheck } from '../../../contract/rehearsals.ts';

export interface Group {
  /** null: about all of it */
  screen: { id: string; name: string } | null;
  checks: RehearsalCheck[];
}

/** The checklist by screen, in its order. */
export function groupsOf(checks: readonly RehearsalCheck[]): Group[] {
  const groups: Group[] = [];
  for (const check of checks) {
    const id = check.screen ? check.screen.id : null;
    const known = groups.find(({ screen }) => (screen ? screen.id : null) === id);
    if (known) known.checks.push(check);
    else groups.push({ screen: check.screen, checks: [check] });
  }
  return groups;
}

export type Verdict = 'good' | 'wait' | 'bad';

/** The worst that was found; what nobody could know makes nothing green. */
export function verdictOf(checks: readonly RehearsalCheck[]): Verdict {
  if (checks.some(({ tone }) => tone === 'bad')) return 'bad';
  return checks.every(({ tone }) => tone === 'good') ? 'good' : 'wait';
}

export const greenOf = (checks: readonly RehearsalCheck[]): number =>
  checks.filter(({ tone }) => tone === 'good').length;

export const isUnderWay = (rehearsal: Rehearsal): boolean => rehearsal.phase !== 'ended';

const DAY_MS = 86_400_000;
const SOON_MS = 7 * DAY_MS;

/** Whether an event begins within a week: then it is time to rehearse. */
export function isSoon(startsAt: string | null, now: Date): boolean {
  const ahead = startsAt ? Date.parse(startsAt) - now.getTime() : -1;
  return ahead > 0 && ahead <= SOON_MS;
}
