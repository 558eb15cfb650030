import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { ProvenEntrant, Terms } from '../../../contract/draws/proof.ts';
import { hashOf, join, u32 } from './bytes.ts';

/** Somebody who takes part, before they have a number. */
export interface Candidate {
  /** opaque, hexadecimal: who it is, wherever they came from */
  key: string;
  tickets: number;
  full: string;
  short: string;
}

export interface Entrant extends Candidate {
  /** from 1 */
  number: number;
}

type Form = 'full' | 'short';

export const guestKey = (drawId: string, guestId: string): string => bytesToHex(hashOf('guest', 0, drawId, 0, guestId));
export const lineKey = (drawId: string, line: string): string => bytesToHex(hashOf('line', 0, drawId, 0, line));

/** In canonical order, whatever order they came in. */
export const numbered = (candidates: readonly Candidate[]): Entrant[] =>
  candidates
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map((candidate, index) => ({ ...candidate, number: index + 1 }));

/** @param secret 32 bytes of the draw, which nobody else ever sees */
export const saltOf = (secret: Uint8Array, form: Form, number: number): Uint8Array =>
  hmac(sha256, secret, join(form, 0, u32(number))).subarray(0, 16);

export const hidden = (salt: Uint8Array, text: string): Uint8Array => hashOf(0x02, salt, text);

const leafOf = (number: number, tickets: number, full: Uint8Array, short: Uint8Array): Uint8Array =>
  hashOf(0x00, u32(number), u32(tickets), full, short);

/** What of an entrant the tree is made of. */
export const leafOfEntrant = (secret: Uint8Array, { number, tickets, full, short }: Entrant): Uint8Array =>
  leafOf(number, tickets, hidden(saltOf(secret, 'full', number), full), hidden(saltOf(secret, 'short', number), short));

/** An entrant as a proof shows them: one form open, or none. */
export function provenEntrant(secret: Uint8Array, entrant: Entrant, names: Terms['names']): ProvenEntrant {
  const formOf = (form: Form) => {
    const salt = saltOf(secret, form, entrant.number);
    return names === form ? { text: entrant[form], salt: bytesToHex(salt) } : bytesToHex(hidden(salt, entrant[form]));
  };
  return { number: entrant.number, tickets: entrant.tickets, full: formOf('full'), short: formOf('short') };
}

/** The leaf of an entrant of whom only the proof is known. */
export function leafOfProven({ number, tickets, full, short }: ProvenEntrant): Uint8Array {
  const bytesOf = (form: ProvenEntrant['full']) =>
    typeof form === 'string' ? hexToBytes(form) : hidden(hexToBytes(form.salt), form.text);
  return leafOf(number, tickets, bytesOf(full), bytesOf(short));
}
