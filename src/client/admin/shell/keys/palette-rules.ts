import type { IconName } from '../nav/icons.tsx';
import { fuzzyMatch } from './fuzzy-rules.ts';

export interface Finding {
  id: string;
  group: 'recent' | 'command' | 'page' | 'event' | 'shell';
  label: string;
  /** what tells two of the same name apart: an event's date */
  hint?: string;
  icon: IconName;
  keys?: string | readonly string[];
  disabledReason?: string | null;
  run: () => void;
}

/** A finding as it is shown, with the places of its label that matched. */
export interface Shown {
  finding: Finding;
  places: number[];
}

const GROUPS: Finding['group'][] = ['recent', 'command', 'page', 'event', 'shell'];
const MOST = 50;
/** Without a query events would bury everything else. */
const MOST_EVENTS_UNASKED = 6;

/**
 * What the palette lists. Without a query: what was used last, then the page's commands, pages, some events,
 * and what is there everywhere.
 * With one: the best first, whatever they are; what was used lately wins among equals.
 */
export function find(all: readonly Finding[], query: string, recent: readonly string[]): Shown[] {
  if (!query.trim()) {
    const used = recent.reduce<Finding[]>((found, id) => {
      const one = all.find((candidate) => candidate.id === id);
      return one ? found.concat({ ...one, group: 'recent' }) : found;
    }, []);
    const rest = all.filter(({ id }) => !recent.includes(id));
    const events = rest.filter(({ group }) => group === 'event').slice(0, MOST_EVENTS_UNASKED);
    const listed = used.concat(rest.filter(({ group }) => group !== 'event')).concat(events);
    return GROUPS.reduce<Finding[]>((found, group) => found.concat(listed.filter((one) => one.group === group)), [])
      .slice(0, MOST)
      .map((finding) => ({ finding, places: [] }));
  }
  const matches: (Shown & { score: number })[] = [];
  for (const finding of all) {
    const match = fuzzyMatch(query, finding.label);
    const other = match || !finding.hint ? null : fuzzyMatch(query, `${finding.label} ${finding.hint}`);
    if (!match && !other) continue;
    const used = recent.indexOf(finding.id);
    const bonus = used < 0 ? 0 : 3 - used * 0.5;
    matches.push({ finding, places: match ? match.places : [], score: (match || other!).score + bonus });
  }
  return matches
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ finding, places }) => ({ finding, places }));
}

/** The place after a step, going round at the ends. */
export const step = (place: number, by: number, length: number): number =>
  length === 0 ? 0 : (place + by + length) % length;
