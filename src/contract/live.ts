import * as z from 'zod';
import { TICKET_TTL_SECONDS } from './live-constants.ts';

export * from './live-constants.ts';
export * from './live-frames.ts';
export * from './live-messages.ts';
export * from './live-screens.ts';

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
  /** id of the screen, and its installation, for role `screen`; absent otherwise */
  screen: 'x-room-screen',
  installation: 'x-room-installation',
  /** ISO time after which the room closes the socket with 4401 */
  expires: 'x-room-expires',
  /** version of the event by which it was judged who may come in */
  eventVersion: 'x-room-event-version',
  /** `{epoch}.{seq}` or absent */
  since: 'x-room-since',
  /** unique id of the ticket: a second use is refused */
  ticket: 'x-room-ticket',
  /** path a client fetches after `reset` */
  snapshot: 'x-room-snapshot',
  /** where the room is; absent where there are no jurisdictions */
  jurisdiction: 'x-room-jurisdiction',
  /** in a room's answer: number of the relay to knock at instead */
  relay: 'x-room-relay',
  /** in the same answer, and then to that relay as it is */
  slip: 'x-room-slip',
} as const;
