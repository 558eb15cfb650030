import { describe, expect, it } from 'vitest';
import { readContentDigest } from './digest-header.ts';

const EMPTY = 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:';

describe('Content-Digest', () => {
  it('gives SHA-256 in hexadecimal', () =>
    expect(readContentDigest(EMPTY)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'));
  it('passes other algorithms over', () => {
    expect(readContentDigest(`sha-512=:AAAA:, ${EMPTY}`)).toMatch(/^e3b0/);
    expect(readContentDigest('sha-512=:AAAA:')).toBeNull();
  });
  it('may be absent', () => expect(readContentDigest(null)).toBeNull());
  it.each(['sha-256', 'sha-256=abc', 'sha-256=:AAAA:', 'sha-256=:!:', ''])('refuses %j', (header) =>
    expect(() => readContentDigest(header)).toThrowError(expect.objectContaining({ code: 'request.invalid' })),
  );
});
