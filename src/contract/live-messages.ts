import * as z from 'zod';
import { idSchema, timeSchema } from './ids.ts';
import {
  announcementFrameSchema,
  eventChangedFrameSchema,
  photoApprovedFrameSchema,
  photoDecidedFrameSchema,
  photoPendingFrameSchema,
  photoRemovedFrameSchema,
  photoStatusFrameSchema,
  spotlightFrameSchema,
} from './live-frames.ts';
import { REACTION_BATCH_MAX, REACTION_EMOJI, SHOWN_BATCH_MAX } from './live-constants.ts';
import type { Recall, ScreenNudge, ScreenPresence, ScreenVisit } from './live-screens.ts';

/* Between the gateway and the room: the same account, and still validated. */

/** One change of one photo, as the outbox hands it to the room. */
const photoMessageSchema = z.strictObject({
  kind: z.literal('photo'),
  photoId: idSchema,
  version: z.int().positive(),
  /** version of the event by which `public` was decided: what a later one hid stays hidden */
  eventVersion: z.int().positive(),
  /** goes to every role and gets a seq; null when the public sees no change */
  public: z
    .discriminatedUnion('type', [
      photoApprovedFrameSchema.omit({ seq: true }),
      photoRemovedFrameSchema.omit({ seq: true }),
    ])
    .nullable(),
  staff: z.discriminatedUnion('type', [photoPendingFrameSchema, photoDecidedFrameSchema]).nullable(),
  /** to the guest who sent the photo */
  uploader: z.strictObject({ guestId: idSchema, frame: photoStatusFrameSchema }).nullable(),
});
export type PhotoMessage = z.infer<typeof photoMessageSchema>;

/** One change of the event itself. */
const eventMessageSchema = z.strictObject({
  kind: z.literal('event'),
  version: z.int().positive(),
  /** null when only sockets are to be closed */
  public: eventChangedFrameSchema.omit({ seq: true }).nullable(),
  /** whoever came in as a viewer or guest must show again that they may: another PIN, another visibility */
  closesDoors: z.boolean(),
  /** moderators whose access has ended */
  closesModerators: z.array(idSchema).max(1_000),
  /** guests whose sessions are another one's by now, or nobody's */
  closesGuests: z.array(idSchema).max(1_000).optional(),
  /** screens that have been revoked or moved to another event; the room forgets them */
  closesScreens: z.array(idSchema).max(1_000).optional(),
});
export type EventMessage = z.infer<typeof eventMessageSchema>;

/** What is in the spotlight; `version` counts up for the whole event. */
const spotlightMessageSchema = z.strictObject({
  kind: z.literal('spotlight'),
  version: z.int().positive(),
  public: spotlightFrameSchema.omit({ seq: true }),
});
export type SpotlightMessage = z.infer<typeof spotlightMessageSchema>;

/** One change of one announcement; `version` counts up for each. */
const announcementMessageSchema = z.strictObject({
  kind: z.literal('announcement'),
  version: z.int().positive(),
  public: announcementFrameSchema.omit({ seq: true }),
});
export type AnnouncementMessage = z.infer<typeof announcementMessageSchema>;

/**
 * What the outbox hands to the room. The room drops what is not newer than the version it has applied
 * for that photo, for the event, for its spotlight or for that announcement, gives `public` frames a seq, logs, then broadcasts.
 */
export const roomMessageSchema = z.discriminatedUnion('kind', [
  photoMessageSchema,
  eventMessageSchema,
  spotlightMessageSchema,
  announcementMessageSchema,
]);
export type RoomMessage = z.infer<typeof roomMessageSchema>;

export interface RoomPosition {
  epoch: string;
  seq: number;
}

/**
 * The room's RPC surface. `publish` is idempotent by the version of each photo and of the event, and returns the
 * position after the last message. `position` creates the room's log if there is none.
 */
export interface RoomRpc {
  publish(messages: RoomMessage[]): Promise<RoomPosition>;
  position(): Promise<RoomPosition>;
  /** Tells screens that are there; `told` names them. What is offline hears nothing: nudges are not kept. */
  command(nudges: ScreenNudge[]): Promise<{ told: string[] }>;
  /** Every screen that has been here and was not closed for good, online or not. */
  screens(): Promise<ScreenPresence[]>;
  /** What a screen without a socket says when it polls. @returns photos it has yet to confirm that it is rid of. */
  checkIn(visit: ScreenVisit): Promise<{ recall: string[] }>;
  /** How far a photo's removal has come; null when no screen was concerned, or it is long ago. */
  recall(photoId: string): Promise<Recall | null>;
  /** Closes every socket and empties the room's storage, for an event of which nothing is to stay. */
  forget(): Promise<void>;
}

const reactionKindSchema = z.strictObject({ photoId: idSchema, emoji: z.enum(REACTION_EMOJI) });
export type ReactionKind = z.infer<typeof reactionKindSchema>;
export const reactionSchema = reactionKindSchema.extend({ guestId: idSchema });
export type Reaction = z.infer<typeof reactionSchema>;

/** Reactions of one event that the room has counted and Postgres has yet to keep. */
export const reactionBatchSchema = z.strictObject({
  tenantId: idSchema,
  eventId: idSchema,
  items: z.array(reactionSchema).max(REACTION_BATCH_MAX),
});
export type ReactionBatch = z.infer<typeof reactionBatchSchema>;

const shownPhotoSchema = z.strictObject({ photoId: idSchema, at: timeSchema });
export type ShownPhoto = z.infer<typeof shownPhotoSchema>;

/** Photos of one event that a paired screen has shown and Postgres has yet to know of. */
export const shownBatchSchema = z.strictObject({
  tenantId: idSchema,
  eventId: idSchema,
  items: z.array(shownPhotoSchema).max(SHOWN_BATCH_MAX),
});
export type ShownBatch = z.infer<typeof shownBatchSchema>;

/** What the main Worker does for rooms: its entrypoint `RoomService`. */
export interface RoomServiceRpc {
  /**
   * Keeps a batch; the same again changes nothing. @returns how many of each kind the photos in it have now.
   * A photo that it does not name is none of this event.
   */
  keepReactions(batch: ReactionBatch): Promise<(ReactionKind & { count: number })[]>;
  /**
   * Keeps when photos were first shown; the same again changes nothing. @returns who sent each, and when it was first
   * shown. A photo that it does not name is none of this event, or not published.
   */
  keepShown(batch: ShownBatch): Promise<(ShownPhoto & { guestId: string })[]>;
}
