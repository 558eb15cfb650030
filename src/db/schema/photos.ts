import { bigint, boolean, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import type {
  DeciderKind,
  DecisionReason,
  FailureCode,
  PhotoFlag,
  PhotoKind,
  PhotoLocation,
  PhotoStatus,
  PhotoType,
  PreviewType,
} from '../../contract/photos.ts';
import type { CommandName } from '../../contract/screens.ts';
import { moment, stamps } from './columns.ts';

/** What the last run of the pipeline cost; for logs and the operator, never for guests. */
export interface ProcessingAccount {
  /** largest sum of WebAssembly memory and live buffers, bytes */
  peakBytes: number;
  /** by the name of the stage, milliseconds */
  cpuMs: Record<string, number>;
  decoder: string;
  /** such as `2/8`; how much smaller the decoder made it */
  scale: string;
}

/** Announced, here, or needed and never come. */
export type PreviewState = 'coming' | 'stored' | 'missing';

/** Of a photo whose smaller copy came first: still to come, here and to be decoded or not, another picture. */
export type OriginalState = 'awaited' | 'arrived' | 'unread' | 'differs';

/** Uploads, their renditions and what the room has still to hear; see `migrations/`, 0002, 0003, 0005, 0007, 0011, 0014 and 0015. */
export const photos = pgTable(
  'photos',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    guestId: uuid('guest_id').notNull(),
    status: text('status').$type<PhotoStatus>().notNull().default('processing'),
    version: integer('version').notNull().default(1),
    sha256: text('sha256').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    type: text('type').$type<PhotoType>().notNull(),
    kind: text('kind').$type<PhotoKind>().notNull().default('photo'),
    animated: boolean('animated').notNull().default(false),
    durationMs: bigint('duration_ms', { mode: 'number' }),
    storedWidth: integer('stored_width').notNull(),
    storedHeight: integer('stored_height').notNull(),
    width: integer('width'),
    height: integer('height'),
    previewState: text('preview_state').$type<PreviewState>(),
    previewUntil: moment('preview_until'),
    previewType: text('preview_type').$type<PreviewType>(),
    previewWidth: integer('preview_width'),
    previewHeight: integer('preview_height'),
    previewBytes: integer('preview_bytes'),
    partialShare: real('partial_share').notNull().default(1),
    dominantColour: text('dominant_colour'),
    sharpness: real('sharpness'),
    perceptualHash: text('perceptual_hash'),
    redactions: jsonb('redactions').$type<unknown[]>(),
    publicBytes: bigint('public_bytes', { mode: 'number' }),
    publicSha256: text('public_sha256'),
    keepLocation: boolean('keep_location').notNull().default(false),
    location: text('location').$type<PhotoLocation>(),
    originalState: text('original_state').$type<OriginalState>(),
    copySha256: text('copy_sha256'),
    shownAt: moment('shown_at'),
    processing: jsonb('processing').$type<ProcessingAccount>(),
    thumbhash: text('thumbhash'),
    renditionKey: text('rendition_key'),
    caption: text('caption'),
    takenAt: moment('taken_at'),
    failureCode: text('failure_code').$type<FailureCode>(),
    failureMessage: text('failure_message'),
    duplicateOf: uuid('duplicate_of'),
    idempotencyKey: text('idempotency_key'),
    enqueuedAt: moment('enqueued_at').notNull().defaultNow(),
    attempts: integer('attempts').notNull().default(0),
    decidedBy: uuid('decided_by'),
    decidedAt: moment('decided_at'),
    decidedByKind: text('decided_by_kind').$type<DeciderKind>(),
    decidedByName: text('decided_by_name'),
    decidedReason: text('decided_reason').$type<DecisionReason>(),
    blockedFrom: text('blocked_from').$type<'pending' | 'approved'>(),
    albumId: uuid('album_id'),
    consentVersion: integer('consent_version'),
    flags: text('flags').array().$type<PhotoFlag[]>().notNull().default([]),
    deletedAt: moment('deleted_at'),
    backfillAt: moment('backfill_at'),
    objectsDeletedAt: moment('objects_deleted_at'),
    reactions: jsonb('reactions').$type<Record<string, number>>().notNull().default({}),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull().default({}),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
export type PhotoRow = typeof photos.$inferSelect;

export const photoRenditions = pgTable(
  'photo_renditions',
  {
    tenantId: uuid('tenant_id').notNull(),
    photoId: uuid('photo_id').notNull(),
    name: integer('name').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    bytes: integer('bytes').notNull(),
    type: text('type').notNull().default('image/webp'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.photoId, table.name] })],
);

export const uploadIntents = pgTable(
  'upload_intents',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull(),
    eventId: uuid('event_id').notNull(),
    clearedAt: moment('cleared_at'),
    guestId: uuid('guest_id'),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    expiresAt: moment('expires_at'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** What a later look at the photo, or at the event, no longer tells of a change. */
export interface OutboxPayload {
  /** it was approved until then, so that some page may show it, whether or not its room ever said so */
  leftGallery?: true;
  /** only staff have to hear of it: a report, an album that nobody sees */
  staffOnly?: true;
  /** the event: who came in by its old PIN or visibility must show again that they may */
  closesDoors?: true;
  /** the event: the moderator whose access has ended, and nothing else has changed */
  closesModerator?: string;
  /** the event: the guest who is another one by now, or nobody, and nothing else has changed */
  closesGuest?: string;
  /** the event: the screen that does not belong to it any more, and nothing else has changed */
  closesScreen?: string;
  /** the event: another photo is in the spotlight, or none */
  spotlight?: true;
  /** the event: the announcement that was made or taken back */
  announcement?: string;
  /** a screen: what it is to be told; `photo_id` and `version` are then the screen's */
  nudge?: { id: string; command: CommandName };
}

/** `photo_id` is the event's own id where the event itself has changed, and a screen's where it is told something; `version` is then theirs. */
export const outbox = pgTable(
  'outbox',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    eventId: uuid('event_id').notNull(),
    photoId: uuid('photo_id').notNull(),
    version: integer('version').notNull(),
    payload: jsonb('payload').$type<OutboxPayload>().notNull().default({}),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
