import { ALBUMS_MAX, type Album, type AlbumPatch } from '../../contract/albums.ts';
import {
  deleteAlbum,
  findAlbum,
  insertAlbum,
  listAlbums,
  lockAlbums,
  orderAlbums,
  showsAnyOf,
  updateAlbum,
  type AlbumRow,
} from '../../db/albums.ts';
import { movePhotos } from '../../db/decisions.ts';
import { findEvent } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { readTenant, writeTenant, type TenantTx } from '../../db/scope.ts';
import { readAsInsider, requireModerator, scopeOf, type Moderator, type TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { recordEventChange } from '../organiser/event-changes.ts';
import { showsPhotos } from '../event-rules.ts';
import { eventWithin, moderatorOf, readable, stillHere, visitorOf, type Caller } from '../events.ts';
import { idsOf } from '../guests/identities.ts';
import { publishEvent } from '../outbox.ts';
import { albumNotFound } from '../photos.ts';

const toAlbum = (row: { album: AlbumRow; photos: number }): Album => ({
  id: row.album.id,
  name: row.album.name,
  position: row.album.position,
  published: row.album.publishedAt !== null,
  publishedAt: row.album.publishedAt ? row.album.publishedAt.toISOString() : null,
  photos: row.photos,
});

/** Albums of an event: all of them for staff, the published ones for whoever else may read it. */
export async function listAlbumsFor(context: TenantContext, caller: Caller, event: string): Promise<Album[]> {
  const tenantId = context.tenant.id;
  const moderator = moderatorOf(caller);
  const build = (tx: TenantTx) =>
    [
      findEvent(tx, tenantId, event),
      findIdentities(tx, tenantId, idsOf(caller.guests)),
      listAlbums(tx, tenantId, event, 'published'),
      listAlbums(tx, tenantId, event, 'all'),
    ] as const;
  const [events, known, published, all] = moderator
    ? await readAsInsider(context, moderator, build)
    : await readTenant(context.db, { tenantId }, build);
  const row = readable(events[0], stillHere(caller, known));
  if (visitorOf(caller, row) === 'staff') return all.map(toAlbum);
  return showsPhotos(row, context.ports.clock.now()) ? published.map(toAlbum) : [];
}

/** Work on the albums of an event. @returns what it answers; guests hear of it where they may see a difference */
async function arrange<T>(
  context: TenantContext,
  actor: Moderator,
  ref: string,
  work: (tx: TenantTx, event: EventRow, now: Date) => Promise<{ answer: T; isSeen: boolean }>,
): Promise<T> {
  const tenantId = context.tenant.id;
  const { answer, eventId } = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    await requireModerator(tx, context, actor);
    const event = eventWithin(actor, (await findEvent(tx, tenantId, ref))[0]);
    const done = await work(tx, event, context.ports.clock.now());
    if (done.isSeen) await recordEventChange(tx, tenantId, event.id);
    return { answer: done.answer, eventId: event.id };
  });
  context.defer(publishEvent(context, eventId));
  return answer;
}

async function albumNow(tx: TenantTx, tenantId: string, eventId: string, id: string): Promise<Album> {
  const row = (await listAlbums(tx, tenantId, eventId, 'all')).find(({ album }) => album.id === id);
  if (!row) throw albumNotFound();
  return toAlbum(row);
}

/** A new album, after the others and not published. */
export const createAlbum = (context: TenantContext, actor: Moderator, ref: string, name: string): Promise<Album> =>
  arrange(context, actor, ref, async (tx, event) => {
    const tenantId = context.tenant.id;
    const others = await lockAlbums(tx, tenantId, event.id);
    if (others.length >= ALBUMS_MAX) {
      throw new DomainError('quota.exceeded', `An event can have ${ALBUMS_MAX} albums. Delete one that is not needed.`);
    }
    const position = Math.max(-1, ...others.map((album) => album.position)) + 1;
    const [album] = await insertAlbum(tx, { tenantId, eventId: event.id, name, position });
    if (!album) throw new Error('the album was not inserted');
    return { answer: toAlbum({ album, photos: 0 }), isSeen: false };
  });

/** Another name, or shown to guests or not. @throws DomainError album.not_found */
export const changeAlbum = (
  context: TenantContext,
  actor: Moderator,
  ref: string,
  id: string,
  patch: AlbumPatch,
): Promise<Album> =>
  arrange(context, actor, ref, async (tx, event, now) => {
    const tenantId = context.tenant.id;
    const [album] = await findAlbum(tx, tenantId, event.id, id);
    if (!album) throw albumNotFound();
    const wasPublished = album.publishedAt !== null;
    const isPublished = patch.published ?? wasPublished;
    const isRenamed = patch.name !== undefined && patch.name !== album.name;
    if (isRenamed || isPublished !== wasPublished) {
      await updateAlbum(tx, tenantId, id, {
        ...(patch.name === undefined ? {} : { name: patch.name }),
        ...(isPublished === wasPublished ? {} : { publishedAt: isPublished ? now : null }),
      });
    }
    const isSeen = isPublished !== wasPublished || (isRenamed && isPublished);
    return { answer: await albumNow(tx, tenantId, event.id, id), isSeen };
  });

/** Takes an album away; its photos stay. Asked again, it stays gone. */
export const removeAlbum = (context: TenantContext, actor: Moderator, ref: string, id: string): Promise<void> =>
  arrange(context, actor, ref, async (tx, event) => {
    const tenantId = context.tenant.id;
    const [album] = await findAlbum(tx, tenantId, event.id, id);
    if (album) await deleteAlbum(tx, tenantId, id);
    return { answer: undefined, isSeen: album !== undefined && album.publishedAt !== null };
  });

/** Puts all albums of the event into this order. @throws DomainError album.not_found when it names others, or not all */
export const sortAlbums = (context: TenantContext, actor: Moderator, ref: string, ids: string[]): Promise<Album[]> =>
  arrange(context, actor, ref, async (tx, event) => {
    const tenantId = context.tenant.id;
    const known = new Map((await lockAlbums(tx, tenantId, event.id)).map((album) => [album.id, album]));
    const wanted = [...new Set(ids)];
    if (wanted.length !== known.size || wanted.some((id) => !known.has(id))) {
      throw new DomainError('album.not_found', 'Albums have come or gone meanwhile. Load them again and sort those.');
    }
    await orderAlbums(tx, tenantId, wanted);
    const isSeen = wanted.some((id, at) => known.get(id)?.publishedAt && known.get(id)?.position !== at);
    return { answer: (await listAlbums(tx, tenantId, event.id, 'all')).map(toAlbum), isSeen };
  });

/** Moves photos of one event, and tells guests where they can see it. @throws DomainError album.not_found */
export async function moveIntoAlbum(
  tx: TenantTx,
  tenantId: string,
  eventId: string,
  ids: string[],
  albumId: string | null,
): Promise<number> {
  if (albumId !== null && !(await findAlbum(tx, tenantId, eventId, albumId))[0]) throw albumNotFound();
  const wasSeen = await showsAnyOf(tx, tenantId, eventId, ids);
  const moved = await movePhotos(tx, tenantId, eventId, ids, albumId);
  const isSeen = await showsAnyOf(tx, tenantId, eventId, ids);
  if (moved > 0 && (wasSeen.length > 0 || isSeen.length > 0)) await recordEventChange(tx, tenantId, eventId);
  return moved;
}

/** Moves photos into an album, or out of theirs. @returns how many were elsewhere; those of other events are none */
export const movePhotosTo = (
  context: TenantContext,
  actor: Moderator,
  ref: string,
  album: string,
  ids: string[],
): Promise<number> =>
  arrange(context, actor, ref, async (tx, event) => {
    const albumId = album === 'none' ? null : album;
    const moved = await moveIntoAlbum(tx, context.tenant.id, event.id, [...new Set(ids)], albumId);
    return { answer: moved, isSeen: false };
  });
