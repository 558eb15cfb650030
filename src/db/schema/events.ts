import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Event } from '../../contract/events.ts';
import { moment, stamps } from './columns.ts';

/** The event and who takes part; policies and checks are in `migrations/`, 0002, 0003, 0007, 0009 and 0012. */
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
    version: integer('version').notNull().default(1),
    heldAt: moment('held_at'),
    heldMessage: text('held_message'),
    trustAfter: integer('trust_after'),
    nextChangeAt: moment('next_change_at'),
    createdBy: uuid('created_by'),
    panicAt: moment('panic_at'),
    panicText: text('panic_text'),
    spotlightPhotoId: uuid('spotlight_photo_id'),
    spotlightUntil: moment('spotlight_until'),
    photoCallAt: moment('photo_call_at'),
    photoCallSeconds: integer('photo_call_seconds'),
    photoCallMission: text('photo_call_mission'),
    rehearsalOf: uuid('rehearsal_of'),
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
    blockedBy: uuid('blocked_by'),
    tableCode: text('table_code'),
    trust: text('trust').$type<'auto' | 'always' | 'never'>().notNull().default('auto'),
    devices: integer('devices').notNull().default(1),
    mergedInto: uuid('merged_into'),
    mergedAt: moment('merged_at'),
    erasedAt: moment('erased_at'),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export type GuestRow = typeof guests.$inferSelect;

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

/** Tables or groups of an event, each with a QR code of its own. */
export const eventTables = pgTable(
  'event_tables',
  {
    tenantId: uuid('tenant_id').notNull(),
    eventId: uuid('event_id').notNull(),
    code: text('code').notNull(),
    label: text('label').notNull(),
    position: integer('position').notNull().default(0),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.eventId, table.code] })],
);

/** Helpers without an account; see `domain/helpers.ts`. */
export const eventGrants = pgTable(
  'event_grants',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    role: text('role').$type<'moderator'>().notNull().default('moderator'),
    label: text('label').notNull(),
    tokenHash: text('token_hash').notNull(),
    sessionHash: text('session_hash'),
    expiresAt: moment('expires_at').notNull(),
    redeemedAt: moment('redeemed_at'),
    device: text('device'),
    lastSeenAt: moment('last_seen_at'),
    revokedAt: moment('revoked_at'),
    createdBy: uuid('created_by'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
export type EventGrantRow = typeof eventGrants.$inferSelect;
