import { bytesToHex } from '@noble/hashes/utils.js';
import { DRAW_ALGORITHM, PROOF_FORMAT } from '../../../contract/draws/constants.ts';
import type { Evidence, LedgerEntry, Proof, Terms, Winner } from '../../../contract/draws/proof.ts';
import { leafOfEntrant, provenEntrant, type Entrant } from './entrants.ts';
import { merkleRoot } from './merkle.ts';
import { commitmentOf } from './terms.ts';

/** Terms with the tree over their entrants, and their commitment. @param secret 32 bytes, which are kept and not shown */
export function frozen(
  terms: Omit<Terms, 'algorithm' | 'entrants'>,
  entrants: readonly Entrant[],
  secret: Uint8Array,
): { terms: Terms; commitment: string } {
  const whole: Terms = {
    algorithm: DRAW_ALGORITHM,
    ...terms,
    entrants: {
      count: entrants.length,
      tickets: entrants.reduce((sum, { tickets }) => sum + tickets, 0),
      root: bytesToHex(merkleRoot(entrants.map((entrant) => leafOfEntrant(secret, entrant)))),
    },
  };
  return { terms: whole, commitment: commitmentOf(whole) };
}

/** The proof file of a draw, as it stands. */
export const proofOf = (
  { terms, commitment }: { terms: Terms; commitment: string },
  entrants: readonly Entrant[],
  secret: Uint8Array,
  drawn: { evidence: Evidence | null; seed: string | null; ledger: readonly LedgerEntry[]; winners: Winner[] },
): Proof => ({
  format: PROOF_FORMAT,
  terms,
  commitment,
  entrants: entrants.map((entrant) => provenEntrant(secret, entrant, terms.names)),
  evidence: drawn.evidence,
  seed: drawn.seed,
  ledger: [...drawn.ledger],
  head: drawn.ledger.at(-1)?.hash ?? commitment,
  winners: drawn.winners,
});
