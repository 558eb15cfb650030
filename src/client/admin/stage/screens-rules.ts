import type { Screen } from '../../../contract/screens.ts';

/** Those that are there first, and otherwise as they were. */
export const onlineFirst = (screens: readonly Screen[]): Screen[] =>
  screens.filter(({ status }) => status === 'online').concat(screens.filter(({ status }) => status !== 'online'));
