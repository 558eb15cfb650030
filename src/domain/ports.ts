import type { MailJob, RehearsalJob, ThumbnailJob } from '../contract/jobs.ts';
import type { Recall, RoomMessage, RoomPosition, ScreenNudge, ScreenPresence, ScreenVisit } from '../contract/live.ts';
import type { PhotoType } from '../contract/photos.ts';
import type { Residency } from '../contract/tenants.ts';
import type { UploadAnswer, UploadCaller, UploadFacts } from '../contract/upload-object.ts';

/**
 * What leaves a database transaction. `platform/` makes these from bindings; every implementation is
 * at-least-once and every caller idempotent.
 */
export interface Ports {
  originals: Originals;
  /** null where no such service is configured: what is not decoded here needs a preview then */
  transcoder: Transcoder | null;
  jobs: Jobs;
  rooms: Rooms;
  uploads: Uploads;
  limiter: Limiter;
  clock: Clock;
}

/** Bytes of an object, from `offset` on. */
export interface ByteRange {
  offset: number;
  length: number;
}

export interface StoredObject {
  /** the whole, or the range that was asked for */
  body: ReadableStream<Uint8Array>;
  /** of the whole object, also where a range was asked for */
  bytes: number;
  type: string;
  etag: string;
}

export interface PartedObject {
  residency: Residency | null;
  key: string;
  partsId: string;
}

export interface StoredPart {
  number: number;
  etag: string;
}

/** Objects of one photo live under one prefix; buckets are chosen by the tenant's residency. */
export interface Originals {
  /**
   * Streams `length` bytes into the store. With `sha256` (hex) the store itself refuses other bytes.
   * @returns the MD5 (hex) that the store computed.
   * @throws whatever made the stream fail; nothing is stored then.
   */
  put(
    residency: Residency | null,
    key: string,
    body: ReadableStream<Uint8Array> | Uint8Array,
    options: { type: string; length: number; sha256?: string },
  ): Promise<{ md5: string | null }>;
  /** @returns null where there is no such object, or it has not all of the range */
  get(residency: Residency | null, key: string, range?: ByteRange): Promise<StoredObject | null>;
  /** Begins an object that is put together of parts. @returns its id */
  beginParts(residency: Residency | null, key: string): Promise<string>;
  /** Parts are numbered from 1 and are all of one length, 5 MiB at least, but for the last. A repeat replaces. */
  putPart(object: PartedObject, number: number, body: ReadableStream<Uint8Array>): Promise<StoredPart>;
  /** Makes the object of its parts. Safe to repeat: done before, it is done. @returns what the store calls its content */
  completeParts(object: PartedObject, parts: StoredPart[], bytes: number): Promise<string>;
  /** Forgets all parts; those of an object that is complete, or gone, are nobody's any more. */
  abortParts(object: PartedObject): Promise<void>;
  /** Deletes everything under a prefix that ends with `/`. */
  deletePrefix(residency: Residency | null, prefix: string): Promise<void>;
  /** How many objects there are under a prefix; of very many at least a thousand. */
  count(residency: Residency | null, prefix: string): Promise<number>;
}

/** A service that decodes what we do not. */
export interface Transcoder {
  /** whether it is worth asking for files of this type */
  reads(type: PhotoType): boolean;
  /**
   * A JPEG of at most `maxSide` pixels on its longer side, upright.
   * @returns null when the service cannot read this file and never will; throws what is worth another try.
   */
  toJpeg(body: ReadableStream<Uint8Array>, maxSide: number): Promise<ReadableStream<Uint8Array> | null>;
}

export interface Jobs {
  thumbnail(job: ThumbnailJob): Promise<void>;
  mail(job: MailJob): Promise<void>;
  /** @param delaySeconds whole seconds, at least 0 */
  rehearse(job: RehearsalJob, delaySeconds: number): Promise<void>;
}

export interface RoomAddress {
  tenantId: string;
  eventId: string;
  residency: Residency | null;
}

export interface Rooms {
  publish(room: RoomAddress, messages: RoomMessage[]): Promise<RoomPosition>;
  position(room: RoomAddress): Promise<RoomPosition>;
  /** Tells screens that are there; nudges are not kept for those that are not. */
  command(room: RoomAddress, nudges: ScreenNudge[]): Promise<{ told: string[] }>;
  /** What the room knows of every screen that has been in it. */
  screens(room: RoomAddress): Promise<ScreenPresence[]>;
  /** What a screen without a socket says. @returns photos that it has yet to be rid of */
  checkIn(room: RoomAddress, visit: ScreenVisit): Promise<{ recall: string[] }>;
  /** How far a photo's removal has come; null where no screen was concerned. */
  recall(room: RoomAddress, photoId: string): Promise<Recall | null>;
  /** Closes every socket and leaves nothing in the room's storage. */
  forget(room: RoomAddress): Promise<void>;
  /** Forwards a WebSocket upgrade; `headers` are those of `ROOM_HEADERS`, nothing of the client's. */
  connect(room: RoomAddress, headers: Record<string, string>): Promise<Response>;
}

export interface UploadAddress {
  tenantId: string;
  uploadId: string;
  residency: Residency | null;
}

/** Objects of resumable uploads: each is strongly consistent, and judges itself whether it is the caller's. */
export interface Uploads {
  create(facts: UploadFacts): Promise<UploadAnswer>;
  /** @param takesOver whether a transfer that still runs is ended first, so that the offset does not move any more */
  look(address: UploadAddress, caller: UploadCaller, takesOver: boolean): Promise<UploadAnswer>;
  append(address: UploadAddress, caller: UploadCaller, bytes: UploadBytes): Promise<UploadAnswer>;
  cancel(address: UploadAddress, caller: UploadCaller): Promise<UploadAnswer>;
}

export interface UploadBytes {
  offset: number;
  /** `Upload-Checksum` as it came */
  checksum: string | null;
  body: ReadableStream<Uint8Array> | null;
  /** where it is known before the last byte */
  length: number | null;
}

export type LimitName = 'uploads' | 'sessions' | 'logins';
export interface Limiter {
  /** @returns false when `key` has used up its share of `name` for the moment. */
  allow(name: LimitName, key: string): Promise<boolean>;
}

export interface Clock {
  now(): Date;
}
