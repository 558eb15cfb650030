import { expect, it } from 'vitest';
import type { Screen } from '../../../contract/screens.ts';
import { onlineFirst } from './screens-rules.ts';

it('screens that are there stand first, and otherwise as they were', () => {
  const screen = (id: string, status: Screen['status']) => ({ id, status }) as Screen;
  const screens = [screen('a', 'offline'), screen('b', 'online'), screen('c', 'error'), screen('d', 'online')];
  expect(onlineFirst(screens).map(({ id }) => id)).toEqual(['b', 'd', 'a', 'c']);
});
