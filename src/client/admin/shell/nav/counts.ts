import { useEffect, useRef, useState } from 'preact/hooks';
import { connectEvent } from '../../../shared/event-live.ts';
import type { LiveFrame } from '../../../shared/live-frames.ts';
import { eventLine } from '../event-line.ts';
import type { Session } from '../session.ts';
import type { NavCounts } from '../use-shell.ts';

/** However many photos arrive, the server is asked for the sum this often at most. */
const RECOUNT_MS = 1_500;
const UNKNOWN: NavCounts = { pending: null, reported: null };

interface Options {
  session: Session;
  /** id of the event one is in */
  event: string | null;
  /** a page that counts by itself leaves nothing to do here */
  isNeeded: boolean;
  /** the event itself has changed: its name, its status */
  onChanged: () => void;
}

/** How much waits in the event one is in, live: frames say that something has changed, the server says to what. */
export function useCounts({ session, event, isNeeded, onChanged }: Options): NavCounts {
  const [known, setKnown] = useState<{ event: string; counts: NavCounts } | null>(null);
  const changed = useRef(onChanged);
  changed.current = onChanged;

  useEffect(() => {
    if (!event || !isNeeded) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = async () => {
      timer = undefined;
      const answer = await session.authed<{ counts: { pending: number; reported?: number } }>(
        `/api/v1/photos?event=${encodeURIComponent(event)}&limit=1`,
      );
      if (isOver || !answer.ok) return;
      const { pending, reported = null } = answer.data.counts;
      setKnown({ event, counts: { pending, reported } });
    };
    const countSoon = () => (timer ||= setTimeout(() => void count(), RECOUNT_MS));
    const onFrame = (frame: LiveFrame) => {
      if (frame.type === 'hello') void count();
      else if (frame.type === 'event.changed') changed.current();
      if (frame.type.indexOf('photo.') === 0) countSoon();
      eventLine.pass(frame);
    };
    const connection = connectEvent(event, { onFrame, onState() {}, onReset: count }, (path) =>
      session.authed<{ ticket: string }>(path, { method: 'POST' }),
    );
    const letGo = eventLine.hold(connection.send);
    return () => {
      isOver = true;
      letGo();
      clearTimeout(timer);
      connection.close();
    };
  }, [event, isNeeded]);

  return known && known.event === event ? known.counts : UNKNOWN;
}
