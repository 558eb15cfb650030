import { boolean, doublePrecision, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { CommandName } from '../../contract/screens.ts';
import type { DeviceKind, DeviceStatus } from '../../contract/sites.ts';
import { moment, stamps } from './columns.ts';

/** Sites, devices, screens and what a stage shows; policies and checks are in `migrations/0007_sites_and_screens.sql` and `0008_kiosk_links.sql`. */
export const sites = pgTable(
  'sites',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    name: text('name').notNull(),
    address: text('address'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    timeZone: text('time_zone').notNull().default('UTC'),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    createdBy: uuid('created_by'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const userSiteAssignments = pgTable(
  'user_site_assignments',
  {
    tenantId: uuid('tenant_id').notNull(),
    siteId: uuid('site_id').notNull(),
    userId: uuid('user_id').notNull(),
    assignedBy: uuid('assigned_by'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.siteId, table.userId] })],
);

/** A command as it is kept for a screen that polls. */
export interface StoredCommand {
  id: string;
  /** the device's version that it made */
  n: number;
  command: CommandName;
  /** epoch milliseconds */
  at: number;
}

export const devices = pgTable(
  'devices',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    kind: text('kind').$type<DeviceKind>().notNull(),
    name: text('name').notNull(),
    number: integer('number'),
    serialNumber: text('serial_number'),
    status: text('status').$type<DeviceStatus>().notNull().default('offline'),
    siteId: uuid('site_id'),
    eventId: uuid('event_id'),
    layout: jsonb('layout').$type<Record<string, unknown>>().notNull().default({}),
    paused: boolean('paused').notNull().default(false),
    version: integer('version').notNull().default(1),
    commands: jsonb('commands').$type<StoredCommand[]>().notNull().default([]),
    credentialHash: text('credential_hash'),
    installation: text('installation'),
    copiedAt: moment('copied_at'),
    lastSeenAt: moment('last_seen_at'),
    pairedAt: moment('paired_at'),
    revokedAt: moment('revoked_at'),
    rehearsalEventId: uuid('rehearsal_event_id'),
    rehearsalUntil: moment('rehearsal_until'),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    createdBy: uuid('created_by'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
export type DeviceRow = typeof devices.$inferSelect;

export const screenPairings = pgTable(
  'screen_pairings',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    code: text('code').notNull(),
    secretHash: text('secret_hash').notNull(),
    installation: text('installation').notNull(),
    expiresAt: moment('expires_at').notNull(),
    claimedAt: moment('claimed_at'),
    deviceId: uuid('device_id'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const kioskLinks = pgTable(
  'kiosk_links',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    tokenHash: text('token_hash').notNull(),
    kind: text('kind').$type<'screen' | 'kiosk'>().notNull(),
    name: text('name').notNull(),
    siteId: uuid('site_id'),
    eventId: uuid('event_id').notNull(),
    layout: jsonb('layout').$type<Record<string, unknown>>().notNull().default({}),
    expiresAt: moment('expires_at').notNull(),
    claimedAt: moment('claimed_at'),
    installation: text('installation'),
    deviceId: uuid('device_id'),
    createdBy: uuid('created_by').notNull(),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const pairingTries = pgTable(
  'pairing_tries',
  {
    tenantId: uuid('tenant_id').notNull(),
    subject: text('subject').notNull(),
    tries: integer('tries').notNull(),
    resetsAt: moment('resets_at').notNull(),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.subject] })],
);

export const announcements = pgTable(
  'announcements',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    text: text('text').notNull(),
    shownFrom: moment('shown_from'),
    shownUntil: moment('shown_until'),
    createdBy: uuid('created_by'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
export type AnnouncementRow = typeof announcements.$inferSelect;

/** One of each kind per guest and photo. */
export const reactions = pgTable(
  'reactions',
  {
    tenantId: uuid('tenant_id').notNull(),
    eventId: uuid('event_id').notNull(),
    photoId: uuid('photo_id').notNull(),
    guestId: uuid('guest_id').notNull(),
    emoji: text('emoji').notNull(),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.photoId, table.guestId, table.emoji] })],
);
