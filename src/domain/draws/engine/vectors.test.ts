import { readFileSync } from 'node:fs';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { proofSchema, type Proof, type Terms } from '../../../contract/draws/proof.ts';
import { hashOf } from './bytes.ts';
import { canonicalJson, type Canonical } from './canonical.ts';
import { randomnessOf } from './beacon.ts';
import { guestKey, leafOfProven, lineKey } from './entrants.ts';
import { inclusionProof, merkleRoot, rootByInclusion } from './merkle.ts';
import { openPlay } from './play.ts';
import { openSelection } from './selection.ts';
import { below, openStream } from './stream.ts';
import { commitmentOf, phraseOf, seedOf } from './terms.ts';

interface Vectors {
  canonical: { value: Canonical; text: string };
  keys: { guest: string; line: string };
  trees: { size: number; root: string; paths: string[][] }[];
  stream: { seed: string; words: number[] };
  below: { seed: string; limits: number[]; taken: number[] };
  phrase: { commitment: string };
  selections: {
    again: Terms['rules']['again'];
    tickets: number[];
    prizes: Terms['prizes'];
    seed: string;
    drawn: (number | null)[];
  }[];
  proofs: Proof[];
}

/** Made by another program in another language: reference.py beside it. */
const vectors = JSON.parse(readFileSync(new URL('../vectors/vectors.json', import.meta.url), 'utf8')) as Vectors;
const [DRAW, EVENT] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

describe('what draws, held to the vectors of the specification', () => {
  it('writes canonical JSON', () => {
    expect(canonicalJson(vectors.canonical.value)).toBe(vectors.canonical.text);
    for (const value of [0.5, -1, 2 ** 53, Number.NaN]) expect(() => canonicalJson([value])).toThrow(RangeError);
  });

  it('gives everybody their key', () => {
    expect({ guest: guestKey(DRAW, EVENT), line: lineKey(DRAW, 'Zoë 🎉') }).toEqual(vectors.keys);
  });

  it('grows trees, and shows each leaf its place in them and in no other', () => {
    const all = Array.from({ length: 11 }, (_, n) => hashOf(n));
    for (const { size, root, paths } of vectors.trees) {
      const leaves = all.slice(0, size);
      expect(bytesToHex(merkleRoot(leaves))).toBe(root);
      leaves.forEach((leaf, index) => {
        const path = inclusionProof(leaves, index);
        expect(path.map(bytesToHex)).toEqual(paths[index]);
        const found = (at: number, of = size, by = path) => {
          const bytes = rootByInclusion(leaf, at, of, by);
          return bytes && bytesToHex(bytes);
        };
        expect(found(index)).toBe(root);
        for (let other = 0; other < size; other += 1) if (other !== index) expect(found(other)).not.toBe(root);
        expect(found(index, size, [...path, leaf])).not.toBe(root);
        if (size > 1) expect(found(index, size, path.slice(1))).not.toBe(root);
        expect(found(size)).toBeNull();
      });
    }
  });

  it('takes words from the stream, and numbers from the words', () => {
    const take = openStream(hexToBytes(vectors.stream.seed));
    expect(vectors.stream.words.map(() => take())).toEqual(vectors.stream.words);
    const again = openStream(hexToBytes(vectors.below.seed));
    expect(vectors.below.limits.map((n) => below(n, again))).toEqual(vectors.below.taken);
    for (const n of [0, 2 ** 32 + 1, 1.5]) expect(() => below(n, again)).toThrow(RangeError);
  });

  it('says a commitment in four words', () => {
    expect(phraseOf(vectors.phrase.commitment)).toBe('zoo zoo zoo zoo');
    expect(phraseOf('0'.repeat(64))).toBe('abandon abandon abandon abandon');
    expect(phraseOf(`00200801804${'0'.repeat(53)}`)).toBe('ability able about above');
  });

  it.each(vectors.selections.map((one) => [one.again, one.tickets.length, one] as const))(
    'selects: %s twice, of %i',
    (again, _, { tickets, prizes, seed, drawn }) => {
      const selection = openSelection({ prizes, rules: { again, absent: 'redraw' } }, Uint32Array.from(tickets), seed);
      const found = prizes.flatMap(({ quantity }, prize) =>
        Array.from({ length: quantity }, () => selection.draw(prize + 1, false)),
      );
      selection.leave(found[0] as number);
      expect([...found, selection.draw(1, true)]).toEqual(drawn);
    },
  );

  it.each(vectors.proofs.map((proof) => [proof.terms.rules.again, proof] as const))(
    'plays a whole draw: %s twice',
    (_, proof) => {
      const { terms, commitment, entrants, evidence, seed, ledger, winners } = proof;
      expect(proofSchema.parse(proof)).toEqual(proof);
      expect(commitmentOf(terms)).toBe(commitment);
      expect(bytesToHex(merkleRoot(entrants.map(leafOfProven)))).toBe(terms.entrants.root);
      const randomness = randomnessOf(terms.beacon, evidence!);
      expect(seedOf(commitment, randomness!)).toBe(seed);

      const tickets = Uint32Array.from(entrants.map((one) => one.tickets));
      let play = openPlay(terms, tickets, commitment);
      for (const entry of ledger) {
        if (entry.n <= play.ledger.length) continue;
        if (entry.kind === 'won' || entry.kind === 'unfilled') play.run(seed!, entry);
        else if (entry.kind === 'absent' || entry.kind === 'forfeited') {
          const { kind, win, reason } = entry;
          play.redraw(seed!, { kind, win, reason }, entry);
        } else if (entry.kind === 'claimed') play.claim(entry.win, entry);
        else play.complete(entry);
        // As after an eviction: everything is found again in the ledger.
        play = openPlay(terms, tickets, commitment, play.ledger);
      }
      expect(play.ledger).toEqual(ledger);
      expect(play.winners()).toEqual(winners);
    },
  );
});
