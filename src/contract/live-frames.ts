import * as z from 'zod';
import { eventStateSchema } from './events.ts';
import { photoSchema, staffPhotoSchema, PHOTO_STATUSES } from './photos.ts';
import { idSchema, timeSchema } from './ids.ts';
import { CLAIM_MAX_PHOTOS, PROTOCOL_VERSION, REACTION_EMOJI, SCREEN_NUDGES } from './live-constants.ts';
import { recallSchema, screenPresenceSchema, screenReportSchema } from './live-screens.ts';

export const ROOM_ROLES = ['viewer', 'guest', 'staff', 'screen'] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

const v = z.literal(PROTOCOL_VERSION);
const seq = z.int().positive();

export const helloFrameSchema = z.strictObject({
  v,
  type: z.literal('hello'),
  epoch: z.string(),
  seq: z.int().nonnegative(),
  role: z.enum(ROOM_ROLES),
  viewers: z.int().nonnegative(),
});
export const photoApprovedFrameSchema = z.strictObject({
  v,
  type: z.literal('photo.approved'),
  seq,
  photo: photoSchema,
});
export const photoRemovedFrameSchema = z.strictObject({ v, type: z.literal('photo.removed'), seq, id: idSchema });
/**
 * The event itself is another now: held or released, closed, revealed, its albums rearranged. What a page
 * shows may be another too, so a client fetches again; where `shows` is false it takes its photos down first.
 */
export const eventChangedFrameSchema = z.strictObject({
  v,
  type: z.literal('event.changed'),
  seq,
  event: eventStateSchema,
});
/** How often a photo has been reacted to with each of these, all told; what is not named is as it was. */
export const reactionsFrameSchema = z.strictObject({
  v,
  type: z.literal('reactions'),
  seq,
  items: z.array(z.strictObject({ photoId: idSchema, emoji: z.enum(REACTION_EMOJI), count: z.int().nonnegative() })),
});
/** Times are epoch milliseconds. Taken back by an `until` that is past, or by an empty text. */
export const announcementFrameSchema = z.strictObject({
  v,
  type: z.literal('announcement'),
  seq,
  id: idSchema,
  text: z.string().max(500),
  from: z.int().nonnegative().nullable(),
  until: z.int().nonnegative().nullable(),
});
/** No `photoId`: nothing is in the spotlight any more. `until`: epoch milliseconds. */
export const spotlightFrameSchema = z.strictObject({
  v,
  type: z.literal('spotlight'),
  seq,
  photoId: idSchema.optional(),
  until: z.int().nonnegative().optional(),
});
export const resetFrameSchema = z.strictObject({
  v,
  type: z.literal('reset'),
  epoch: z.string(),
  seq: z.int().nonnegative(),
  snapshotUrl: z.string(),
});
export const viewersFrameSchema = z.strictObject({ v, type: z.literal('viewers'), count: z.int().nonnegative() });
export const photoPendingFrameSchema = z.strictObject({ v, type: z.literal('photo.pending'), photo: staffPhotoSchema });
/** To staff, for what left the waiting list by any hand: recovered by fetching, so without seq. */
export const photoDecidedFrameSchema = z.strictObject({ v, type: z.literal('photo.decided'), photo: staffPhotoSchema });
export const photoStatusFrameSchema = z.strictObject({
  v,
  type: z.literal('photo.status'),
  id: idSchema,
  status: z.enum([...PHOTO_STATUSES, 'deleted']),
});
/** To the guest who sent it: a screen of the event shows it for the first time. */
export const photoShownFrameSchema = z.strictObject({
  v,
  type: z.literal('photo.shown'),
  id: idSchema,
  at: timeSchema,
});
const moderatorSchema = z.strictObject({ id: idSchema, name: z.string() });
export type RoomModerator = z.infer<typeof moderatorSchema>;
/** To staff: which photos are in whose hands, and who is there. All of it each time; nothing of it is kept. */
export const claimsFrameSchema = z.strictObject({
  v,
  type: z.literal('claims'),
  items: z.array(z.strictObject({ photoId: idSchema, by: moderatorSchema })),
  moderators: z.array(moderatorSchema),
});
/** To a screen. */
export const screenCommandFrameSchema = z.strictObject({
  v,
  type: z.literal('screen.command'),
  id: idSchema,
  command: z.enum(SCREEN_NUDGES),
});
/** To a screen that comes back: photos that were taken down and that it has not confirmed to be rid of. */
export const recallFrameSchema = z.strictObject({ v, type: z.literal('recall'), photoIds: z.array(idSchema) });
/** To staff who `watch`: how one screen is. */
export const screenStatusFrameSchema = screenPresenceSchema.extend({ v, type: z.literal('screen.status') });
/** To staff. */
export const recallProgressFrameSchema = recallSchema.extend({ v, type: z.literal('recall.progress') });
export const errorFrameSchema = z.strictObject({ v, type: z.literal('error'), code: z.string() });
export const pongFrameSchema = z.strictObject({ v, type: z.literal('pong') });

export const serverFrameSchema = z.discriminatedUnion('type', [
  helloFrameSchema,
  photoApprovedFrameSchema,
  photoRemovedFrameSchema,
  eventChangedFrameSchema,
  reactionsFrameSchema,
  announcementFrameSchema,
  spotlightFrameSchema,
  resetFrameSchema,
  viewersFrameSchema,
  photoPendingFrameSchema,
  photoDecidedFrameSchema,
  photoStatusFrameSchema,
  photoShownFrameSchema,
  claimsFrameSchema,
  screenCommandFrameSchema,
  recallFrameSchema,
  screenStatusFrameSchema,
  recallProgressFrameSchema,
  errorFrameSchema,
  pongFrameSchema,
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;

export const clientFrameSchema = z.discriminatedUnion('type', [
  z.strictObject({ v, type: z.literal('ack'), seq: z.int().nonnegative() }),
  z.strictObject({ v, type: z.literal('ping') }),
  /** by staff: the photos they have in hand from now on, instead of those before; none lets go of all */
  z.strictObject({ v, type: z.literal('claim'), photoIds: z.array(idSchema).max(CLAIM_MAX_PHOTOS) }),
  /** by staff: to be told of screens for `WATCH_SECONDS` from now on, or no more */
  z.strictObject({ v, type: z.literal('watch'), on: z.boolean() }),
  /** by a guest */
  z.strictObject({ v, type: z.literal('react'), photoId: idSchema, emoji: z.enum(REACTION_EMOJI) }),
  /** by a screen */
  screenReportSchema.extend({ v, type: z.literal('report') }),
  /** by a screen: this photo is gone from the picture, from memory and from the device's own caches */
  z.strictObject({ v, type: z.literal('removed'), id: idSchema }),
  /** by a screen: this photo is in the picture, for the first time since its page was opened */
  z.strictObject({ v, type: z.literal('shown'), id: idSchema }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;
