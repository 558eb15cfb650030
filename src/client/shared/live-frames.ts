import type { RoomPosition, ServerFrame } from '../../contract/live.ts';
import { PROTOCOL_VERSION } from '../../contract/live-constants.ts';

export type Position = RoomPosition;

/** No room is called so. */
const NO_EPOCH = 'none';

/**
 * A position as `?since=` takes it. The page of an event whose room nobody has opened yet knows no epoch; one
 * that no room has brings the snapshot, so that what was published between the page and its socket is not missed.
 */
export const sinceText = ({ epoch, seq }: Position): string => `${epoch || NO_EPOCH}.${seq}`;

/** A frame that the page handles; `pong` and `reset` stay inside the connection. */
export type LiveFrame = Exclude<ServerFrame, { type: 'pong' | 'reset' }>;

/**
 * What came over the socket. `seq` is set for every frame that has a place in the order, also when
 * its type is newer than this page: such a frame is not shown, but it is no gap either.
 */
export type Incoming =
  | { kind: 'frame'; frame: LiveFrame; seq: number | null }
  | { kind: 'hello'; frame: Extract<ServerFrame, { type: 'hello' }> }
  | { kind: 'reset'; position: Position; snapshotUrl: string }
  | { kind: 'ignored'; seq: number | null }
  | { kind: 'wrong-version' };

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const hasPhoto = (frame: Fields): boolean => isObject(frame['photo']) && isText(frame['photo']['id']);
const hasPosition = (frame: Fields): boolean => isText(frame['epoch']) && isCount(frame['seq']);

/** The narrowest checks under which a page's code cannot stumble; the room has validated the rest. */
const CHECKS: { [Type in ServerFrame['type']]: (frame: Fields) => boolean } = {
  hello: (frame) => hasPosition(frame) && isText(frame['role']) && isCount(frame['viewers']),
  reset: (frame) => hasPosition(frame) && isText(frame['snapshotUrl']),
  'photo.approved': (frame) => isCount(frame['seq']) && hasPhoto(frame),
  'photo.removed': (frame) => isCount(frame['seq']) && isText(frame['id']),
  'event.changed': (frame) => isCount(frame['seq']) && isObject(frame['event']),
  reactions: (frame) => isCount(frame['seq']) && Array.isArray(frame['items']),
  announcement: (frame) => isCount(frame['seq']) && isText(frame['id']) && isText(frame['text']),
  spotlight: (frame) => isCount(frame['seq']),
  'photo.pending': hasPhoto,
  'photo.decided': hasPhoto,
  'photo.status': (frame) => isText(frame['id']) && isText(frame['status']),
  'photo.shown': (frame) => isText(frame['id']) && isText(frame['at']),
  claims: (frame) => Array.isArray(frame['items']) && Array.isArray(frame['moderators']),
  'screen.command': (frame) => isText(frame['id']) && isText(frame['command']),
  recall: (frame) => Array.isArray(frame['photoIds']),
  'screen.status': (frame) => isText(frame['screenId']),
  'recall.progress': (frame) => isText(frame['photoId']) && isCount(frame['total']),
  viewers: (frame) => isCount(frame['count']),
  error: (frame) => isText(frame['code']),
  pong: () => true,
};

const isKnown = (type: string): type is ServerFrame['type'] => Object.prototype.hasOwnProperty.call(CHECKS, type);

/** Reads one message of the room; never throws. zod would cost more than this whole connection. */
export function readFrame(data: unknown): Incoming {
  const value = isText(data) ? parse(data) : null;
  if (!isObject(value)) return { kind: 'ignored', seq: null };
  if (value['v'] !== PROTOCOL_VERSION) return { kind: 'wrong-version' };
  const type = value['type'];
  const seq = isCount(value['seq']) ? value['seq'] : null;
  const isUsable = isText(type) && isKnown(type) && CHECKS[type](value);
  if (!isUsable) return { kind: 'ignored', seq: type === 'hello' || type === 'reset' ? null : seq };
  const frame = value as unknown as ServerFrame;
  if (frame.type === 'pong') return { kind: 'ignored', seq: null };
  if (frame.type === 'hello') return { kind: 'hello', frame };
  if (frame.type === 'reset') {
    return { kind: 'reset', position: { epoch: frame.epoch, seq: frame.seq }, snapshotUrl: frame.snapshotUrl };
  }
  return { kind: 'frame', frame, seq: 'seq' in frame ? frame.seq : null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
