import type { Proof } from '../../../contract/draws/proof.ts';
import { fromHex, openHmac, whole } from './crypto.ts';

/** Words of the stream, a block ahead of whoever takes them. */
async function openWords(seed: string): Promise<() => Promise<number>> {
  const hmac = await openHmac(fromHex(seed));
  let words: number[] = [];
  let block = 0;
  return async () => {
    if (words.length === 0) {
      const view = new DataView((await hmac(whole(block++, 8))).buffer);
      words = [0, 4, 8, 12, 16, 20, 24, 28].map((at) => view.getUint32(at));
    }
    return words.shift() as number;
  };
}

/** The first entry of the ledger that names somebody else than the stream gives; null: there is none. */
export async function firstWrong({ terms, entrants, ledger }: Proof, seed: string): Promise<number | null> {
  const word = await openWords(seed);
  async function below(n: number): Promise<number> {
    if (n === 1) return 0;
    const limit = 4_294_967_296 - (4_294_967_296 % n);
    for (;;) {
      const taken = await word();
      if (taken < limit) return taken % n;
    }
  }

  const owners: number[] = [];
  for (const { number, tickets } of entrants) for (let n = 0; n < tickets; n++) owners.push(number);
  const { again } = terms.rules;
  const lost = new Set<number>();
  const drawn = new Map<number, Set<number>>();
  const winners = new Map<number, number>();
  let rest: number[] | null = null;
  let tierOfPass = 0;

  async function draw(tier: number, isAgain: boolean): Promise<number | null> {
    const isNew = !rest || again === 'always' || (again === 'tier' && (isAgain || tier !== tierOfPass));
    const pass: number[] = isNew || !rest ? owners.slice().reverse() : rest;
    rest = pass;
    tierOfPass = tier;
    const scope = again === 'never' ? 0 : tier;
    const before = drawn.get(scope) || new Set<number>();
    drawn.set(scope, before);
    // The tickets that are left lie backwards, so that the next one is the last.
    while (pass.length > 0) {
      const at = pass.length - 1 - (await below(pass.length));
      const ticket = pass[at] as number;
      pass[at] = pass[pass.length - 1] as number;
      pass.pop();
      if (lost.has(ticket) || (again !== 'always' && before.has(ticket))) continue;
      before.add(ticket);
      return ticket;
    }
    return null;
  }

  for (const entry of ledger) {
    if (entry.kind === 'absent' || entry.kind === 'forfeited') lost.add(winners.get(entry.win) as number);
    if (entry.kind !== 'won' && entry.kind !== 'unfilled') continue;
    const { tier } = terms.prizes[entry.prize - 1] as Proof['terms']['prizes'][number];
    const found = await draw(tier, entry.replaces !== null);
    if (found !== (entry.kind === 'won' ? entry.entrant : null)) return entry.n;
    if (found !== null) winners.set(entry.n, found);
  }
  return null;
}
