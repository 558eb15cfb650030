import * as z from 'zod';
import { eventStateSchema } from './events.ts';
import { photoSchema, staffPhotoSchema, PHOTO_STATUSES } from './photos.ts';
import { idSchema } from './ids.ts';
import { CLAIM_MAX_PHOTOS, PROTOCOL_VERSION, TICKET_TTL_SECONDS } from './live-constants.ts';

export * from './live-constants.ts';

export const ROOM_ROLES = ['viewer', 'guest', 'staff'] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

export const liveTicketSchema = z.strictObject({ ticket: z.string(), expiresIn: z.literal(TICKET_TTL_SECONDS) });

/**
 * `?since={epoch}.{seq}`: the last frame a client has applied. The epoch of an event whose room nobody
 * has opened yet is empty; such a client is told to start over from the snapshot.
 */
export const sinceSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{0,64}\.[0-9]{1,15}$/, 'must be {epoch}.{seq}')
  .transform((value) => {
    const dot = value.lastIndexOf('.');
    return { epoch: value.slice(0, dot) || 'none', seq: Number(value.slice(dot + 1)) };
  });

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
const moderatorSchema = z.strictObject({ id: idSchema, name: z.string() });
export type RoomModerator = z.infer<typeof moderatorSchema>;
/** To staff: which photos are in whose hands, and who is there. All of it each time; nothing of it is kept. */
export const claimsFrameSchema = z.strictObject({
  v,
  type: z.literal('claims'),
  items: z.array(z.strictObject({ photoId: idSchema, by: moderatorSchema })),
  moderators: z.array(moderatorSchema),
});
export const errorFrameSchema = z.strictObject({ v, type: z.literal('error'), code: z.string() });
export const pongFrameSchema = z.strictObject({ v, type: z.literal('pong') });

export const serverFrameSchema = z.discriminatedUnion('type', [
  helloFrameSchema,
  photoApprovedFrameSchema,
  photoRemovedFrameSchema,
  eventChangedFrameSchema,
  resetFrameSchema,
  viewersFrameSchema,
  photoPendingFrameSchema,
  photoDecidedFrameSchema,
  photoStatusFrameSchema,
  claimsFrameSchema,
  errorFrameSchema,
  pongFrameSchema,
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;

export const clientFrameSchema = z.discriminatedUnion('type', [
  z.strictObject({ v, type: z.literal('ack'), seq: z.int().nonnegative() }),
  z.strictObject({ v, type: z.literal('ping') }),
  /** by staff: the photos they have in hand from now on, instead of those before; none lets go of all */
  z.strictObject({ v, type: z.literal('claim'), photoIds: z.array(idSchema).max(CLAIM_MAX_PHOTOS) }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/* ---- between the gateway and the room (same account, still validated) ---- */

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
});
export type EventMessage = z.infer<typeof eventMessageSchema>;

/**
 * What the outbox hands to the room. The room drops what is not newer than the version it has applied
 * for that photo, or for the event, gives `public` frames a seq, logs, then broadcasts.
 */
export const roomMessageSchema = z.discriminatedUnion('kind', [photoMessageSchema, eventMessageSchema]);
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
}

/**
 * Headers by which the gateway tells the room who is on the socket. The room trusts them because it
 * has no public address; the gateway builds that request afresh and copies nothing from the client.
 */
export const ROOM_HEADERS = {
  role: 'x-room-role',
  /** guest id for role `guest`; absent otherwise */
  guest: 'x-room-guest',
  /** id of the user or of the helper's grant, for role `staff`; absent otherwise */
  moderator: 'x-room-moderator',
  /** the name other moderators see, percent-encoded */
  moderatorName: 'x-room-moderator-name',
  /** ISO time after which the room closes the socket with 4401 */
  expires: 'x-room-expires',
  /** `{epoch}.{seq}` or absent */
  since: 'x-room-since',
  /** unique id of the ticket: a second use is refused */
  ticket: 'x-room-ticket',
  /** path a client fetches after `reset` */
  snapshot: 'x-room-snapshot',
} as const;
