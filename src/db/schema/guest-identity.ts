import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment, stamps } from './columns.ts';

/** Links to another device, and what is kept of guests who have gone; policies and checks are in `migrations/0012_guest_identity.sql`. */
export const guestTransfers = pgTable(
  'guest_transfers',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    guestId: uuid('guest_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    pinVersion: integer('pin_version').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    usedKeyHash: text('used_key_hash'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const guestErasures = pgTable(
  'guest_erasures',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    guestId: uuid('guest_id').notNull(),
    photos: integer('photos').notNull(),
    reactions: integer('reactions').notNull(),
    reports: integer('reports').notNull(),
    erasedAt: moment('erased_at').notNull(),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
export type GuestErasureRow = typeof guestErasures.$inferSelect;
