import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { EndReason, Pace, Phase, RehearsalCheck } from '../../contract/rehearsals.ts';
import { moment, stamps } from './columns.ts';

/** What one screen has shown of itself so far; times are milliseconds. */
export interface ScreenMeasure {
  name: string;
  online: boolean;
  /** it said that it shows one of these photos: how long after that was sent, by photo */
  shown: Record<string, number>;
  skewMs: number | null;
  transport: 'socket' | 'polling' | null;
  /** checks of its preflight that failed; null: it was not asked, or has not answered */
  preflight: string[] | null;
  /** it is at its own event again */
  isBack: boolean;
}

/** What the steps of a rehearsal have seen. */
export interface Measures {
  sent: number;
  processed: number;
  failed: number;
  /** from the arrival of the photo to its renditions, median; null before the first */
  processingMs: number | null;
  screens: Record<string, ScreenMeasure>;
  recall: { confirmed: number; total: number; ms: number } | null;
  /** rows, objects and screens that were found after all was erased; null before */
  leftovers: number | null;
}

/** Rehearsals and the checklist that remains of each; policies and checks are in `migrations/0009_rehearsals.sql`. */
export const rehearsals = pgTable(
  'rehearsals',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    twinId: uuid('twin_id'),
    pace: text('pace').$type<Pace>().notNull(),
    phase: text('phase').$type<Phase>().notNull().default('sending'),
    phaseAt: moment('phase_at').notNull().defaultNow(),
    tick: integer('tick').notNull().default(0),
    tickedAt: moment('ticked_at').notNull().defaultNow(),
    endsBy: moment('ends_by').notNull(),
    startedBy: uuid('started_by'),
    startedByName: text('started_by_name'),
    endedBecause: text('ended_because').$type<EndReason>(),
    endedByName: text('ended_by_name'),
    recalledPhotoId: uuid('recalled_photo_id'),
    measures: jsonb('measures').$type<Measures>().notNull(),
    checks: jsonb('checks').$type<RehearsalCheck[]>().notNull().default([]),
    endedAt: moment('ended_at'),
    cleanAfter: moment('clean_after'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
export type RehearsalRow = typeof rehearsals.$inferSelect;
