import type { Proof } from '../../../contract/draws/proof.ts';
import { fromHex, sha256, whole } from './crypto.ts';

type Entrant = Proof['entrants'][number];

/** So many are hashed at once: the page stays quick, and says how far it is. */
const AT_ONCE = 500;

const hiddenOf = async (form: Entrant['full']): Promise<Uint8Array> =>
  typeof form === 'string' ? fromHex(form) : sha256(2, fromHex(form.salt), form.text);

const leafOf = async ({ number, tickets, full, short }: Entrant): Promise<Uint8Array> =>
  sha256(0, whole(number, 4), whole(tickets, 4), await hiddenOf(full), await hiddenOf(short));

async function inTurns<T, R>(all: readonly T[], work: (one: T) => Promise<R>, onDone: (count: number) => void) {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    done.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(work))));
    onDone(done.length);
  }
  return done;
}

/** The root of the tree over all entrants (RFC 9162, 2.1.1). @param onProgress share that is done, 0 to 1 */
export async function rootOf(entrants: readonly Entrant[], onProgress: (share: number) => void): Promise<Uint8Array> {
  let level = await inTurns(entrants, leafOf, (count) => onProgress((count / entrants.length) * 0.7));
  while (level.length > 1) {
    const pairs: Uint8Array[][] = [];
    for (let at = 0; at < level.length; at += 2) pairs.push(level.slice(at, at + 2));
    // Who has no neighbour goes up as they are: that is the same tree as splitting at the largest power of two.
    level = await inTurns(
      pairs,
      async ([left, right]) => (right ? sha256(1, left as Uint8Array, right) : (left as Uint8Array)),
      () => undefined,
    );
  }
  onProgress(1);
  return level[0] as Uint8Array;
}
