import { PACE_PHOTOS, type EndReason, type Pace } from '../../contract/rehearsals.ts';
import type { ScreenPresence } from '../../contract/live.ts';
import type { Sample } from '../../db/rehearsals.ts';
import type { EventRow } from '../../db/schema/events.ts';
import type { Measures, RehearsalRow, ScreenMeasure } from '../../db/schema/rehearsals.ts';

/** Photos sent in one step: one that was late catches up, and ends in good time all the same. */
const SENT_AT_ONCE = 6;
/** After the last photo: so long at least unless every screen has shown every one … */
const QUIET_MS = 6_000;
/** … and so long at most. */
const PATIENCE_MS = 30_000;
const RECALL_MS = 15_000;
const RETURN_MS = 20_000;
const PROCESSING_MS = 45_000;

export const keyOf = (n: number): string => `rehearsal-${n}`;

/** What the next step is. `photos` are numbers of samples, from 1. */
export type Step =
  | { kind: 'send'; photos: number[] }
  | { kind: 'wait' }
  | { kind: 'recall'; photoId: string }
  | { kind: 'return'; because: EndReason }
  | { kind: 'vanish' }
  | { kind: 'erase' };

/** How many photos should have been sent by then. */
export function dueBy(pace: Pace, elapsedMs: number): number {
  const { photos, seconds } = PACE_PHOTOS[pace];
  return Math.max(0, Math.min(photos, 1 + Math.floor((elapsedMs * photos) / (seconds * 1000))));
}

type Run = Pick<RehearsalRow, 'pace' | 'phase' | 'phaseAt' | 'endsBy' | 'createdAt' | 'measures'>;
type Real = Pick<EventRow, 'panicAt' | 'startsAt' | 'deletedAt'>;

/** Why screens must have their event back now; null: they need not. */
export function reasonToEnd(run: Run, event: Real | null, now: Date): EndReason | null {
  if (!event || event.deletedAt) return 'deleted';
  if (event.panicAt) return 'panic';
  if (event.startsAt && event.startsAt > run.createdAt && event.startsAt <= now) return 'begun';
  return run.endsBy <= now ? 'limit' : null;
}

const isReady = ({ status }: Pick<Sample, 'status'>): boolean => status !== 'processing';

/**
 * The next step, from what is stored and nothing else, so that whoever comes after a crash goes on where it ended.
 * @param twin whether the event it happens at is still there
 */
export function nextStep(
  run: Run,
  state: { event: Real | null; twin: boolean; samples: readonly Sample[] },
  now: Date,
): Step {
  const { samples } = state;
  const inPhase = now.getTime() - run.phaseAt.getTime();
  const screens = Object.values(run.measures.screens).filter((screen) => screen.online);
  switch (run.phase) {
    case 'sending': {
      const because = state.twin ? reasonToEnd(run, state.event, now) : 'deleted';
      if (because) return { kind: 'return', because };
      const sent = new Set(samples.map(({ key }) => key));
      const due = dueBy(run.pace, now.getTime() - run.createdAt.getTime());
      const photos = Array.from({ length: due }, (_, place) => place + 1).filter((n) => !sent.has(keyOf(n)));
      if (photos.length > 0) return { kind: 'send', photos: photos.slice(0, SENT_AT_ONCE) };
      if (due < PACE_PHOTOS[run.pace].photos) return { kind: 'wait' };
      const last = Math.max(...samples.map(({ createdAt }) => createdAt.getTime()));
      const quiet = now.getTime() - last;
      const isAllReady = samples.every(isReady);
      const isAllSeen = screens.every(({ shown }) => Object.keys(shown).length >= samples.length);
      const isSeen = screens.every(({ shown }) => Object.keys(shown).length > 0);
      const isEnough = isAllReady && (isAllSeen || (isSeen && quiet >= QUIET_MS));
      if (!isEnough && quiet < PATIENCE_MS) return { kind: 'wait' };
      const recalled = samples.findLast(({ status, deletedAt }) => status === 'approved' && !deletedAt);
      return recalled ? { kind: 'recall', photoId: recalled.id } : { kind: 'return', because: 'done' };
    }
    case 'recalling': {
      const because = state.twin ? reasonToEnd(run, state.event, now) : 'deleted';
      if (because) return { kind: 'return', because };
      const { recall } = run.measures;
      const isOver = recall !== null && recall.confirmed >= recall.total;
      return isOver || inPhase >= RECALL_MS ? { kind: 'return', because: 'done' } : { kind: 'wait' };
    }
    case 'returning':
      return screens.every(({ isBack }) => isBack) || inPhase >= RETURN_MS ? { kind: 'vanish' } : { kind: 'wait' };
    case 'vanishing':
      // A thumbnailer that is at work would store what has just been deleted.
      return samples.every(isReady) || inPhase >= PROCESSING_MS ? { kind: 'erase' } : { kind: 'wait' };
    case 'ended':
      return { kind: 'wait' };
  }
}

const middle = (sorted: readonly number[], part: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? null;
export const percentile = (values: readonly number[], part: number): number | null =>
  middle(
    values.toSorted((a, b) => a - b),
    part,
  );

export const emptyMeasures = (
  screens: readonly { id: string; name: string; preflight: string[] | null }[],
): Measures => ({
  sent: 0,
  processed: 0,
  failed: 0,
  processingMs: null,
  screens: Object.fromEntries(
    screens.map(({ id, name, preflight }): [string, ScreenMeasure] => [
      id,
      { name, online: false, shown: {}, skewMs: null, transport: null, preflight, isBack: false },
    ]),
  ),
  recall: null,
  leftovers: null,
});

export const failedChecks = (presence: ScreenPresence | undefined): string[] | null => {
  const preflight = presence?.report?.preflight;
  return preflight ? preflight.filter(({ ok }) => !ok).map(({ check }) => check) : null;
};

/** One screen with what its room knows of it now. */
function seen(before: ScreenMeasure, presence: ScreenPresence | undefined, sentAt: Map<string, number>): ScreenMeasure {
  if (!presence) return before;
  const { report } = presence;
  const sent = report?.showing ? sentAt.get(report.showing) : undefined;
  const shown =
    report?.showing && sent !== undefined && before.shown[report.showing] === undefined
      ? { ...before.shown, [report.showing]: Math.max(0, Date.parse(report.since) - sent) }
      : before.shown;
  return {
    ...before,
    online: before.online || presence.online,
    shown,
    skewMs: report?.skewMs ?? before.skewMs,
    transport: report?.transport ?? before.transport,
    preflight: failedChecks(presence) ?? before.preflight,
  };
}

/** What the samples and the room of the twin say now, added to what was seen before. */
export function observe(
  before: Measures,
  samples: readonly Sample[],
  presences: ReadonlyMap<string, ScreenPresence>,
): Measures {
  const sentAt = new Map(samples.map(({ id, createdAt }) => [id, createdAt.getTime()]));
  const ready = samples.filter(({ status }) => status === 'approved' || status === 'rejected' || status === 'pending');
  const took = ready.flatMap(({ createdAt, decidedAt }) =>
    decidedAt ? [decidedAt.getTime() - createdAt.getTime()] : [],
  );
  return {
    ...before,
    sent: Math.max(before.sent, samples.length),
    processed: Math.max(before.processed, ready.length),
    failed: Math.max(before.failed, samples.filter(({ status }) => status === 'failed').length),
    processingMs: percentile(took, 0.5) ?? before.processingMs,
    screens: Object.fromEntries(
      Object.entries(before.screens).map(([id, screen]) => [id, seen(screen, presences.get(id), sentAt)]),
    ),
  };
}

/** Which screens have been heard in the room of their own event since they were sent back. */
export function observeReturn(before: Measures, presences: ReadonlyMap<string, ScreenPresence>, since: Date): Measures {
  const isBack = (id: string) => {
    const presence = presences.get(id);
    return presence !== undefined && presence.online && Date.parse(presence.lastSeenAt) >= since.getTime();
  };
  return {
    ...before,
    screens: Object.fromEntries(
      Object.entries(before.screens).map(([id, screen]) => [id, { ...screen, isBack: screen.isBack || isBack(id) }]),
    ),
  };
}
