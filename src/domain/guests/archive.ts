import { makeZip, predictLength } from 'client-zip';
import { findEvent, type ListPosition } from '../../db/events.ts';
import { findIdentities, listOwnFiles } from '../../db/people/identities.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { readTenant } from '../../db/scope.ts';
import { isUndeveloped } from '../admission/camera-rules.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { fileNames } from '../download-rules.ts';
import { receivedKey } from '../intake/rendition-keys.ts';
import { freeName, standIn, type Entry } from './archive-rules.ts';
import { idsOf, requireIdentity } from './identities.ts';

const PAGE = 500;
const READ_TRIES = 3;

export interface Archive {
  names: { plain: string; full: string };
  /** of the whole archive */
  bytes: number;
  open(): ReadableStream<Uint8Array>;
}

/** What an archive is to hold: names and sizes of all, and the files of none. */
async function listEntries(
  context: TenantContext,
  guests: GuestActor[],
  ref: string,
): Promise<{ event: EventRow; entries: Entry[] }> {
  const tenantId = context.tenant.id;
  const ids = idsOf(guests);
  const entries: Entry[] = [];
  const taken = new Set<string>();
  for (let after: ListPosition | null = null; ;) {
    const page: { after: ListPosition | null; limit: number } = { after, limit: PAGE };
    const [events, known, rows] = await readTenant(context.db, { tenantId }, (tx) => [
      findEvent(tx, tenantId, ref),
      findIdentities(tx, tenantId, ids),
      listOwnFiles(tx, tenantId, ref, ids, page),
    ]);
    const { event } = requireIdentity(events[0], guests, known);
    if (isUndeveloped(event, context.ports.clock.now())) {
      throw new DomainError(
        'photo.undeveloped',
        'Your photos are still in the camera. All of them are developed at the reveal.',
      );
    }
    for (const row of rows) {
      const name = freeName(fileNames(row, event).full, taken);
      const key = receivedKey({ tenantId, eventId: event.id, photoId: row.id }, row);
      entries.push({ key, name, bytes: row.bytes, at: row.takenAt ?? row.createdAt });
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return { event, entries };
    after = { at: last.position, id: last.id };
  }
}

/** The bytes of a stored file, exactly as many as promised, read on where the store broke off. */
async function* read(context: TenantContext, key: string, bytes: number): AsyncGenerator<Uint8Array> {
  const { originals } = context.ports;
  let offset = 0;
  for (let tries = 1; offset < bytes;) {
    try {
      const object = await originals.get(context.tenant.residency, key, { offset, length: bytes - offset });
      if (!object || object.bytes !== bytes) {
        await object?.body.cancel();
        yield* standIn(bytes, offset);
        return;
      }
      const reader = object.body.getReader();
      for (;;) {
        const part = await reader.read();
        if (part.done) break;
        offset += part.value.length;
        yield part.value;
      }
      if (offset < bytes) throw new Error(`the store has answered ${offset} of ${bytes} bytes`);
    } catch (error) {
      if (++tries > READ_TRIES) throw error;
    }
  }
}

/**
 * Everything a guest has sent to an event, byte for byte as it came, as one ZIP. Its length is known before its first
 * byte; one file is read at a time, and none is held.
 * @throws DomainError photo.undeveloped, and as `requireIdentity`
 */
export async function openOwnArchive(context: TenantContext, guests: GuestActor[], ref: string): Promise<Archive> {
  const { event, entries } = await listEntries(context, guests, ref);
  const sizes = entries.map(({ name, bytes }) => ({ name, size: bytes }));
  const name = event.name.replace(/[\p{C}/\\:*?"<>|%]+/gu, ' ').trim();
  return {
    names: { plain: `${event.slug}.zip`, full: `${name || event.slug}.zip` },
    bytes: Number(predictLength(sizes)),
    open() {
      function* files() {
        for (const { key, name: called, bytes, at } of entries) {
          const input = read(context, key, bytes);
          yield { name: called, lastModified: at, size: bytes, input };
        }
      }
      return makeZip(files() as Iterable<never>);
    },
  };
}
