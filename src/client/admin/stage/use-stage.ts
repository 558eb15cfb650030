import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { StageAnswer, WallState } from '../../../contract/stage.ts';
import { eventPath, type Answer, type Call, type Refusal } from '../../shared/api.ts';
import { useConsole } from '../shell/console.tsx';
import { useEventLine } from '../shell/event-line.ts';
import type { Session } from '../shell/session.ts';
import { clockOffset } from './stage-rules.ts';

let offsetMs = 0;

/** Epoch milliseconds of the server's clock, as well as this device knows. */
export const serverNow = (): number => Date.now() + offsetMs;

/** Asks something that answers with the stage, and learns the time from it. */
export async function askStage(
  session: Pick<Session, 'authed'>,
  event: string,
  what: 'stage' | 'spotlight' | 'photo-call',
  call?: Pick<Call, 'method' | 'body'>,
): Promise<Answer<StageAnswer>> {
  const askedAt = Date.now();
  const answer = await session.authed<StageAnswer>(eventPath(event, `/${what}`), call);
  if (answer.ok) offsetMs = clockOffset(answer.data.serverTime, askedAt, Date.now());
  return answer;
}

export interface Stage {
  /** null until it is there */
  state: WallState | null;
  refusal: Refusal | null;
  take: (state: WallState) => void;
  again: () => void;
}

/** What is on the stage of an event, live. */
export function useStage(event: string): Stage {
  const { session } = useConsole();
  const [state, take] = useState<WallState | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const turn = useRef(0);
  const again = () => {
    const mine = (turn.current += 1);
    void askStage(session, event, 'stage').then((answer) => {
      if (mine !== turn.current) return;
      setRefusal(answer.ok ? null : answer);
      if (answer.ok) take(answer.data.stage);
    });
  };
  useEffect(again, [event]);
  useEventLine((frame) => {
    if (frame.type === 'hello') again();
    // It comes with every change of the stage, also with those that have a frame of their own.
    if (frame.type !== 'event.changed') return;
    turn.current += 1;
    take(frame.event.stage);
  });
  return { state, refusal, take, again };
}

const TICK_MS = 250;
const LONGEST_MS = 60_000;

/** Draws again when it is that time by the server's clock; `every` draws again and again until then. */
export function useServerTime(next: number | null, isCounting = false): number {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const now = serverNow();
  useEffect(() => {
    if (next === null || next <= serverNow()) return;
    const wait = isCounting ? TICK_MS : Math.min(LONGEST_MS, Math.max(50, next - serverNow() + 50));
    const timer = setTimeout(() => redraw(undefined as never), wait);
    return () => clearTimeout(timer);
  });
  return now;
}

/** The photo in the spotlight of an event, for as long as it is. */
export function useLit({ stage: { spotlight } }: Pick<StaffEvent, 'stage'>): string | null {
  const until = spotlight && spotlight.until;
  const now = useServerTime(until);
  return spotlight && (until === null || until > now) ? spotlight.photoId : null;
}
