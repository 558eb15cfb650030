import * as z from 'zod';
import { consentVersionSchema } from './consent.ts';
import { eventStateSchema } from './events.ts';
import { cursorSchema, idSchema, limitSchema, timeSchema } from './ids.ts';

export const PHOTO_STATUSES = ['processing', 'pending', 'approved', 'rejected', 'failed'] as const;
export type PhotoStatus = (typeof PHOTO_STATUSES)[number];

/** What a moderator may decide; `processing` and `failed` are the pipeline's words. */
export const DECISIONS = ['pending', 'approved', 'rejected'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Who decided on a photo: a person with an account, a helper with a link, or a rule of the event. */
export const DECIDER_KINDS = ['user', 'helper', 'rule'] as const;
export type DeciderKind = (typeof DECIDER_KINDS)[number];

/**
 * Why, where it was not simply somebody's decision: the event publishes first, the guest is trusted, the
 * guest was blocked or let in again, one decision for all photos of a guest, a guest's report.
 */
export const DECISION_REASONS = [
  'after',
  'trusted',
  'guest_blocked',
  'guest_unblocked',
  'bulk_rule',
  'report',
  'words_changed',
] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

/** What the word lists of an event say about a photo's caption or its guest's name. */
export const PHOTO_FLAGS = ['words_held', 'words_hidden'] as const;
export type PhotoFlag = (typeof PHOTO_FLAGS)[number];

/** Moving pictures: kept as they came, shown by a picture that the browser took from them. */
export const VIDEO_TYPES = ['video/mp4', 'video/quicktime', 'video/webm'] as const;

/** What a guest may send, recognised by content and never by name. */
export const PHOTO_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/heic',
  ...VIDEO_TYPES,
] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];

/** A video is shown by its poster, which the browser that sent it made, and played from its original. */
export const PHOTO_KINDS = ['photo', 'video'] as const;
export type PhotoKind = (typeof PHOTO_KINDS)[number];

/**
 * What is decoded instead of an original that is not decoded here, made by the sender's browser: announced and
 * waited for, here, or needed and never come.
 */
export const PREVIEWS = ['wanted', 'stored', 'missing'] as const;

/** Of the place in a photo's file: there is none, or others do not get it, or they do by its sender's choice. */
export const PHOTO_LOCATIONS = ['none', 'removed', 'kept'] as const;
export type PhotoLocation = (typeof PHOTO_LOCATIONS)[number];

/** Of a photo whose smaller copy came first. */
export const ORIGINAL_STATES = ['awaited', 'arrived', 'differs'] as const;

export const PREVIEW_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PreviewType = (typeof PREVIEW_TYPES)[number];

/** Names of the renditions in their addresses: the widest side-to-side size each may have, in pixels. */
export const RENDITION_WIDTHS = [320, 960, 1920] as const;

export const FAILURE_CODES = [
  'photo.corrupt',
  'photo.unsupported_type',
  'photo.too_many_pixels',
  'photo.missing',
  'photo.no_preview',
  'photo.unprocessable',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export const renditionSchema = z
  .strictObject({
    width: z.int().positive().describe('pixels of the file; never more than the photo has'),
    height: z.int().positive(),
    type: z.literal('image/webp'),
    url: z.string(),
  })
  .meta({ id: 'Rendition' });

export const photoSchema = z
  .strictObject({
    id: idSchema,
    status: z.enum(PHOTO_STATUSES),
    kind: z.enum(PHOTO_KINDS).describe('a video is shown by a still picture of it, its poster'),
    animated: z.boolean().describe('it moves: renditions show its first picture, the original all of them'),
    durationMs: z.int().positive().nullable().describe('of a video, where its file says it'),
    width: z.int().positive().nullable().describe('pixels, upright; null while processing'),
    height: z.int().positive().nullable(),
    thumbhash: z.string().nullable().describe('ThumbHash, base64'),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .nullable()
      .describe('what most of it is, as #rrggbb'),
    partial: z.boolean().describe('a part of the file was lost; what is shown is the rest'),
    renditions: z.array(renditionSchema),
    original: z.string().nullable().describe('where the file itself is, for whoever reads this; null: not to be had'),
    caption: z.string().nullable(),
    by: z.string().nullable().describe('the name the guest gave'),
    takenAt: timeSchema.nullable(),
    createdAt: timeSchema,
    reactions: z.record(z.string(), z.int().nonnegative()),
  })
  .meta({ id: 'Photo' });
export type Photo = z.infer<typeof photoSchema>;

/** A guest's own photo: with the reason when it failed, and what it still needs from its sender. */
export const ownPhotoSchema = photoSchema
  .extend({
    preview: z.enum(PREVIEWS).nullable().describe('wanted: send it to …/mine/{photo}/preview; null: none is needed'),
    failure: z.strictObject({ code: z.enum(FAILURE_CODES), message: z.string() }).nullable(),
    location: z
      .enum(PHOTO_LOCATIONS)
      .describe('of the place in the file: none there, or not in what others get, or left there by choice'),
    copy: z.boolean().describe('a smaller copy: its original is still to come'),
    shownAt: timeSchema.nullable().describe('when a screen of the event first showed it'),
  })
  .meta({ id: 'OwnPhoto' });
export type OwnPhoto = z.infer<typeof ownPhotoSchema>;

/** What a guest's photos go through: the rules of the event, publication at once, or a person each time. */
export const TRUSTS = ['auto', 'always', 'never'] as const;
export type Trust = (typeof TRUSTS)[number];

export const tableSchema = z.strictObject({ code: z.string(), label: z.string() });

export const staffPhotoSchema = ownPhotoSchema
  .extend({
    eventId: idSchema,
    version: z.int().positive().describe('grows with every change of this photo'),
    guestId: idSchema,
    guest: z.strictObject({
      id: idSchema,
      name: z.string().nullable(),
      table: tableSchema.nullable(),
      blocked: z.boolean(),
      trust: z.enum(TRUSTS),
      approved: z.int().nonnegative().describe('how many photos of this guest are published'),
    }),
    albumId: idSchema.nullable(),
    flags: z.array(z.enum(PHOTO_FLAGS)),
    reports: z.int().nonnegative().describe('reports that nobody has answered yet'),
    decided: z
      .strictObject({
        by: z.string().nullable().describe('the name as it was then; null for a rule'),
        kind: z.enum(DECIDER_KINDS),
        at: timeSchema,
        reason: z.enum(DECISION_REASONS).nullable(),
      })
      .nullable(),
    consentVersion: z.int().positive().nullable().describe('the wording of the consent that its guest agreed to'),
    duplicateOf: idSchema.nullable(),
    sha256: z.string().describe('of the bytes received, hexadecimal'),
    bytes: z.int().nonnegative(),
    type: z.enum(PHOTO_TYPES),
    originalState: z
      .enum(ORIGINAL_STATES)
      .nullable()
      .describe(
        'a smaller copy came first; its original is still to come, is here and not looked at yet, or shows something else and is given to nobody but the team; null: there was none, or all is well',
      ),
  })
  .meta({ id: 'StaffPhoto' });
export type StaffPhoto = z.infer<typeof staffPhotoSchema>;

export const PHOTO_SORTS = ['-arrived', 'arrived', 'taken', '-taken'] as const;
export type PhotoSort = (typeof PHOTO_SORTS)[number];

export const CAPTION_MAX_CHARACTERS = 300;

/** Query of `POST /api/v1/events/{event}/photos`. */
export const uploadQuerySchema = z.strictObject({
  caption: z.string().trim().max(CAPTION_MAX_CHARACTERS).optional(),
  consent: consentVersionSchema.optional().describe('version of the consent text that the guest has agreed to'),
  preview: z.literal('coming').optional().describe('a picture of it follows, if it is one that is not decoded here'),
  location: z.literal('keep').optional().describe('the place in the file stays in what others download'),
  stands: z.literal('copy').optional().describe('a smaller copy, whose original follows in an upload of its own'),
  original: idSchema.optional().describe('id of the photo whose copy came first: this is its original'),
});

/** `Idempotency-Key`: printable ASCII, as the client likes. */
export const idempotencyKeySchema = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable characters');

export const photoListQuerySchema = z.strictObject({
  cursor: cursorSchema.optional(),
  limit: limitSchema,
  sort: z.enum(PHOTO_SORTS).default('-arrived'),
  album: idSchema.optional(),
});

export const photoListSchema = z.strictObject({
  items: z.array(photoSchema),
  nextCursor: z.string().nullable(),
  epoch: z.string(),
  seq: z.int().nonnegative(),
  event: eventStateSchema,
});

export const ownPhotoListSchema = z.strictObject({ items: z.array(ownPhotoSchema), nextCursor: z.string().nullable() });
export const ownPhotoListQuerySchema = z.strictObject({ cursor: cursorSchema.optional(), limit: limitSchema });

export const uploadedSchema = z.strictObject({ photo: ownPhotoSchema });
export const staffPhotoAnswerSchema = z.strictObject({ photo: staffPhotoSchema });
