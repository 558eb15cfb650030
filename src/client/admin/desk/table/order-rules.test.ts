import { expect, it } from 'vitest';
import { moveTo, placed } from './order-rules.ts';

it.each([
  ['a', 2, 'bca'],
  ['c', 0, 'cab'],
  ['b', 1, 'abc'],
  ['a', 9, 'bca'],
  ['c', -1, 'cab'],
  ['x', 1, 'abc'],
])('%s moved to place %i makes %s', (id, to, wanted) => {
  expect(moveTo(['a', 'b', 'c'], id, to).join('')).toBe(wanted);
});

it('puts things in the order of their ids, and unknown ones last', () => {
  expect(placed([{ id: 'x' }, { id: 'a' }, { id: 'b' }], ['b', 'a']).map(({ id }) => id)).toEqual(['b', 'a', 'x']);
});
