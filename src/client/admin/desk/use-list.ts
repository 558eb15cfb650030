import { useEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/api.ts';
import { useConsole } from '../shell/console.tsx';

interface PageOf<T> {
  items: T[];
  nextCursor?: string | null;
}

export interface List<T> {
  /** null until they are there */
  items: T[] | null;
  failure: Refusal | null;
  hasMore: boolean;
  load: () => void;
  more: () => void;
  set: (change: (items: T[]) => T[]) => void;
}

/** A list of the API, page by page. A new `path` starts over; what was shown stays until the answer is there. */
export function useList<T>(path: string): List<T> {
  const { session } = useConsole();
  const [items, setItems] = useState<T[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [failure, setFailure] = useState<Refusal | null>(null);
  const asked = useRef(0);

  const ask = (after: string | null) => {
    const turn = ++asked.current;
    const query = after ? `${path.indexOf('?') < 0 ? '?' : '&'}cursor=${encodeURIComponent(after)}` : '';
    void session.authed<PageOf<T>>(path + query).then((answer) => {
      if (turn !== asked.current) return;
      setFailure(answer.ok ? null : answer);
      if (!answer.ok) return;
      setItems((before) => (after && before ? before.concat(answer.data.items) : answer.data.items));
      setCursor(answer.data.nextCursor || null);
    });
  };
  useEffect(() => ask(null), [path]);
  return {
    items,
    failure,
    hasMore: cursor !== null,
    load: () => ask(null),
    more: () => ask(cursor),
    set: (change) => setItems((before) => before && change(before)),
  };
}
