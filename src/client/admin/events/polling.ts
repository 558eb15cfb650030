import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../shared/api.ts';
import { useConsole } from '../shell/console.tsx';

export interface Polled<T> {
  /** null while it is loaded for the first time; once there, what was known stays while asking again fails */
  answer: Answer<T> | null;
  /** asking again has failed since */
  isStale: boolean;
  again: () => void;
}

/** Reads an address now and every few seconds while the page can be seen; what has not changed costs no data. */
export function usePolled<T>(path: string, everyMs: number): Polled<T> {
  const { session } = useConsole();
  const [held, setHeld] = useState<{ path: string; answer: Answer<T>; isStale: boolean } | null>(null);
  const tick = useRef<() => void>(() => {});
  useEffect(() => {
    let isOver = false;
    let etag: string | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let turn = 0;
    const ask = async () => {
      clearTimeout(timer);
      const mine = (turn += 1);
      const answer = await session.authed<T>(path, { etag });
      // Of two questions only the later one's answer counts: the earlier may not know of a change between them.
      if (isOver || mine !== turn) return;
      if (answer.ok && answer.status !== 304) etag = answer.etag || null;
      setHeld((before) => {
        const known = before && before.path === path && before.answer.ok ? before.answer : null;
        if (known && (!answer.ok || answer.status === 304)) {
          return before && before.isStale === !answer.ok ? before : { path, answer: known, isStale: !answer.ok };
        }
        return { path, answer, isStale: false };
      });
      if (!document.hidden) timer = setTimeout(() => void ask(), everyMs);
    };
    const onVisible = () => {
      if (!document.hidden) void ask();
    };
    tick.current = () => void ask();
    document.addEventListener('visibilitychange', onVisible);
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [path, everyMs]);
  const mine = held && held.path === path ? held : null;
  return { answer: mine ? mine.answer : null, isStale: mine !== null && mine.isStale, again: () => tick.current() };
}
