import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';

/** The numbers beside the links of an event; null until they are known. */
export interface NavCounts {
  pending: number | null;
  /** photos that guests have reported and nobody has looked at */
  reported: number | null;
}

interface Wishes {
  /** on a phone the page has the whole screen, without the bars; it then offers the way back itself */
  immersive?: boolean;
  /** the page knows the counts by itself, live: then the shell does not ask for them a second time */
  counts?: NavCounts;
}

const wishes = new Map<object, Wishes>();
const watchers = new Set<() => void>();

/** What a page asks of the shell for as long as it is shown: `useShell({ immersive: isPhone, counts })`. */
export function useShell({ immersive = false, counts }: Wishes): void {
  const owner = useRef({}).current;
  const { pending = null, reported = null } = counts || {};
  const hasCounts = counts !== undefined;
  useLayoutEffect(() => {
    wishes.set(owner, { immersive, ...(hasCounts ? { counts: { pending, reported } } : {}) });
    watchers.forEach((watcher) => watcher());
  }, [immersive, hasCounts, pending, reported]);
  useLayoutEffect(
    () => () => {
      wishes.delete(owner);
      watchers.forEach((watcher) => watcher());
    },
    [],
  );
}

/** All that is asked of the shell now. */
export function useWishes(): { immersive: boolean; counts: NavCounts | null } {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const watch = () => redraw(undefined as never);
    watchers.add(watch);
    watch();
    return () => void watchers.delete(watch);
  }, []);
  let immersive = false;
  let counts: NavCounts | null = null;
  wishes.forEach((wish) => {
    immersive = immersive || wish.immersive === true;
    counts = wish.counts || counts;
  });
  return { immersive, counts };
}
