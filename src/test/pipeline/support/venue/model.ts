import type { RoomMessage } from '../../../../contract/live.ts';
import {
  announced,
  changed,
  id,
  pending,
  photo,
  removed,
  spotlit,
  type Stub,
} from '../../../../../workers/room/test-support/room-harness.ts';
import type { Snapshot } from './live-page.ts';

/** Rows handed to the room in one call. */
const BATCH = 20;

interface PhotoRow {
  version: number;
  status: 'pending' | 'approved' | 'removed';
  caption: string;
}

type Entry =
  | { kind: 'photo'; n: number; leftGallery: boolean }
  | { kind: 'event' }
  | { kind: 'spotlight' }
  | { kind: 'announcement'; n: number };

/**
 * What Postgres holds of one event, and its outbox: messages are made of what is true when they are handed over,
 * at least once, as `domain/outbox.ts` does it.
 */
export function createModel(room: Stub, epoch: string, keptReactions: () => Promise<Map<string, number>>) {
  const photos = new Map<number, PhotoRow>();
  const event = { version: 1, held: false };
  const spotlight = { version: 0, n: undefined as number | undefined };
  const announcements = new Map<number, { version: number; text: string }>();
  let outbox: Entry[] = [];
  const delivered: RoomMessage[][] = [];
  let position = { epoch, seq: 0 };

  function toMessage(entry: Entry): RoomMessage {
    if (entry.kind === 'event') return changed(event.version, { held: event.held, shows: !event.held });
    if (entry.kind === 'spotlight') return spotlit(spotlight.version, spotlight.n);
    if (entry.kind === 'announcement') {
      const { version, text } = announcements.get(entry.n) as { version: number; text: string };
      return announced(entry.n, version, text);
    }
    const row = photos.get(entry.n) as PhotoRow;
    const base = { ...pending(entry.n, row.version), eventVersion: event.version };
    const isPublic = row.status === 'approved' && !event.held;
    if (isPublic) {
      const shown = { ...photo(entry.n), caption: row.caption };
      return { ...base, public: { v: 1, type: 'photo.approved', photo: shown } };
    }
    return entry.leftGallery ? { ...base, public: removed(entry.n, row.version).public } : base;
  }

  /** Until the room has answered: an eviction in the middle is an answer that was lost. */
  async function publish(messages: RoomMessage[]): Promise<void> {
    for (;;) {
      const answer = await room.publish(messages).catch(() => null);
      if (answer === null) continue;
      if (answer.seq > position.seq) position = { epoch: answer.epoch, seq: answer.seq };
      return;
    }
  }

  const row = (n: number): PhotoRow => photos.get(n) ?? { version: 0, status: 'pending', caption: '' };

  function setPhoto(n: number, change: Partial<PhotoRow>): void {
    const before = row(n);
    photos.set(n, { ...before, ...change, version: before.version + 1 });
    const leftGallery = before.status === 'approved' && change.status === 'removed';
    outbox.push({ kind: 'photo', n, leftGallery });
  }

  return {
    approve: (n: number) => setPhoto(n, { status: 'approved', caption: `photo ${n}, version ${row(n).version + 1}` }),
    remove: (n: number) => setPhoto(n, { status: 'removed' }),
    hold(held: boolean): void {
      event.version += 1;
      event.held = held;
      outbox.push({ kind: 'event' });
    },
    spotlight(n: number | undefined): void {
      spotlight.version += 1;
      spotlight.n = n;
      outbox.push({ kind: 'spotlight' });
    },
    announce(n: number, text: string): void {
      announcements.set(n, { version: (announcements.get(n)?.version ?? 0) + 1, text });
      outbox.push({ kind: 'announcement', n });
    },
    /** Hands over what waits: like the domain, the event's own changes first. */
    async deliver(): Promise<void> {
      while (outbox.length > 0) {
        const entries = outbox.slice(0, BATCH);
        outbox = outbox.slice(BATCH);
        const photosOnce = new Map<number, Entry>();
        for (const entry of entries) {
          if (entry.kind !== 'photo') continue;
          const before = photosOnce.get(entry.n);
          const leftGallery = entry.leftGallery || (before?.kind === 'photo' && before.leftGallery);
          photosOnce.set(entry.n, { ...entry, leftGallery });
        }
        const others = entries.filter((entry) => entry.kind !== 'photo');
        const messages = [...others, ...photosOnce.values()].map(toMessage);
        delivered.push(messages);
        await publish(messages);
      }
    },
    /** The queue delivers again what was delivered `back` batches ago. */
    redeliver: (back: number): Promise<void> =>
      publish(delivered.at(-1 - (back % Math.max(1, delivered.length))) ?? []),
    /** What is true, whoever has heard of it: a page fetches this. */
    async snapshot(): Promise<Snapshot> {
      const at = position;
      const reactions = await keptReactions();
      const visible = [...photos].filter(([, { status }]) => status === 'approved' && !event.held);
      return {
        position: at,
        photos: new Map(visible.map(([n, { caption }]) => [id(n), caption])),
        held: event.held,
        spotlight: spotlight.n === undefined ? null : id(spotlight.n),
        announcements: new Map([...announcements].flatMap(([n, { text }]) => (text === '' ? [] : [[id(n), text]]))),
        reactions,
      };
    },
    removed: () => [...photos].flatMap(([n, { status }]) => (status === 'removed' ? [id(n)] : [])),
  };
}
