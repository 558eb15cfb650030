import * as z from 'zod';
import { idSchema, timeSchema } from './ids.ts';
import { PREFLIGHT_CHECKS, SCREEN_NUDGES } from './live-constants.ts';

/** Random, made by the page of a screen at its first start and kept by it: the same credential elsewhere has another. */
export const installationSchema = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be an installation id');

const preflightSchema = z
  .array(z.strictObject({ check: z.enum(PREFLIGHT_CHECKS), ok: z.boolean(), detail: z.string().max(200) }))
  .max(PREFLIGHT_CHECKS.length);

/** What a screen says of itself, over the socket or, where there is none, by HTTP. */
export const screenReportSchema = z.strictObject({
  showing: idSchema.nullable().describe('the photo that is largest now'),
  layout: z.string().max(20).describe('the layout that is on, of a rotation the present one'),
  version: z.string().max(40).describe('of the page'),
  skewMs: z.int().describe('how far its clock is ahead of the server’s'),
  transport: z.enum(['socket', 'polling']),
  paused: z.boolean(),
  preflight: preflightSchema.optional().describe('only after the command `preflight`; the last one is kept'),
});
export type ScreenReport = z.infer<typeof screenReportSchema>;

/** The same as its room has kept it. */
export const keptReportSchema = screenReportSchema.extend({
  since: timeSchema.describe('since when `showing` is shown, as far as was reported'),
  checkedAt: timeSchema.optional().describe('when `preflight` was reported'),
});

/** What the room knows of one screen: an answer of its RPC, and what `screen.status` says. */
export const screenPresenceSchema = z.strictObject({
  screenId: idSchema,
  online: z.boolean().describe('a socket that has been heard within a minute, or a poll within twenty seconds'),
  lastSeenAt: timeSchema,
  doubled: z.boolean().describe('two sockets of this screen are alive at once: its credential has been copied'),
  report: keptReportSchema.nullable(),
});
export type ScreenPresence = z.infer<typeof screenPresenceSchema>;

/** A nudge for screens that are there now; what lasts is in Postgres. A screen drops an `id` it has seen. */
export const screenNudgeSchema = z.strictObject({
  id: idSchema,
  screenIds: z.union([z.literal('all'), z.array(idSchema).max(1_000)]),
  command: z.enum(SCREEN_NUDGES),
});
export type ScreenNudge = z.infer<typeof screenNudgeSchema>;

/** How far a photo that was taken down is gone from the screens. */
export const recallSchema = z.strictObject({
  photoId: idSchema,
  confirmed: z.int().nonnegative().describe('of `total`'),
  total: z.int().nonnegative().describe('screens that were there when the photo was taken down'),
  offline: z.int().nonnegative().describe('screens that were not there and have yet to confirm'),
  ms: z.int().nonnegative().describe('until the latest of `confirmed`; 0 when there is none'),
});
export type Recall = z.infer<typeof recallSchema>;

/** One poll of a screen that has no socket. */
export const screenVisitSchema = z.strictObject({
  screenId: idSchema,
  report: screenReportSchema.nullable(),
  /** photos it is rid of, as `removed` frames say */
  removed: z.array(idSchema).max(200),
  /** photos it has begun to show, as `shown` frames say */
  shown: z.array(idSchema).max(200).default([]),
});
export type ScreenVisit = z.input<typeof screenVisitSchema>;
