/* Which dates of an event go together. Pure, so that the console says so before the server has to. */

export const DATE_FIELDS = ['startsAt', 'endsAt', 'opensAt', 'closesAt', 'revealAt', 'deleteAt'] as const;
export type DateField = (typeof DATE_FIELDS)[number];

/** ISO 8601 instants; null for none. */
export type EventDates = Record<DateField, string | null>;

export type DateProblem =
  | { field: DateField; kind: 'out_of_range' }
  /** it must come after that other one; a reveal may be at the same moment */
  | { field: DateField; kind: 'order'; after: DateField }
  | { field: 'deleteAt'; kind: 'past' };

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

const ORDER: [field: DateField, after: DateField, mayBeSame: boolean][] = [
  ['endsAt', 'startsAt', false],
  ['closesAt', 'opensAt', false],
  ['revealAt', 'startsAt', true],
  ['revealAt', 'opensAt', true],
  ['deleteAt', 'startsAt', false],
  ['deleteAt', 'endsAt', false],
  ['deleteAt', 'opensAt', false],
  ['deleteAt', 'closesAt', false],
  ['deleteAt', 'revealAt', false],
];

/**
 * @param now milliseconds; give it where the date of deletion is being set, which must then lie ahead
 * @returns one problem a field at most, in the order of the fields
 */
export function dateProblems(dates: EventDates, now: number | null): DateProblem[] {
  const at = (field: DateField): number | null => {
    const value = dates[field];
    return value === null ? null : Date.parse(value);
  };
  return DATE_FIELDS.flatMap((field): DateProblem[] => {
    const own = at(field);
    if (own === null) return [];
    if (!(own >= EARLIEST && own < LATEST)) return [{ field, kind: 'out_of_range' }];
    for (const [later, after, mayBeSame] of ORDER) {
      const other = later === field ? at(after) : null;
      if (other !== null && (mayBeSame ? own < other : own <= other)) return [{ field, kind: 'order', after }];
    }
    return field === 'deleteAt' && now !== null && own <= now ? [{ field, kind: 'past' }] : [];
  });
}
