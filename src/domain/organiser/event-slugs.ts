import { skeletonOf, slugCandidates, slugFromName, slugRefusal } from '../../contract/values/slugs.ts';
import { findAlike, lockSlugs } from '../../db/event-writes.ts';
import type { TenantTx } from '../../db/scope.ts';
import { DomainError } from '../errors.ts';

const CHANCE_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four characters that nobody can foresee and that are not taken for one another. */
const chance = (): string =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(4)),
    (byte) => CHANCE_LETTERS[byte % CHANCE_LETTERS.length] ?? 'x',
  ).join('');

const REFUSED = {
  reserved: 'is reserved, or too easily taken for one that is',
  id_shaped: 'looks like an id',
  punycode: 'looks like the code of another script',
} as const;

/**
 * The address of an event: the one asked for, or one made of its name. The transaction then holds the
 * tenant's lock on addresses, so that nobody takes one like it meanwhile.
 * @param wanted null: any that suits the name
 * @param eventId the event that has an address already; null for a new one
 * @throws DomainError event.slug_taken, event.slug_refused, both with a free one as `suggestion`
 */
export async function chooseSlug(
  tx: TenantTx,
  tenantId: string,
  input: { wanted: string | null; name: string; eventId: string | null },
): Promise<string> {
  await lockSlugs(tx, tenantId);
  const { wanted } = input;
  const first = wanted ?? slugFromName(input.name);
  const candidates = slugCandidates(first, chance());
  const alike = await findAlike(tx, tenantId, first === '' ? candidates : [first, ...candidates], input.eventId);
  const taken = new Set(alike.map((row) => row.skeleton));
  const isFree = (slug: string) => slug !== '' && !slugRefusal(slug) && !taken.has(skeletonOf(slug));
  if (isFree(first)) return first;
  const suggestion = candidates.find(isFree);
  if (wanted === null) {
    if (suggestion) return suggestion;
    throw new DomainError('event.slug_refused', 'No free address could be made of that name. Choose one.');
  }
  const members = suggestion ? { suggestion } : {};
  const instead = suggestion ? `Take “${suggestion}”, or choose another one.` : 'Choose another one.';
  const refusal = slugRefusal(wanted);
  if (refusal) throw new DomainError('event.slug_refused', `“${wanted}” ${REFUSED[refusal]}. ${instead}`, { members });
  if (alike.some((row) => row.slug === wanted)) {
    throw new DomainError('event.slug_taken', `“${wanted}” is the address of another event. ${instead}`, { members });
  }
  const other = alike.find((row) => row.skeleton === skeletonOf(wanted));
  throw new DomainError(
    'event.slug_refused',
    `“${wanted}” is too easily taken for “${other ? other.slug : ''}”, which is another event. ${instead}`,
    { members },
  );
}
