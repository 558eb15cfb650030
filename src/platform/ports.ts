import type { Config } from '../contract/config.ts';
import {
  ROOM_HEADERS,
  recallSchema,
  roomMessageSchema,
  screenNudgeSchema,
  screenPresenceSchema,
  screenVisitSchema,
  type RoomRpc,
} from '../contract/live.ts';
import { mailJobSchema, rehearsalJobSchema, thumbnailJobSchema } from '../contract/jobs.ts';
import type { Residency } from '../contract/tenants.ts';
import type { LimitName, Limiter, Originals, Ports, RoomAddress, Rooms } from '../domain/ports.ts';
import { knockAt } from './room-door.ts';
import { partsOf } from './object-parts.ts';
import { transcoderOf, type Images } from './transcoder.ts';
import { uploadsOf, type UploadNamespace } from './upload-objects.ts';

type RoomStub = RoomRpc & { fetch(request: Request): Promise<Response> };
/** As much of a Durable Object namespace as is used, so that a test can record what it is asked. */
export interface RoomNamespace {
  idFromName(name: string): DurableObjectId;
  get(id: DurableObjectId): unknown;
  jurisdiction(jurisdiction: Residency): RoomNamespace;
}

/** The bindings that become ports; each Worker's generated `Env` has those it needs. */
export interface PortBindings {
  ORIGINALS: R2Bucket;
  ORIGINALS_EU?: R2Bucket;
  ORIGINALS_US?: R2Bucket;
  /** Cloudflare Images; only where it is configured, and only the thumbnailer asks it */
  IMAGES?: Images;
  THUMBNAILS: Queue;
  MAIL: Queue;
  /** only where rehearsals begin or are carried on */
  REHEARSALS?: Queue;
  ROOMS: RoomNamespace;
  /** only the gateway opens sockets, and knocks at relays */
  RELAYS?: RoomNamespace;
  /** only the gateway asks the objects of uploads */
  UPLOADS?: UploadNamespace;
  LIMIT_UPLOADS?: RateLimit;
  LIMIT_SESSIONS?: RateLimit;
  LIMIT_LOGINS?: RateLimit;
}

/** R2 answers a listing with at most this many keys. */
const LIST_PAGE = 1000;

/** R2 throws for a range that begins behind the end. */
const isOutOfRange = (error: unknown): boolean => error instanceof Error && /\b10039\b/.test(error.message);

/** The bucket where a tenant's objects must lie; without it nothing is stored anywhere else. */
export function bucketFor(bindings: PortBindings, residency: Residency | null, jurisdictions: 'on' | 'off'): R2Bucket {
  if (residency === null || jurisdictions === 'off') return bindings.ORIGINALS;
  const bucket = residency === 'eu' ? bindings.ORIGINALS_EU : bindings.ORIGINALS_US;
  if (!bucket) throw new Error(`no bucket is bound for the jurisdiction ${residency}`);
  return bucket;
}

export function originalsOf(bindings: PortBindings, jurisdictions: 'on' | 'off'): Originals {
  return {
    async put(residency, key, body, options) {
      const object = await bucketFor(bindings, residency, jurisdictions).put(key, body, {
        httpMetadata: { contentType: options.type },
        ...(options.sha256 ? { sha256: options.sha256 } : {}),
      });
      const md5 = object?.checksums.md5;
      return {
        md5: md5 ? Array.from(new Uint8Array(md5), (byte) => byte.toString(16).padStart(2, '0')).join('') : null,
      };
    },
    async get(residency, key, range) {
      const bucket = bucketFor(bindings, residency, jurisdictions);
      const object = await bucket.get(key, range ? { range } : {}).catch((error: unknown) => {
        if (range && isOutOfRange(error)) return null;
        throw error;
      });
      if (!object) return null;
      // A range that goes beyond the end is cut there, and would be answered short.
      if (range && range.offset + range.length > object.size) {
        await object.body.cancel();
        return null;
      }
      return {
        body: object.body,
        bytes: object.size,
        type: object.httpMetadata?.contentType ?? 'application/octet-stream',
        etag: object.httpEtag,
      };
    },
    ...partsOf((residency) => bucketFor(bindings, residency, jurisdictions)),
    async deletePrefix(residency, prefix) {
      if (!/^t\/[0-9a-f-]{36}\/.*\/$/.test(prefix)) throw new Error('refusing to delete an unbounded prefix');
      const bucket = bucketFor(bindings, residency, jurisdictions);
      for (;;) {
        const page = await bucket.list({ prefix, limit: LIST_PAGE });
        if (page.objects.length > 0) await bucket.delete(page.objects.map((object) => object.key));
        if (!page.truncated) return;
      }
    },
    async count(residency, prefix) {
      const page = await bucketFor(bindings, residency, jurisdictions).list({ prefix, limit: LIST_PAGE });
      return page.objects.length;
    },
  };
}

/** The room of an event; the same name in another jurisdiction is another room. */
export function roomsOf({ ROOMS, RELAYS }: Pick<PortBindings, 'ROOMS' | 'RELAYS'>, jurisdictions: 'on' | 'off'): Rooms {
  const jurisdictionOf = (room: RoomAddress): Residency | null => (jurisdictions === 'on' ? room.residency : null);
  const nameOf = (room: RoomAddress): string => `${room.tenantId}/${room.eventId}`;
  const located = (namespace: RoomNamespace, jurisdiction: Residency | null): RoomNamespace =>
    jurisdiction === null ? namespace : namespace.jurisdiction(jurisdiction);
  const stub = (room: RoomAddress): RoomStub => {
    const rooms = located(ROOMS, jurisdictionOf(room));
    return rooms.get(rooms.idFromName(nameOf(room))) as RoomStub;
  };
  return {
    async publish(room, messages) {
      const position = await stub(room).publish(messages.map((message) => roomMessageSchema.parse(message)));
      return { epoch: position.epoch, seq: position.seq };
    },
    async position(room) {
      const position = await stub(room).position();
      return { epoch: position.epoch, seq: position.seq };
    },
    async command(room, nudges) {
      const { told } = await stub(room).command(nudges.map((nudge) => screenNudgeSchema.parse(nudge)));
      return { told: [...told] };
    },
    async screens(room) {
      return screenPresenceSchema.array().parse(await stub(room).screens());
    },
    async checkIn(room, visit) {
      const { recall } = await stub(room).checkIn(screenVisitSchema.parse(visit));
      return { recall: [...recall] };
    },
    async recall(room, photoId) {
      return recallSchema.nullable().parse(await stub(room).recall(photoId));
    },
    async forget(room) {
      await stub(room).forget();
    },
    connect(room, headers) {
      const jurisdiction = jurisdictionOf(room);
      const doors = {
        rooms: located(ROOMS, jurisdiction),
        relays: RELAYS === undefined ? undefined : located(RELAYS, jurisdiction),
      };
      const where: Record<string, string> = jurisdiction === null ? {} : { [ROOM_HEADERS.jurisdiction]: jurisdiction };
      return knockAt(doors, nameOf(room), { ...headers, ...where });
    },
  };
}

function limiterOf(bindings: PortBindings): Limiter {
  const limits: Record<LimitName, RateLimit | undefined> = {
    uploads: bindings.LIMIT_UPLOADS,
    sessions: bindings.LIMIT_SESSIONS,
    logins: bindings.LIMIT_LOGINS,
  };
  return {
    async allow(name, key) {
      const limit = limits[name];
      if (!limit) throw new Error(`no rate limit is bound for ${name}`);
      return (await limit.limit({ key })).success;
    },
  };
}

/** Bindings made into ports. */
export function openPorts(bindings: PortBindings, config: Config): Ports {
  return {
    originals: originalsOf(bindings, config.JURISDICTIONS),
    transcoder: bindings.IMAGES ? transcoderOf(bindings.IMAGES) : null,
    jobs: {
      async thumbnail(job) {
        await bindings.THUMBNAILS.send(thumbnailJobSchema.parse(job));
      },
      async mail(job) {
        await bindings.MAIL.send(mailJobSchema.parse(job));
      },
      async rehearse(job, delaySeconds) {
        if (!bindings.REHEARSALS) throw new Error('no queue is bound for rehearsals');
        await bindings.REHEARSALS.send(rehearsalJobSchema.parse(job), { delaySeconds });
      },
    },
    rooms: roomsOf(bindings, config.JURISDICTIONS),
    uploads: uploadsOf(bindings.UPLOADS, config.JURISDICTIONS),
    limiter: limiterOf(bindings),
    clock: { now: () => new Date() },
  };
}
