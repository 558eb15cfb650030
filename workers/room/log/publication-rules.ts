import { PROTOCOL_VERSION, type PhotoMessage } from '../../../src/contract/live.ts';

/** What the public was last told of a photo. */
export type Told = 'none' | 'approved' | 'removed';

/** What the room was last told of its event: by which version, and whether guests see photos. */
export interface ToldEvent {
  version: number;
  shows: boolean;
}

/**
 * Whether a photo's message says what has not been applied yet. The same version may be told twice, and only the
 * second time with the words that the photo left the gallery: rows of the outbox that belong together may come in
 * two calls. A page that fetched the photo in between shows it, though the room never did.
 */
export function isNews(message: PhotoMessage, applied: number, told: Told): boolean {
  if (message.version !== applied) return message.version > applied;
  return message.public?.type === 'photo.removed' && told !== 'removed';
}

/**
 * The public frame that a photo's message amounts to, given what the public was told before.
 *
 * Messages may overtake one another, and an overtaken one is dropped. When the one that took the
 * photo down is lost that way, the later one says "no change for the public": the room, which knows
 * that the photo still shows, then takes it down itself. And an approval that was made into a message
 * before the event was held, and comes after, stays back: whoever is shown photos again fetches them.
 * (Never the other way round: only the database decides that something becomes visible.)
 */
export function publicFrameOf(message: PhotoMessage, told: Told, event: ToldEvent | null): PhotoMessage['public'] {
  const isOutdated = event !== null && !event.shows && message.eventVersion < event.version;
  if (message.public?.type === 'photo.approved' && isOutdated) return null;
  if (message.public !== null || told !== 'approved') return message.public;
  const status = message.staff?.photo.status ?? message.uploader?.frame.status;
  if (status === undefined || status === 'approved') return null;
  return { v: PROTOCOL_VERSION, type: 'photo.removed', id: message.photoId };
}
