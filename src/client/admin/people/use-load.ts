import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/api.ts';
import { useConsole } from '../shell/console.tsx';

export interface Loaded<T> {
  /** null until the first answer, and after a refusal of it */
  data: T | null;
  /** what went wrong, last time; what was loaded before stays */
  refusal: Refusal | null;
  load: () => Promise<void>;
  /** takes in what a change has answered; `now` is what is there by then */
  change: (how: (now: T) => T) => void;
}

/** One answer of the API, loaded when the page is shown. */
export function useLoad<T>(path: string): Loaded<T> {
  const { session } = useConsole();
  const [data, setData] = useState<T | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const load = async () => {
    const answer = await session.authed<T>(path);
    setRefusal(answer.ok ? null : answer);
    if (answer.ok) setData(answer.data);
  };
  useEffect(() => void load(), [path]);
  const change = (how: (now: T) => T) => setData((now) => now && how(now));
  return { data, refusal, load, change };
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** A list that is longer than one answer; `more` is null when all of it is there. */
export function useList<T>(path: string): Loaded<Page<T>> & { more: (() => Promise<void>) | null } {
  const { session } = useConsole();
  const list = useLoad<Page<T>>(path);
  const { data, change } = list;
  const cursor = data && data.nextCursor;
  const more = async () => {
    if (!data || !cursor) return;
    const answer = await session.authed<Page<T>>(`${path}?cursor=${cursor}`);
    if (!answer.ok) return;
    change((now) => ({ items: now.items.concat(answer.data.items), nextCursor: answer.data.nextCursor }));
  };
  return { ...list, more: cursor ? more : null };
}
