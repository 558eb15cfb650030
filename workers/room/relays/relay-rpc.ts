import * as z from 'zod';
import { idSchema } from '../../../src/contract/ids.ts';
import { REACTION_BATCH_MAX, reactionSchema, type Reaction } from '../../../src/contract/live.ts';
import { RESIDENCIES, type Residency } from '../../../src/contract/tenants.ts';
import { LOG_MAX_FRAMES } from '../log/frame-log.ts';

/* Between a room and its relays. They run the same code, of which one may be older for a moment. */

const epoch = z.string().max(64);
const seq = z.int().nonnegative();

export const NOTES_PER_FEED = 500;
/** Instead of a frame: the guest's sockets are closed, to come back as who the guest is now. */
export const CLOSING_NOTE = '';

/** What a room hands to a relay; the same again changes nothing. */
export const relayFeedSchema = z.strictObject({
  epoch,
  /** the frame before the first of `frames`, which have no gap */
  after: seq,
  frames: z.array(z.string()).max(LOG_MAX_FRAMES),
  /** `frames` is all there is: who has not come as far as `after` starts over */
  isWhole: z.boolean(),
  /** to single guests, each after the frame `after`; the number before the first of them, and the last one's */
  notes: z.array(z.strictObject({ after: seq, guestId: idSchema, frame: z.string() })).max(NOTES_PER_FEED),
  notesFrom: seq,
  notesTo: seq,
  /** who came in before this is sent to show that they may still read */
  doorsVersion: z.int().nonnegative(),
  /** of the room and all its relays; null when it is not news */
  viewers: z.int().nonnegative().nullable(),
});
export type RelayFeed = z.infer<typeof relayFeedSchema>;

/** How far a relay has come, and how many people it has or expects. */
export const relayStateSchema = z.strictObject({ epoch, seq, note: seq, people: z.int().nonnegative() });
export type RelayState = z.infer<typeof relayStateSchema>;

export const relayNumberSchema = z.int().positive().max(1_000);
export const forwardedReactionsSchema = z.array(reactionSchema).max(REACTION_BATCH_MAX);

/** What a relay does for its room. */
export interface RelayRpc {
  feed(feed: RelayFeed): Promise<RelayState>;
  /** Closes its sockets and keeps nothing; the same again changes nothing. */
  forget(): Promise<void>;
}

/** What a room does for its relays. */
export interface RootRpc {
  /** The relay is fed from now on. @returns all that it lacks */
  subscribe(relay: number, state: RelayState): Promise<RelayFeed>;
  /** How many people it has now; with none it is fed no more. */
  reportPeople(relay: number, state: RelayState): Promise<void>;
  reactAll(reactions: Reaction[]): Promise<void>;
}

/** What a room gives to whom it sends to a relay; the gateway carries it there as it is. */
const slipSchema = z.strictObject({
  root: z.string().max(200),
  relay: relayNumberSchema,
  jurisdiction: z.enum(RESIDENCIES).nullable(),
  /** the relay is to have come as far before it lets anybody in */
  epoch,
  seq,
  viewers: z.int().nonnegative(),
});
export type Slip = z.infer<typeof slipSchema>;

export const slipText = (slip: Slip): string => encodeURIComponent(JSON.stringify(slip));

/** @returns null when there is none, or it is malformed. */
export function readSlip(header: string | null): Slip | null {
  try {
    return slipSchema.safeParse(JSON.parse(decodeURIComponent(header ?? ''))).data ?? null;
  } catch {
    return null;
  }
}

/** As much of a namespace of Durable Objects as is needed to find one. */
interface Namespace<Self> {
  jurisdiction(jurisdiction: Residency): Self;
}

/** A tenant's data stays where its residency says; the relays of a room are where the room is. */
export const placed = <Rooms extends Namespace<Rooms>>(rooms: Rooms, jurisdiction: Residency | null): Rooms =>
  jurisdiction === null ? rooms : rooms.jurisdiction(jurisdiction);

/** By the names that the gateway, the room and the relay go by alike. */
export const relayName = (root: string, relay: number): string => `${root}/${relay}`;
