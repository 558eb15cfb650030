import { PACE_PHOTOS, type Rehearsal, type RehearsalCheck } from '../../contract/rehearsals.ts';
import type { Measures, RehearsalRow, ScreenMeasure } from '../../db/schema/rehearsals.ts';
import { percentile } from './rehearsal-rules.ts';

/* Where green ends. Milliseconds. */
const FIRST_GOOD_MS = 10_000;
const FIRST_FAIR_MS = 30_000;
const PACE_GOOD_MS = 30_000;
const CLOCK_GOOD_MS = 2_000;
const RECALL_GOOD_MS = 5_000;
const PROCESSING_GOOD_MS = 10_000;

type Tone = RehearsalCheck['tone'];
type Line = Pick<RehearsalCheck, 'check' | 'tone' | 'numbers' | 'failed'>;

/** @param isOver what is not known now never will be */
function checksOfScreen(screen: ScreenMeasure, isOver: boolean): Line[] {
  if (!screen.online) return [{ check: 'reached', tone: isOver ? 'bad' : 'open', numbers: {} }];
  const shown = Object.values(screen.shown);
  const unknown: Tone = isOver ? 'bad' : 'open';
  const first = shown.length > 0 ? Math.min(...shown) : null;
  const [p50, p95] = [percentile(shown, 0.5), percentile(shown, 0.95)];
  const skew = screen.skewMs;
  const lines: Line[] = [
    { check: 'reached', tone: 'good', numbers: {} },
    {
      check: 'first',
      tone: first === null ? unknown : first <= FIRST_GOOD_MS ? 'good' : first <= FIRST_FAIR_MS ? 'wait' : 'bad',
      numbers: first === null ? {} : { ms: first },
    },
    {
      check: 'pace',
      tone: p95 === null ? unknown : p95 <= PACE_GOOD_MS ? 'good' : 'wait',
      numbers: p50 === null || p95 === null ? {} : { p50, p95, count: shown.length },
    },
    {
      check: 'clock',
      tone: skew === null ? (isOver ? 'wait' : 'open') : Math.abs(skew) <= CLOCK_GOOD_MS ? 'good' : 'wait',
      numbers: skew === null ? {} : { ms: skew },
    },
    {
      check: 'line',
      tone: screen.transport === 'socket' ? 'good' : screen.transport === null && !isOver ? 'open' : 'wait',
      numbers: {},
    },
  ];
  if (screen.preflight) {
    const isGood = screen.preflight.length === 0;
    lines.push({ check: 'preflight', tone: isGood ? 'good' : 'wait', numbers: {}, failed: screen.preflight });
  }
  lines.push({ check: 'back', tone: screen.isBack ? 'good' : isOver ? 'wait' : 'open', numbers: {} });
  return lines;
}

/** The checklist, as far as it is known: screens first, then what is about all of it. */
export function checksOf(measures: Measures, planned: number, isOver: boolean): RehearsalCheck[] {
  const { sent, processed, failed, processingMs, recall, leftovers } = measures;
  const isAllProcessed = sent > 0 && processed >= sent && failed === 0;
  const isQuick = processingMs !== null && processingMs <= PROCESSING_GOOD_MS;
  const isStillSending = !isOver && (sent < planned || processed + failed < sent);
  const isRecalled = recall !== null && recall.total > 0 && recall.confirmed >= recall.total;
  return [
    ...Object.entries(measures.screens).flatMap(([id, screen]) =>
      checksOfScreen(screen, isOver).map((line): RehearsalCheck => ({ ...line, screen: { id, name: screen.name } })),
    ),
    {
      check: 'processed',
      screen: null,
      tone: isStillSending ? 'open' : !isAllProcessed ? 'bad' : isQuick ? 'good' : 'wait',
      numbers: { done: processed, total: sent, ...(processingMs === null ? {} : { ms: processingMs }) },
    },
    {
      check: 'recall',
      screen: null,
      // A rehearsal that was ended before has not tried.
      tone: isRecalled
        ? recall.ms <= RECALL_GOOD_MS
          ? 'good'
          : 'wait'
        : !isOver
          ? 'open'
          : recall && recall.total > 0
            ? 'bad'
            : 'wait',
      numbers: recall ? { done: recall.confirmed, total: recall.total, ms: recall.ms } : {},
    },
    {
      check: 'vanished',
      screen: null,
      tone: leftovers === null ? (isOver ? 'bad' : 'open') : leftovers === 0 ? 'good' : 'bad',
      numbers: leftovers === null ? {} : { count: leftovers },
    },
  ];
}

const iso = (date: Date | null): string | null => (date ? date.toISOString() : null);

/** As staff see it. @param pictures of the one that is under way */
export function toRehearsal(row: RehearsalRow, pictures: readonly string[]): Rehearsal {
  const { photos: planned } = PACE_PHOTOS[row.pace];
  const { sent, processed, failed } = row.measures;
  return {
    id: row.id,
    pace: row.pace,
    phase: row.phase,
    startedAt: row.createdAt.toISOString(),
    startedBy: row.startedByName,
    endsBy: row.endsBy.toISOString(),
    endedAt: iso(row.endedAt),
    endedBecause: row.endedBecause,
    endedBy: row.endedByName,
    photos: { planned, sent, processed, failed },
    pictures: row.endedAt ? [] : [...pictures],
    checks: row.endedAt ? row.checks : checksOf(row.measures, planned, false),
  };
}
