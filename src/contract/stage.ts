import * as z from 'zod';
import { idSchema, timeSchema } from './ids.ts';
import { recallSchema } from './live-screens.ts';
import { nameSchema } from './values/names.ts';

/* What an event's walls show besides its photos. Times on the stage are epoch milliseconds: a screen knows how far its clock is off. */

export const ANNOUNCEMENT_MAX_CHARACTERS = 300;
export const PANIC_TEXT_MAX_CHARACTERS = 300;
export const MISSION_MAX_CHARACTERS = 120;
/** Announcements of one event that are shown or still to come. */
export const ANNOUNCEMENTS_MAX = 50;

const ms = z.int().nonnegative();

export const wallStateSchema = z
  .strictObject({
    panic: z
      .strictObject({ since: ms, text: z.string().nullable() })
      .nullable()
      .describe('one slide of ours on every wall, and nothing else; null text: in the words of the wall'),
    spotlight: z
      .strictObject({ photoId: idSchema, until: ms.nullable() })
      .nullable()
      .describe('the photo that walls show alone'),
    announcements: z
      .array(z.strictObject({ id: idSchema, text: z.string(), from: ms.nullable(), until: ms.nullable() }))
      .describe('shown or still to come, in the order in which they were made'),
    photoCall: z
      .strictObject({ startedAt: ms, seconds: z.int().positive(), mission: z.string().nullable() })
      .nullable()
      .describe('a large code, a mission and a countdown'),
  })
  .meta({ id: 'WallState' });
export type WallState = z.infer<typeof wallStateSchema>;

/** What of it stands at the event itself; announcements have a list of their own. */
export const eventStageSchema = wallStateSchema.omit({ announcements: true }).meta({ id: 'EventStage' });

/** `GET /api/v1/events/{event}/stage`, and what the routes below answer, but for those of announcements. */
export const stageAnswerSchema = z.strictObject({
  stage: wallStateSchema,
  serverTime: z.int().nonnegative().describe('epoch milliseconds: what is over by then is left out'),
});
export type StageAnswer = z.infer<typeof stageAnswerSchema>;

/** `POST /api/v1/events/{event}/panic`; DELETE releases. */
export const panicSchema = z.strictObject({ text: nameSchema(PANIC_TEXT_MAX_CHARACTERS).optional() });

/** `GET /api/v1/events/{event}/panic`: how many screens of the event show the slide. */
export const panicAnswerSchema = z.strictObject({
  panic: z.strictObject({ since: timeSchema, text: z.string().nullable() }).nullable(),
  screens: z.strictObject({
    total: z.int().nonnegative(),
    confirmed: z.int().nonnegative().describe('they say that they show it: their report’s layout is `panic`'),
    offline: z.int().nonnegative().describe('they show it as soon as they are back'),
  }),
});
export type PanicAnswer = z.infer<typeof panicAnswerSchema>;

/** `GET /api/v1/events/{event}/photos/{photo}/recall`; null: no screen was concerned, or it is long ago. */
export const recallAnswerSchema = z.strictObject({ recall: recallSchema.nullable() });

/** `POST /api/v1/events/{event}/spotlight`; DELETE ends it. */
export const spotlightSchema = z.strictObject({
  photoId: idSchema,
  seconds: z.int().min(5).max(3600).optional().describe('absent: until it is ended'),
});

/** `POST /api/v1/events/{event}/photo-call`; DELETE ends it. */
export const photoCallSchema = z.strictObject({
  seconds: z.int().min(10).max(600).default(60),
  mission: nameSchema(MISSION_MAX_CHARACTERS).optional(),
});

const announcementSchema = z
  .strictObject({
    id: idSchema,
    text: z.string(),
    from: timeSchema.nullable(),
    until: timeSchema.nullable(),
    state: z.enum(['coming', 'shown', 'over']),
    createdAt: timeSchema,
  })
  .meta({ id: 'Announcement' });
export type Announcement = z.infer<typeof announcementSchema>;

export const announcementRequestSchema = z
  .strictObject({
    text: nameSchema(ANNOUNCEMENT_MAX_CHARACTERS),
    from: timeSchema.nullish().describe('absent: at once'),
    until: timeSchema.nullish().describe('absent: until it is taken back'),
  })
  .refine(({ from, until }) => !from || !until || Date.parse(from) < Date.parse(until), {
    message: 'must end after it begins',
    path: ['until'],
  });
export type AnnouncementRequest = z.infer<typeof announcementRequestSchema>;
export const announcementAnswerSchema = z.strictObject({ announcement: announcementSchema });
/** Newest first; at most `ANNOUNCEMENTS_MAX` that are not over, and the last of those that are. */
export const announcementListSchema = z.strictObject({ items: z.array(announcementSchema) });
