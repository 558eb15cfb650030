import type * as z from 'zod';

const list = (values: readonly unknown[]): string => values.map(String).join(', ');

/** What a size counts, by the kind of value. */
const UNITS: Record<string, string> = { string: ' characters', array: ' entries', set: ' entries' };
const bound = (origin: string, size: unknown, end: 'at most' | 'at least'): string =>
  `must ${UNITS[origin] ? 'have' : 'be'} ${String(size)}${UNITS[origin] ?? ''} ${end}`;

/**
 * A refusal of zod as a sentence goes on: “body.latitude”: must be 90 at most. What a schema says in words of its own
 * is said in those.
 * @returns undefined for what zod says well enough
 */
export function toWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1 ? `must be ${list(issue.values)}` : `must be one of ${list(issue.values)}`;
    case 'too_big':
      return bound(issue.origin, issue.maximum, 'at most');
    case 'too_small':
      return bound(issue.origin, issue.minimum, 'at least');
    case 'unrecognized_keys':
      return `must not have ${list(issue.keys)}`;
    default:
      return undefined;
  }
}
