import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Event } from '../../contract/events.ts';
import { moment, stamps } from './columns.ts';

/** The event and who takes part; policies and checks are in `migrations/0002_events_and_photos.sql`. */
export const events = pgTable(
  'events',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    startsAt: moment('starts_at'),
    endsAt: moment('ends_at'),
    timeZone: text('time_zone').notNull().default('UTC'),
    status: text('status').$type<Event['status']>().notNull().default('draft'),
    visibility: text('visibility').$type<Event['visibility']>().notNull().default('private'),
    pin: text('pin'),
    pinVersion: integer('pin_version').notNull().default(1),
    moderation: text('moderation').$type<Event['moderation']>().notNull().default('before'),
    uploads: text('uploads').$type<Event['uploads']>().notNull().default('open'),
    guestView: text('guest_view').$type<Event['guestView']>().notNull().default('gallery'),
    opensAt: moment('opens_at'),
    closesAt: moment('closes_at'),
    revealAt: moment('reveal_at'),
    deleteAt: moment('delete_at'),
    deletedAt: moment('deleted_at'),
    roomEpoch: text('room_epoch').notNull().default(''),
    roomSeq: bigint('room_seq', { mode: 'number' }).notNull().default(0),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
export type EventRow = typeof events.$inferSelect;

export const guests = pgTable(
  'guests',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    name: text('name'),
    blockedAt: moment('blocked_at'),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const pinAttempts = pgTable(
  'pin_attempts',
  {
    tenantId: uuid('tenant_id').notNull(),
    eventId: uuid('event_id').notNull(),
    device: text('device').notNull(),
    failures: integer('failures').notNull(),
    resetsAt: moment('resets_at').notNull(),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.eventId, table.device] })],
);
