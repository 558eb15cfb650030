import { describe, expect, it } from 'vitest';
import { readArrival, withName } from './arrival-rules.ts';

describe('a link for another device', () => {
  it('is read with the name it was made with', () => {
    const url = new URL(withName('https://acme.example/e/party#me=a.b-c_d', 'Zoë & Ünal #1'));
    expect(readArrival(url.hash)).toEqual({ token: 'a.b-c_d', name: 'Zoë & Ünal #1' });
  });

  it('needs no name', () => {
    expect(readArrival('#me=abc')).toEqual({ token: 'abc', name: null });
    expect(withName('https://acme.example/e/party#me=abc', null)).toBe('https://acme.example/e/party#me=abc');
  });

  it.each(['', '#', '#add', '#photos', '#me=', '#as=Ada'])('is not %s', (hash) => {
    expect(readArrival(hash)).toBeNull();
  });
});
