import { bigint, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { ConsentTexts } from '../../contract/consent.ts';
import { moment, stamps } from './columns.ts';

/** What guests agree to, and what their photos add up to; see `migrations/0013_consent_camera_limits.sql`. */
export const consentTexts = pgTable(
  'consent_texts',
  {
    tenantId: uuid('tenant_id').notNull(),
    version: integer('version').notNull(),
    texts: jsonb('texts').$type<ConsentTexts>().notNull(),
    createdBy: uuid('created_by'),
    createdByName: text('created_by_name'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.version] })],
);

/** Only sums over the shards of an event mean something. */
export const usage = pgTable(
  'usage',
  {
    tenantId: uuid('tenant_id').notNull(),
    eventId: uuid('event_id').notNull(),
    shard: smallint('shard').notNull(),
    photos: bigint('photos', { mode: 'number' }).notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    checkedAt: moment('checked_at'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.eventId, table.shard] })],
);
