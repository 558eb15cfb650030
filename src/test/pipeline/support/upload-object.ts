import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import type { UploadAnswer, UploadCaller, UploadFacts, UploadState } from '../../../contract/upload-object.ts';
import { NO_NOTES } from '../../../domain/intake/recording.ts';
import type { UploadBytes } from '../../../domain/ports.ts';
import { uploadsOf, type UploadNamespace } from '../../../platform/upload-objects.ts';
import { operator } from './database.ts';
import { bucket, freshPhoto, makePlace, openVenueEnv, type Place } from './venue.ts';
import { hooks, type TestedUpload } from '../../../../workers/uploads/test-support/main.ts';

const MEGA = 1_000_000;
const namespace = (env as unknown as { UPLOADS: DurableObjectNamespace<TestedUpload> }).UPLOADS;
const uploads = uploadsOf(namespace as unknown as UploadNamespace, 'off');

/** A photo of any length: what follows a picture's own end is kept and not looked at. */
export async function longPhoto(bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const photo = await freshPhoto();
  const long = new Uint8Array(Math.max(bytes, photo.length));
  for (let at = photo.length; at < long.length; at += 65_536) {
    crypto.getRandomValues(long.subarray(at, Math.min(at + 65_536, long.length)));
  }
  long.set(photo);
  return long;
}

export const sha256Of = async (bytes: Uint8Array): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/** A body that delivers in chunks and then breaks off, or hangs until it is let go. */
export function bodyOf(
  bytes: Uint8Array,
  { cutAt = Infinity, hangs, chunk = 64_000 }: { cutAt?: number; hangs?: Promise<void>; chunk?: number } = {},
): ReadableStream<Uint8Array> {
  let at = 0;
  const end = Math.min(cutAt, bytes.length);
  return new ReadableStream({
    async pull(controller) {
      if (at < end) {
        controller.enqueue(bytes.slice(at, Math.min(at + chunk, end)));
        at = Math.min(at + chunk, end);
        return;
      }
      await hangs;
      if (cutAt < bytes.length) controller.error(new Error('the connection is gone'));
      else controller.close();
    },
  });
}

export const stateOf = (answer: UploadAnswer): UploadState => {
  if ('refused' in answer) throw new Error(`refused: ${answer.refused.code} ${answer.refused.detail}`);
  return answer.state;
};
export const codeOf = (answer: UploadAnswer): string | null => ('refused' in answer ? answer.refused.code : null);

/** An upload that has been created, its note beside it, and hands on everything of it. */
export async function newUpload(over: Partial<UploadFacts> & { length: number }, at?: Place) {
  const place = at ?? (await makePlace());
  const { env: bindings, jobs } = openVenueEnv();
  hooks.env = bindings;
  const facts: UploadFacts = {
    tenantId: place.tenantId,
    residency: null,
    eventId: place.eventId,
    slug: 'a-party',
    guestId: place.guest.guestId,
    uploadId: crypto.randomUUID(),
    previewBytes: 0,
    sha256: null,
    idempotencyKey: null,
    metadata: null,
    notes: NO_NOTES,
    ...over,
  };
  const address = { tenantId: facts.tenantId, uploadId: facts.uploadId, residency: null };
  const caller: UploadCaller = {
    event: facts.eventId,
    guests: [place.guest].map(({ eventId, guestId }) => ({ eventId, guestId })),
  };
  const stub = () => namespace.get(namespace.idFromName(`${facts.tenantId}/${facts.uploadId}`));
  await operator(
    `insert into upload_intents (tenant_id, id, event_id, guest_id, expires_at)
     values ($1, $2, $3, $4, now() + interval '26 hours')`,
    [facts.tenantId, facts.uploadId, facts.eventId, facts.guestId],
  );
  stateOf(await uploads.create(facts));
  const prefix = `t/${facts.tenantId}/e/${facts.eventId}/${facts.uploadId}/`;

  /** Calls an object that may just have been killed. */
  const again = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await call();
      } catch (error) {
        if (tries === 12) throw error;
      }
    }
  };
  return {
    place,
    facts,
    caller,
    jobs,
    prefix,
    key: `${prefix}original`,
    look: (by = caller) => again(() => uploads.look(address, by, true)),
    peek: () => again(() => uploads.look(address, caller, false)),
    cancel: () => uploads.cancel(address, caller),
    create: (changed: Partial<UploadFacts> = {}) => uploads.create({ ...facts, ...changed }),
    append: (offset: number, body: ReadableStream<Uint8Array>, more: Partial<UploadBytes> = {}) =>
      uploads.append(address, caller, { offset, body, checksum: null, length: null, ...more }),
    inside: <T>(look: (instance: TestedUpload, state: DurableObjectState) => T | Promise<T>): Promise<T> =>
      again(() => runInDurableObject(stub(), look)),
    /** What its alarm does, if it is set. */
    ring: (): Promise<boolean> => again(() => runDurableObjectAlarm(stub())),
    /** Sends what is missing until all of it is there. @param chunkBytes of one PATCH */
    async sendRest(bytes: Uint8Array, chunkBytes = 64 * MEGA): Promise<UploadState> {
      for (;;) {
        const state = stateOf(await this.look());
        if (state.offset === bytes.length) return state;
        await this.append(state.offset, bodyOf(bytes.subarray(state.offset, state.offset + chunkBytes))).catch(
          () => undefined,
        );
      }
    },
    /** SHA-256 of what is in the store. */
    async stored(): Promise<string | null> {
      const object = await bucket.get(`${prefix}original`);
      return object && sha256Of(new Uint8Array(await object.arrayBuffer()));
    },
    keys: async () => (await bucket.list({ prefix })).objects.map(({ key }) => key.slice(prefix.length)).sort(),
    notes: () => operator('select id from upload_intents where tenant_id = $1', [facts.tenantId]),
    photos: () =>
      operator<{ id: string; sha256: string; bytes: number; preview_state: string | null }>(
        'select id, sha256, bytes::integer, preview_state from photos where tenant_id = $1',
        [facts.tenantId],
      ),
  };
}
export type Upload = Awaited<ReturnType<typeof newUpload>>;

/** Its alarm rings until it has nothing to do before its receipt is forgotten. @param atLeastOnce though nothing waits */
export async function carryOn(upload: Upload, rings = 8, atLeastOnce = false): Promise<void> {
  if (atLeastOnce) await upload.ring();
  for (let n = 0; n < rings; n += 1) {
    const busy = await upload.inside((_one, { storage }) => {
      const progress = storage.kv.get<{ status: string; isDirty: boolean; isLeaving: boolean }>('progress');
      return progress && (progress.status === 'finishing' || progress.isDirty || progress.isLeaving);
    });
    if (!busy) return;
    await upload.ring();
  }
}

/** No object, no parts, no note, and a storage as if there had never been anything. */
export async function expectNothing(upload: Upload): Promise<void> {
  expect(await upload.keys()).toEqual([]);
  expect(await upload.notes()).toEqual([]);
  expect(await upload.photos()).toEqual([]);
  expect(codeOf(await upload.look())).toBe('upload.not_found');
  await upload.inside(async (_one, { storage }) => {
    expect([...storage.kv.list()]).toEqual([]);
    const tables = storage.sql.exec<{ name: string }>(
      `select name from sqlite_master where name not like '\\_cf\\_%' escape '\\'`,
    );
    expect(tables.toArray()).toEqual([]);
    expect(await storage.getAlarm()).toBeNull();
  });
}

/** Kills the object after each of these steps, the first time that it comes to it. @returns those where it has not yet */
export function killAfter(steps: readonly string[]): Set<string> {
  const left = new Set(steps);
  hooks.onStep = async (name, ctx) => {
    if (!left.delete(name)) return;
    await kill(ctx);
  };
  return left;
}

/** What was written before is there; nothing that comes after ever happens. */
export async function kill(ctx: DurableObjectState): Promise<never> {
  await ctx.storage.sync();
  ctx.abort('killed by a test');
  return new Promise<never>(() => {});
}
