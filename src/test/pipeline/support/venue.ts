import { env as workerEnv } from 'cloudflare:workers';
import { inject } from 'vitest';
import type { ThumbnailJob } from '../../../contract/jobs.ts';
import type { StaffActor, GuestActor, Services, TenantContext } from '../../../domain/context.ts';
import { NO_NOTES } from '../../../domain/intake/recording.ts';
import { receivePhoto, type UploadRequest } from '../../../domain/intake/uploads.ts';
import { contextFor } from '../../../domain/tenants.ts';
import type { PortBindings } from '../../../platform/ports.ts';
import { openServices } from '../../../platform/services.ts';
import { encodePng, quarters } from '../../support/images.ts';
import type { Stub } from '../../../../workers/room/test-support/room-harness.ts';
import { operatorBatch } from './database.ts';

const bound = workerEnv as unknown as { ROOMS: DurableObjectNamespace; ORIGINALS: R2Bucket };
export const bucket = bound.ORIGINALS;

const secret = (name: string) => `${name}-of-a-test-run-and-of-nothing-else`;

/** The bindings of a Worker with the real database, rooms and bucket; its queues are lists. */
export function openVenueEnv(over: Record<string, unknown> = {}) {
  const { appUrl, endpoint } = inject('pipeline');
  const jobs: ThumbnailJob[] = [];
  const env = {
    DATABASE_URL: appUrl,
    STAFF_JWT_SECRET: secret('staff'),
    GUEST_JWT_SECRET: secret('guest'),
    RENDITION_KEY_SECRET: secret('rendition'),
    PLATFORM_HOST: 'localhost:8787',
    LOCAL_MODE: '1',
    NEON_FETCH_ENDPOINT: `http://${endpoint}/sql`,
    NEON_WS_PROXY: `${endpoint}/v2`,
    JURISDICTIONS: 'off',
    ROOMS: bound.ROOMS,
    ORIGINALS: bound.ORIGINALS,
    THUMBNAILS: { send: async (job: ThumbnailJob) => void jobs.push(job) },
    MAIL: { send: async () => undefined },
    LIMIT_UPLOADS: { limit: async () => ({ success: true }) },
    ...over,
  } as unknown as PortBindings;
  // Also points the driver at the endpoint, for whoever asks the database first.
  return { env, jobs, services: openServices(env) };
}

export interface Place {
  tenantId: string;
  eventId: string;
  guest: GuestActor;
  staff: StaffActor;
}

/** A tenant with a live event, a guest who has joined it and a member of staff. */
export async function makePlace(
  options: { moderation?: 'before' | 'after'; residency?: 'eu' | 'us'; settings?: object } = {},
): Promise<Place> {
  const [tenantId, eventId, guestId, userId] = Array.from({ length: 4 }, () => crypto.randomUUID()) as [
    string,
    string,
    string,
    string,
  ];
  const name = `venue-${tenantId.slice(0, 8)}`;
  await operatorBatch([
    [
      `insert into tenants (id, slug, name, status, residency) values ($1, $2, $2, 'active', $3)`,
      [tenantId, name, options.residency ?? null],
    ],
    [
      `insert into events (tenant_id, id, slug, name, status, visibility, moderation, settings)
       values ($1, $2, $3, $3, 'live', 'public', $4, $5)`,
      [tenantId, eventId, name, options.moderation ?? 'after', JSON.stringify(options.settings ?? {})],
    ],
    [`insert into guests (tenant_id, id, event_id, name) values ($1, $2, $3, 'Ada')`, [tenantId, guestId, eventId]],
    [`insert into users (id, email, name) values ($1, $2, 'Grace')`, [userId, `${name}@example.org`]],
    [`insert into memberships (tenant_id, user_id, role) values ($1, $2, 'member')`, [tenantId, userId]],
  ]);
  return {
    tenantId,
    eventId,
    guest: { kind: 'guest', guestId, eventId, pinVersion: 1 },
    staff: { kind: 'staff', userId, role: 'member', sessionId: userId },
  };
}

/** A context as a request has it; `settled` waits for what was deferred and never throws. */
export async function openContext(services: Services, place: Place) {
  const deferred: Promise<unknown>[] = [];
  const context: TenantContext = await contextFor(services, place.tenantId, (work) => void deferred.push(work));
  return {
    context,
    async settled(): Promise<PromiseSettledResult<unknown>[]> {
      const results: PromiseSettledResult<unknown>[] = [];
      while (deferred.length > 0) results.push(...(await Promise.allSettled(deferred.splice(0))));
      return results;
    },
  };
}

let made = 0;
/** A small photo, other bytes every time. Its renditions: 320, and 960 of its own width. */
export function freshPhoto(): Promise<Uint8Array> {
  made += 1;
  const pixels = quarters(400, 300);
  pixels.data.set([made & 255, made >> 8, 7]);
  return encodePng(pixels);
}

export function uploadOf(place: Place, bytes: Uint8Array, over: Partial<UploadRequest> = {}): UploadRequest {
  return {
    event: place.eventId,
    guests: [place.guest],
    body: new Response(bytes as Uint8Array<ArrayBuffer>).body!,
    length: bytes.length,
    contentType: 'image/png',
    sha256: null,
    idempotencyKey: null,
    notes: NO_NOTES,
    reader: () => 'en',
    previewComing: false,
    ...over,
  };
}

/** Sends photos as a guest does. @returns their ids, in order */
export async function sendPhotos(services: Services, place: Place, count: number): Promise<string[]> {
  const { context, settled } = await openContext(services, place);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { photo } = await receivePhoto(context, uploadOf(place, await freshPhoto()));
    ids.push(photo.id);
  }
  await settled();
  return ids;
}

export function roomOf(place: Place): Stub {
  return bound.ROOMS.get(bound.ROOMS.idFromName(`${place.tenantId}/${place.eventId}`)) as unknown as Stub;
}
