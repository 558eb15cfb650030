import {
  TICKET_TTL_SECONDS,
  type AnnouncementMessage,
  type EventMessage,
  type PhotoMessage,
  type RoomMessage,
  type ServerFrame,
  type SpotlightMessage,
} from '../../../src/contract/live.ts';
import { openFrameLog } from './frame-log.ts';
import { isNews, publicFrameOf, type Told, type ToldEvent } from './publication-rules.ts';

/** A ticket is refused by the gateway after its lifetime; twice that allows for clocks that differ. */
const TICKET_MEMORY_MS = 2 * TICKET_TTL_SECONDS * 1000;

export type Outcome =
  | { kind: 'dropped' }
  /** the public sees no change */
  | { kind: 'applied'; frame: null }
  /** `frame` is the JSON of the public frame */
  | { kind: 'applied'; seq: number; type: 'photo.approved' | 'photo.removed'; frame: string };

export interface EventOutcome {
  seq: number;
  /** the JSON of the public frame, or null when the public hears nothing */
  frame: string | null;
  /** viewers and guests are to show again that they may read; once for each version that says so */
  closesDoors: boolean;
}

/** What is said to everybody beside photos and the event; nothing of it is taken back when a newer one overtakes it. */
export type NoticeMessage = SpotlightMessage | AnnouncementMessage;

/** The only frames that are made here. */
type ReactionsFrame = Omit<Extract<ServerFrame, { type: 'reactions' }>, 'seq'>;

export type RoomLog = ReturnType<typeof openLog>;

/**
 * The room's memory, in the object's own SQLite. All of it is synchronous: nothing else runs between
 * reading the position and writing the next frame. `newEpoch` is asked once in the storage's life.
 */
export function openLog(storage: DurableObjectStorage, newEpoch: () => string) {
  const { sql } = storage;
  const frames = storage.transactionSync(() => {
    sql.exec(
      'create table if not exists applied (photo_id text primary key, version integer not null, status text not null) without rowid',
    );
    sql.exec(
      'create table if not exists told_event (id integer primary key check (id = 1), version integer not null, shows integer not null, doors_version integer not null)',
    );
    sql.exec(
      'create table if not exists told_notices (subject text primary key, version integer not null) without rowid',
    );
    sql.exec('create table if not exists used_tickets (id text primary key, forget_at integer not null) without rowid');
    sql.exec('create index if not exists used_tickets_forget_at on used_tickets (forget_at)');
    return openFrameLog(storage, newEpoch);
  });
  const { position, oldest, framesAfter } = frames;

  function append(
    frame: NonNullable<RoomMessage['public']> | ReactionsFrame,
    now: number,
  ): { seq: number; json: string } {
    const seq = position().seq + 1;
    const json = JSON.stringify({ ...frame, seq });
    frames.append(seq, json, now);
    return { seq, json };
  }

  /**
   * Takes one photo's message into the log, all of it or nothing of it.
   * @returns 'dropped' when this version of the photo, or a newer one, has been applied before.
   */
  function applyPhoto(message: PhotoMessage, now: number): Outcome {
    return storage.transactionSync((): Outcome => {
      const before = sql
        .exec<{ version: number; status: Told }>(
          'select version, status from applied where photo_id = ?',
          message.photoId,
        )
        .toArray()[0];
      const told = before?.status ?? 'none';
      if (before !== undefined && !isNews(message, before.version, told)) return { kind: 'dropped' };
      const frame = publicFrameOf(message, told, toldEvent());
      // What is said anew may be said because of a word that is to be seen no more.
      if (frame !== null && told === 'approved') frames.forgetShown(message.photoId);
      const logged = frame === null ? null : append(frame, now);
      const status: Told = frame === null ? told : frame.type === 'photo.approved' ? 'approved' : 'removed';
      sql.exec(
        'insert into applied (photo_id, version, status) values (?, ?, ?) on conflict (photo_id) do update set version = excluded.version, status = excluded.status',
        message.photoId,
        message.version,
        status,
      );
      if (frame === null || logged === null) return { kind: 'applied', frame: null };
      return { kind: 'applied', seq: logged.seq, type: frame.type, frame: logged.json };
    });
  }

  function toldEvent(): (ToldEvent & { doorsVersion: number }) | null {
    const [row] = sql
      .exec<{ version: number; shows: number; doors_version: number }>(
        'select version, shows, doors_version from told_event',
      )
      .toArray();
    return row === undefined ? null : { version: row.version, shows: row.shows === 1, doorsVersion: row.doors_version };
  }

  /**
   * Takes a change of the event into the log; one without a frame leaves its version to that which has one. Where guests see no photos any more, the log forgets all that came
   * before: whoever resumes starts over from the snapshot, and no frame shows what the event hides.
   */
  function applyEvent(message: EventMessage, now: number): EventOutcome {
    return storage.transactionSync((): EventOutcome => {
      const before = toldEvent() ?? { version: 0, shows: true, doorsVersion: 0 };
      // Judged apart from the frame: an overtaken change has closed no door yet.
      const closesDoors = message.closesDoors && message.version > before.doorsVersion;
      const isNewer = message.version > before.version;
      const frame = isNewer ? message.public : null;
      const logged = frame === null ? null : append(frame, now);
      const shows = frame === null ? before.shows : frame.event.shows;
      if (logged !== null && !shows) frames.forgetBefore(logged.seq);
      sql.exec(
        `insert into told_event (id, version, shows, doors_version) values (1, ?, ?, ?)
         on conflict (id) do update set version = excluded.version, shows = excluded.shows, doors_version = excluded.doors_version`,
        frame === null ? before.version : message.version,
        shows ? 1 : 0,
        closesDoors ? message.version : before.doorsVersion,
      );
      return { seq: logged?.seq ?? position().seq, frame: logged?.json ?? null, closesDoors };
    });
  }

  /** @returns null when this version, or a newer one, has been told before. */
  function applyNotice(message: NoticeMessage, now: number): { seq: number; frame: string } | null {
    const subject = message.kind === 'spotlight' ? 'spotlight' : `announcement:${message.public.id}`;
    return storage.transactionSync(() => {
      const written = sql.exec(
        `insert into told_notices (subject, version) values (?, ?)
         on conflict (subject) do update set version = excluded.version where excluded.version > told_notices.version
         returning subject`,
        subject,
        message.version,
      );
      if (written.toArray().length === 0) return null;
      const { seq, json } = append(message.public, now);
      return { seq, frame: json };
    });
  }

  return {
    position,
    /** Takes a frame of the room's own into the log. */
    append,
    /** Whether guests may see this photo, as far as the room was told. */
    mayShow(photoId: string): boolean {
      if (toldEvent()?.shows === false) return false;
      const row = sql.exec<{ status: Told }>('select status from applied where photo_id = ?', photoId).toArray()[0];
      return row === undefined || row.status === 'approved';
    },
    applyPhoto,
    applyEvent,
    applyNotice,
    oldest,
    framesAfter,
    /** Version of the event by which viewers and guests were last sent to show that they may read. */
    doorsVersion: (): number => toldEvent()?.doorsVersion ?? 0,
    /** @returns false when the ticket has been used before. Forgets old ones on the way: no timer needed. */
    useTicket(id: string, now: number): boolean {
      return storage.transactionSync(() => {
        sql.exec('delete from used_tickets where forget_at <= ?', now);
        const written = sql.exec(
          'insert or ignore into used_tickets (id, forget_at) values (?, ?) returning id',
          id,
          now + TICKET_MEMORY_MS,
        );
        return written.toArray().length === 1;
      });
    },
  };
}
