import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { DeciderKind, DecisionReason, PhotoStatus } from '../../contract/photos.ts';
import type { ReportReason } from '../../contract/reports.ts';
import { moment, stamps } from './columns.ts';

/** Albums, decisions and reports; policies and checks are in `migrations/0003_organiser_and_moderation.sql`. */
export const albums = pgTable(
  'albums',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull().default(0),
    publishedAt: moment('published_at'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const photoDecisions = pgTable(
  'photo_decisions',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    photoId: uuid('photo_id').notNull(),
    fromStatus: text('from_status').$type<PhotoStatus>().notNull(),
    toStatus: text('to_status').$type<PhotoStatus>().notNull(),
    byKind: text('by_kind').$type<DeciderKind>().notNull(),
    byId: uuid('by_id'),
    byName: text('by_name'),
    reason: text('reason').$type<DecisionReason>(),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const photoReports = pgTable(
  'photo_reports',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    photoId: uuid('photo_id').notNull(),
    guestId: uuid('guest_id').notNull(),
    reason: text('reason').$type<ReportReason>().notNull(),
    note: text('note'),
    resolvedAt: moment('resolved_at'),
    resolvedByKind: text('resolved_by_kind').$type<'user' | 'helper'>(),
    resolvedBy: uuid('resolved_by'),
    outcome: text('outcome').$type<'kept' | 'removed'>(),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
