import { describe, expect, it } from 'vitest';
import { QUICKNET } from '../../../contract/draws/constants.ts';
import type { Beacon } from '../../../contract/draws/proof.ts';
import { promiseOf, randomnessOf, speaksAt } from './beacon.ts';

/** Rounds as the network has published them. */
const PUBLISHED = [
  {
    round: 1,
    signature: 'b55e7cb2d5c613ee0b2e28d6750aabbb78c39dcc96bd9d38c2c2e12198df95571de8e8e402a0cc48871c7089a2b3af4b',
    randomness: '1466a6cd24e327188770752f6134001c64d6efcc590ccc26b721611ad96f165a',
  },
  {
    round: 657_413,
    signature: 'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
    randomness: 'fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587',
  },
] as const;
const [first, second] = PUBLISHED;
const quicknet = (round: number): Beacon => ({ kind: 'drand', ...QUICKNET, round });

describe('a round of drand', () => {
  it.each(PUBLISHED)('$round, as published, has its randomness', ({ round, signature, randomness }) => {
    expect(randomnessOf(quicknet(round), { signature })).toBe(randomness);
  });
  it('is proven by no other round’s signature, by no other key, and by no bytes that are no point', () => {
    expect(randomnessOf(quicknet(2), first)).toBeNull();
    expect(randomnessOf(quicknet(first.round), second)).toBeNull();
    const other = { ...quicknet(first.round), publicKey: QUICKNET.publicKey.replace(/^83/, 'a3') } as Beacon;
    expect(randomnessOf(other, first)).toBeNull();
    for (const signature of [
      '00'.repeat(48),
      'ff'.repeat(48),
      `c0${'00'.repeat(47)}`,
      first.signature.replace('b5', '95'),
    ])
      expect(randomnessOf(quicknet(first.round), { signature }), signature).toBeNull();
    expect(randomnessOf(quicknet(first.round), { value: '00'.repeat(32) })).toBeNull();
  });
  it('comes at its time', () => {
    expect(new Date(speaksAt(quicknet(1))).toISOString()).toBe('2023-08-23T15:09:27.000Z');
    expect(speaksAt(quicknet(21)) - speaksAt(quicknet(1))).toBe(60_000);
  });
});

describe('a value that was promised', () => {
  const value = '07'.repeat(32);
  const beacon: Beacon = { kind: 'local', promise: promiseOf(value), opensAt: '2026-11-22T20:00:30.000Z' };
  it('proves itself, and no other does', () => {
    expect(randomnessOf(beacon, { value })).toMatch(/^[0-9a-f]{64}$/);
    expect(randomnessOf(beacon, { value: '08'.repeat(32) })).toBeNull();
    expect(randomnessOf(beacon, { signature: first.signature })).toBeNull();
    expect(speaksAt(beacon)).toBe(Date.parse(beacon.opensAt));
  });
});
