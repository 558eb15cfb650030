import { describe, expect, it } from 'vitest';
import { makeRenditionKey, photoPrefix, readRenditionKey } from './rendition-keys.ts';

const SECRET = 'a secret of more than thirty-two characters';
const ADDRESS = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  eventId: '22222222-2222-4222-8222-222222222222',
  photoId: '33333333-3333-4333-8333-333333333333',
};

describe('rendition keys', () => {
  it('read back at their own tenant', async () => {
    const key = await makeRenditionKey(SECRET, ADDRESS);
    expect(key).toMatch(/^[A-Za-z0-9_-]{64}$/);
    expect(await readRenditionKey(SECRET, ADDRESS.tenantId, key)).toEqual(ADDRESS);
  });
  it('are nothing at another tenant or under another secret', async () => {
    const key = await makeRenditionKey(SECRET, ADDRESS);
    expect(await readRenditionKey(SECRET, ADDRESS.eventId, key)).toBeNull();
    expect(await readRenditionKey(`${SECRET}!`, ADDRESS.tenantId, key)).toBeNull();
  });
  it('cannot be changed in any character', async () => {
    const key = await makeRenditionKey(SECRET, ADDRESS);
    for (let index = 0; index < key.length; index++) {
      const forged = key.slice(0, index) + (key[index] === 'A' ? 'B' : 'A') + key.slice(index + 1);
      expect(await readRenditionKey(SECRET, ADDRESS.tenantId, forged)).toBeNull();
    }
  });
  it.each(['', 'short', '../../etc/passwd', 'A'.repeat(63), 'A'.repeat(65), '!'.repeat(64)])(
    'refuse %j',
    async (text) => {
      expect(await readRenditionKey(SECRET, ADDRESS.tenantId, text)).toBeNull();
    },
  );
  it('give one photo one prefix', () =>
    expect(photoPrefix(ADDRESS)).toBe(`t/${ADDRESS.tenantId}/e/${ADDRESS.eventId}/${ADDRESS.photoId}/`));
});
