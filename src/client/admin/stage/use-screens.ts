import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScreenPresence } from '../../../contract/live.ts';
import type { Screen } from '../../../contract/screens.ts';
import { usePolled } from '../events/polling.ts';
import type { Page } from '../people/use-load.ts';
import type { Refusal } from '../../shared/api.ts';
import { useEventLine } from '../shell/event-line.ts';
import { withPresence } from '../screens/live/live-rules.ts';
import { onlineFirst } from './screens-rules.ts';

/** Pairing and removing are seldom; what a screen shows is told by the room. */
const REFRESH_MS = 30_000;
const WATCH_RENEW_MS = 40_000;
const MOST = 200;

interface EventScreens {
  /** null until they are there */
  screens: Screen[] | null;
  refusal: Refusal | null;
  again: () => void;
}

/** The screens that show an event, and what each shows at this moment. */
export function useScreens(event: string): EventScreens {
  const path = `/api/v1/screens?event=${encodeURIComponent(event)}&limit=${MOST}`;
  const { answer, again } = usePolled<Page<Screen>>(path, REFRESH_MS);
  const [told, setTold] = useState<Record<string, ScreenPresence>>({});
  const unknown = useRef(new Set<string>());
  const items = answer && answer.ok ? answer.data.items : null;
  const watch = (on: boolean) => speak({ v: 1, type: 'watch', on });
  const speak = useEventLine((frame) => {
    if (frame.type === 'hello') watch(true);
    if (frame.type !== 'screen.status') return;
    setTold((before) => ({ ...before, [frame.screenId]: frame }));
    // One that has been paired since: asked for once, however often it is told of.
    if (!items || items.some(({ id }) => id === frame.screenId) || unknown.current.has(frame.screenId)) return;
    unknown.current.add(frame.screenId);
    again();
  });
  useEffect(() => {
    watch(true);
    const timer = setInterval(() => document.hidden || watch(true), WATCH_RENEW_MS);
    return () => {
      clearInterval(timer);
      watch(false);
    };
  }, [event]);
  const screens = items && onlineFirst(items.map((screen) => withPresence(screen, told[screen.id])));
  return { screens, refusal: answer && !answer.ok ? answer : null, again };
}
