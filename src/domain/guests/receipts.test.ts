import { generateKeyPairSync } from 'node:crypto';
import { compactVerify, createLocalJWKSet } from 'jose';
import { describe, expect, it } from 'vitest';
import { publicKeys, readReceipt, signReceipt } from './receipts.ts';

const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const facts = {
  id: id(1),
  guestId: id(2),
  tenant: 'Acme',
  event: 'Party',
  erased: { photos: 3, reactions: 2, reports: 1 },
  erasedAt: '2026-11-21T20:00:00.000Z',
};
const by = { host: 'acme.example', tenantId: id(3) };
const key = JSON.stringify(newKey());

describe('a receipt', () => {
  it('says what was signed, the same each time', async () => {
    const receipt = await signReceipt(key, facts, by);
    expect(await signReceipt(key, facts, by)).toBe(receipt);
    expect(await readReceipt(key, receipt)).toEqual({ v: 1, iss: by.host, tid: by.tenantId, ...facts });
  });

  it('is verified by anybody with the keys that are published, which tell no secret', async () => {
    const published = await publicKeys(key);
    expect(JSON.stringify(published)).not.toContain(JSON.parse(key).d);
    const { payload } = await compactVerify(await signReceipt(key, facts, by), createLocalJWKSet(published));
    expect(JSON.parse(new TextDecoder().decode(payload)).erased).toEqual(facts.erased);
  });

  it('outlives a change of keys', async () => {
    const receipt = await signReceipt(key, facts, by);
    const rotated = JSON.stringify({ keys: [newKey(), JSON.parse(key)] });
    expect(await readReceipt(rotated, receipt)).toMatchObject(facts);
    const after = await signReceipt(rotated, facts, by);
    expect(after).not.toBe(receipt);
    expect(await readReceipt(rotated, after)).toMatchObject(facts);
    expect(await readReceipt(key, after)).toBeNull();
  });

  it('that was changed, cut, signed by others or in another way is none', async () => {
    const receipt = await signReceipt(key, facts, by);
    const [head, body, signature] = receipt.split('.') as [string, string, string];
    const changed = btoa(JSON.stringify({ v: 1, iss: by.host, tid: by.tenantId, ...facts, event: 'Other' }));
    const unsigned = `${btoa(JSON.stringify({ alg: 'none', typ: 'erasure-receipt+jws' })).replaceAll('=', '')}.${body}.`;
    const others = await signReceipt(JSON.stringify(newKey()), facts, by);
    const forged = [`${head}.${changed.replaceAll('=', '')}.${signature}`, receipt.slice(0, -4), unsigned, others];
    for (const text of [...forged, '', '..', 'a.b.c', 'no', `${receipt}.x`]) {
      expect([text, await readReceipt(key, text)]).toEqual([text, null]);
    }
  });
});
