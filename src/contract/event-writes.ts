import * as z from 'zod';
import {
  cameraSchema,
  DOWNLOADS,
  languagesSchema,
  lookSchema,
  photosPerGuestSchema,
  wordListSchema,
} from './event-settings.ts';
import { EVENT_STATUSES, VISIBILITIES } from './events.ts';
import { slugSchema, timeSchema } from './ids.ts';
import { LOCALES } from './messages/shape.ts';
import {
  CHECKLIST_BY_HAND,
  CHECKLIST_IDS,
  PIN_MAX_LENGTH,
  PIN_MIN_LENGTH,
  TRUST_AFTER_MAX,
} from './values/event-limits.ts';
import { cleanName, EVENT_NAME_MAX_LENGTH, lengthOf, nameSchema } from './values/names.ts';
import { isTimeZone } from './values/zones.ts';

/* What staff may set of an event. Unknown fields are refused. */

export const eventNameSchema = nameSchema(EVENT_NAME_MAX_LENGTH);

const pinSchema = z
  .string()
  .max(200)
  .trim()
  .refine(
    (pin) => lengthOf(pin) >= PIN_MIN_LENGTH && lengthOf(pin) <= PIN_MAX_LENGTH,
    `must have ${PIN_MIN_LENGTH} to ${PIN_MAX_LENGTH} characters`,
  )
  .refine((pin) => cleanName(pin) === pin.normalize('NFC'), 'must have only characters that can be seen');

export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
  .describe('IANA name');

const settable = {
  timeZone: timeZoneSchema,
  slug: slugSchema,
  startsAt: timeSchema.nullable(),
  endsAt: timeSchema.nullable(),
  opensAt: timeSchema.nullable().describe('guests may send photos from then on'),
  closesAt: timeSchema.nullable().describe('and until then'),
  revealAt: timeSchema.nullable().describe('guests see each other’s photos from then on'),
  deleteAt: timeSchema.nullable().describe('the event is deleted then; it can be restored for 30 days'),
  visibility: z.enum(VISIBILITIES),
  pin: pinSchema.nullable(),
  moderation: z.enum(['before', 'after']),
  uploads: z.enum(['open', 'closed']),
  guestView: z.enum(['gallery', 'dropbox']),
  trustAfter: z.int().min(1).max(TRUST_AFTER_MAX).nullable(),
  languages: languagesSchema,
  defaultLanguage: z.enum(LOCALES).nullable(),
  look: lookSchema,
  downloads: z.enum(DOWNLOADS),
  camera: cameraSchema
    .nullable()
    .describe('a disposable camera; it needs a revealAt, at which its photos are developed'),
  photosPerGuest: photosPerGuestSchema.nullable(),
  holdWords: wordListSchema,
  blockWords: wordListSchema,
};

export const eventPatchSchema = z
  .strictObject({ name: eventNameSchema, status: z.enum(EVENT_STATUSES), ...settable })
  .partial()
  .meta({ id: 'EventPatch' });
export type EventPatch = z.infer<typeof eventPatchSchema>;

export const eventCreateSchema = z
  .strictObject({ ...settable, status: z.enum(['draft', 'live']) })
  .partial()
  .extend({ name: eventNameSchema, timeZone: timeZoneSchema })
  .meta({ id: 'EventCreate' });
export type EventCreate = z.infer<typeof eventCreateSchema>;

export const eventDuplicateSchema = z.strictObject({
  name: eventNameSchema,
  slug: slugSchema.optional(),
  startsAt: timeSchema.nullish(),
  endsAt: timeSchema.nullish(),
});
export type EventDuplicate = z.infer<typeof eventDuplicateSchema>;

export const checklistPatchSchema = z.strictObject({ id: z.enum(CHECKLIST_BY_HAND), done: z.boolean() });
export type ChecklistPatch = z.infer<typeof checklistPatchSchema>;

const timelineKinds = [
  'created',
  'opens',
  'starts',
  'first_photo',
  'first_published',
  'latest_photo',
  'held',
  'ends',
  'closes',
  'reveals',
  'deletes',
] as const;

export const eventSummarySchema = z
  .strictObject({
    checklist: z.array(
      z.strictObject({
        id: z.enum(CHECKLIST_IDS),
        done: z.boolean(),
        at: timeSchema.nullable(),
        byHand: z.boolean().describe('somebody may say that it is done'),
      }),
    ),
    uploadsPerHour: z
      .array(z.strictObject({ hour: timeSchema, count: z.int() }))
      .describe('the 24 hours up to the latest photo, without gaps; empty where there is none'),
    counts: z.strictObject({
      processing: z.int(),
      pending: z.int(),
      approved: z.int(),
      rejected: z.int(),
      failed: z.int(),
      total: z.int(),
    }),
    guests: z.int(),
    senders: z.int().describe('guests who have sent a photo'),
    reportsOpen: z.int(),
    timeline: z.array(z.strictObject({ at: timeSchema, kind: z.enum(timelineKinds) })).describe('earliest first'),
  })
  .meta({ id: 'EventSummary' });
export type EventSummary = z.infer<typeof eventSummarySchema>;
export type TimelineKind = EventSummary['timeline'][number]['kind'];
