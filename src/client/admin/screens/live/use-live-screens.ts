import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScreenPresence } from '../../../../contract/live-screens.ts';
import type { Screen } from '../../../../contract/screens.ts';
import type { Answer } from '../../../shared/api.ts';
import { connectEvent } from '../../../shared/event-live.ts';
import type { LiveFrame } from '../../../shared/live-frames.ts';
import { usePolled } from '../../events/polling.ts';
import type { Page } from '../../people/use-load.ts';
import { useConsole } from '../../shell/console.tsx';
import { eventsToWatch, withPresence } from './live-rules.ts';

/** A browser has six connections of one kind to spare, and a room is one. */
const ROOMS_MOST = 6;
/** `WATCH_SECONDS` is 60. */
const RENEW_MS = 40_000;
/** What no room says: another name, another site, a screen that is new. */
const LIVE_POLL_MS = 60_000;
const POLL_MS = 10_000;
/** Screens report in bursts; the page is drawn once for all of them. */
const DRAW_WITHIN_MS = 150;

export interface LiveScreens {
  answer: Answer<Page<Screen>> | null;
  /** as they are at this moment */
  screens: Screen[];
  isStale: boolean;
  /** why it is asked every few seconds: no socket comes through, or there are more events than are listened to */
  polled: 'blocked' | 'many' | null;
  again: () => void;
}

type LineState = 'opening' | 'live' | 'cut';

/** Listens to the rooms of these events for as long as the page is shown. */
function useRooms(events: readonly string[], onChanged: () => void) {
  const { session } = useConsole();
  const [lines, setLines] = useState<Record<string, LineState>>({});
  const presences = useRef(new Map<string, ScreenPresence>());
  const [, draw] = useState(0);
  const changed = useRef(onChanged);
  changed.current = onChanged;
  const key = events.join();

  useEffect(() => {
    let isOver = false;
    let drawing: ReturnType<typeof setTimeout> | undefined;
    const drawSoon = () => {
      drawing = drawing || setTimeout(() => ((drawing = undefined), draw((n) => n + 1)), DRAW_WITHIN_MS);
    };
    const connections = events.map((event) => {
      const onFrame = (frame: LiveFrame) => {
        if (frame.type === 'hello') connection.send({ v: 1, type: 'watch', on: true });
        if (frame.type === 'event.changed') changed.current();
        if (frame.type !== 'screen.status') return;
        const { screenId, online, lastSeenAt, doubled, report } = frame;
        presences.current.set(screenId, { screenId, online, lastSeenAt, doubled, report });
        drawSoon();
      };
      const connection = connectEvent(
        event,
        {
          onFrame,
          onState(state) {
            // Each attempt passes through `connecting`: a line that was cut stays so until it is there again.
            if (!isOver && state !== 'connecting')
              setLines((now) => ({ ...now, [event]: state === 'live' ? 'live' : 'cut' }));
          },
          onReset() {},
        },
        (path) => session.authed<{ ticket: string }>(path, { method: 'POST' }),
      );
      return connection;
    });
    const renewing = setInterval(() => {
      if (document.hidden) return;
      for (const connection of connections) connection.send({ v: 1, type: 'watch', on: true });
    }, RENEW_MS);
    return () => {
      isOver = true;
      clearTimeout(drawing);
      clearInterval(renewing);
      for (const connection of connections) connection.close();
      setLines({});
    };
  }, [key]);

  return { lines, presences: presences.current };
}

/** Screens, live: the list is asked for, and the rooms of their events say what changes. */
export function useLiveScreens(path: string): LiveScreens {
  const [isLive, setLive] = useState(false);
  const { answer, isStale, again } = usePolled<Page<Screen>>(path, isLive ? LIVE_POLL_MS : POLL_MS);
  const items = answer && answer.ok ? answer.data.items : [];
  const { watched, left } = eventsToWatch(items, ROOMS_MOST);
  const { lines, presences } = useRooms(watched, again);
  const areLive = watched.length > 0 && left === 0 && watched.every((event) => lines[event] === 'live');
  useEffect(() => setLive(areLive), [areLive]);
  const screens = items.map((screen) =>
    screen.event && lines[screen.event.id] === 'live' ? withPresence(screen, presences.get(screen.id)) : screen,
  );
  const polled = watched.some((event) => lines[event] === 'cut') ? 'blocked' : left > 0 ? 'many' : null;
  return { answer, screens, isStale, polled, again };
}
