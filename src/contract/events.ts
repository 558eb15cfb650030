import * as z from 'zod';
import { eventSettingsSchema } from './event-settings.ts';
import { eventStageSchema, wallStateSchema } from './stage.ts';
import { cursorSchema, idSchema, limitSchema, slugSchema, timeSchema } from './ids.ts';

export const EVENT_STATUSES = ['draft', 'live', 'closed', 'archived'] as const;
export const VISIBILITIES = ['public', 'pin', 'private'] as const;

/** Where an event stands for whoever looks through many. */
export const EVENT_TIMES = ['live', 'upcoming', 'past'] as const;
export type EventTime = (typeof EVENT_TIMES)[number];

export const eventSchema = z
  .strictObject({
    id: idSchema,
    slug: slugSchema,
    name: z.string(),
    startsAt: timeSchema.nullable(),
    endsAt: timeSchema.nullable(),
    timeZone: z.string(),
    status: z.enum(EVENT_STATUSES),
    visibility: z.enum(VISIBILITIES),
    moderation: z.enum(['before', 'after']),
    uploads: z.enum(['open', 'closed']),
    guestView: z.enum(['gallery', 'dropbox']),
    opensAt: timeSchema.nullable(),
    closesAt: timeSchema.nullable(),
    revealAt: timeSchema.nullable(),
    deleteAt: timeSchema.nullable(),
  })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof eventSchema>;

/** What of an event decides what an open page shows; it goes with every list of photos and every change. */
export const eventStateSchema = z
  .strictObject({
    held: z.boolean().describe('publication is stopped for the moment'),
    heldMessage: z.string().nullable().describe('what is said instead of the photos while held'),
    uploads: z.boolean().describe('whether photos may be sent now'),
    shows: z.boolean().describe('whether guests see each other’s photos now'),
    status: z.enum(EVENT_STATUSES),
    stage: wallStateSchema.describe('what walls show besides photos, and galleries above them'),
  })
  .meta({ id: 'EventState' });
export type EventState = z.infer<typeof eventStateSchema>;

/** What staff see: the event, what it is told to do, and how much waits. */
export const staffEventSchema = eventSchema
  .extend({
    pin: z.string().nullable().describe('null for viewers and helpers, whatever it is'),
    counts: z.strictObject({ pending: z.int(), approved: z.int(), total: z.int() }),
    held: z
      .strictObject({ at: timeSchema, message: z.string().nullable() })
      .nullable()
      .describe('since when publication is stopped, and what guests read meanwhile'),
    stage: eventStageSchema,
    trustAfter: z.int().nullable().describe('after so many approved photos a guest’s next are published first'),
    settings: eventSettingsSchema,
    deletedAt: timeSchema.nullable(),
    restorableUntil: timeSchema.nullable().describe('of a deleted event: until when it can be had back'),
    createdAt: timeSchema,
  })
  .meta({ id: 'StaffEvent' });
export type StaffEvent = z.infer<typeof staffEventSchema>;

export const eventListQuerySchema = z.strictObject({
  cursor: cursorSchema.optional(),
  limit: limitSchema,
  deleted: z.enum(['true', 'false']).optional().describe('true: deleted events that can still be restored'),
  when: z.enum(EVENT_TIMES).optional().describe('upcoming: drafts, and live ones that have not started'),
  q: z.string().trim().max(100).optional().describe('part of the name or of the address'),
});
export type EventListQuery = z.infer<typeof eventListQuerySchema>;
export const eventListSchema = z.strictObject({
  items: z.array(staffEventSchema),
  nextCursor: z.string().nullable(),
  totals: z
    .strictObject({ live: z.int(), upcoming: z.int(), past: z.int(), deleted: z.int() })
    .describe('of the whole account, whatever was asked for'),
});
export type EventList = z.infer<typeof eventListSchema>;
export const eventAnswerSchema = z.strictObject({ event: staffEventSchema });
