import * as z from 'zod';
import { idSchema } from './ids.ts';

/** Queue `momentique-thumbnails`: make the renditions of one photo, or those that one still lacks. */
export const thumbnailJobSchema = z.strictObject({
  v: z.literal(1),
  tenantId: idSchema,
  eventId: idSchema,
  photoId: idSchema,
  task: z.literal('backfill').optional(),
});
export type ThumbnailJob = z.infer<typeof thumbnailJobSchema>;

/** Queue `momentique-mail`: one message to one person. `key` makes a repeated delivery harmless. */
export const mailJobSchema = z.strictObject({
  v: z.literal(1),
  key: z.string().min(1).max(200),
  to: z.email(),
  subject: z.string().min(1).max(200),
  text: z.string().min(1).max(20_000),
});
export type MailJob = z.infer<typeof mailJobSchema>;

/**
 * Queue `momentique-rehearsals`: the next step of a rehearsal. One that names an old `tick` is passed over; the sweeper
 * names none, and means whichever is next.
 */
export const rehearsalJobSchema = z.strictObject({
  v: z.literal(1),
  tenantId: idSchema,
  rehearsalId: idSchema,
  tick: z.int().nonnegative().nullable(),
});
export type RehearsalJob = z.infer<typeof rehearsalJobSchema>;

/** What the courier answers to the main Worker's schedule; generated bindings know no methods of another Worker. */
export interface CourierRpc {
  sweep(): Promise<unknown>;
}
