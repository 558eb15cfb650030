import { describe, expect, it } from 'vitest';
import { arrivalHash, readArrival } from './arrival-rules.ts';

describe('a link for another device', () => {
  it('is read, and written again', () => {
    expect(readArrival('#me=a.b-c_d')).toEqual({ token: 'a.b-c_d' });
    expect(readArrival(arrivalHash({ token: 'a&b c' }))).toEqual({ token: 'a&b c' });
  });

  it('says nothing of who it is that anybody could have written', () => {
    expect(readArrival('#me=abc&as=Mallory')).toEqual({ token: 'abc' });
  });

  it.each(['', '#', '#add', '#photos', '#me=', '#as=Ada'])('is not %s', (hash) => {
    expect(readArrival(hash)).toBeNull();
  });
});
