/** What canonical JSON is made of: no fractions, so that no two implementations can print a number differently. */
export type Canonical =
  string | number | boolean | null | readonly Canonical[] | { readonly [name: string]: Canonical };

/**
 * Canonical JSON (RFC 8785) of whole numbers, text and what is built of them.
 * @throws RangeError for a number that is not whole, negative, or beyond 2^53 - 1
 */
export function canonicalJson(value: Canonical): string {
  if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0)) {
    throw new RangeError(`${value} has no canonical form here`);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one: Canonical) => canonicalJson(one)).join(',')}]`;
  const members = Object.entries(value as Record<string, Canonical>)
    // By UTF-16 code units, as JavaScript compares text anyway.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
