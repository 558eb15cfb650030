import { BULK_MAX, type BulkRule, type PhotoDecision, type PhotoPatch } from '../../contract/moderation.ts';
import { readEventSettings } from '../../contract/event-settings.ts';
import type { Decision, StaffPhoto } from '../../contract/photos.ts';
import { clearCaption, decideFitting, decidePhotos, listDecisions, someFit } from '../../db/decisions.ts';
import { findEvent, findEventToRestore, findGuest } from '../../db/events.ts';
import { lockPhotos } from '../../db/photos.ts';
import { writeTenant, type TenantTx } from '../../db/scope.ts';
import { findStaffPhotos } from '../../db/staff-photos.ts';
import { isWithin, readAsInsider, requireModerator, scopeOf, type Moderator, type TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { eventWithin } from '../events.ts';
import { publishEvent } from '../outbox.ts';
import { photoNotFound } from '../photos.ts';
import { moveIntoAlbum } from './albums.ts';
import { judge } from './decision-rules.ts';
import { getForStaff } from './photos.ts';
import { wordFlags } from './word-rules.ts';

const notReady = () =>
  new DomainError(
    'photo.not_ready',
    'This photo is still being prepared, or could not be read. Decide when it is ready.',
  );

export interface DecisionResult {
  id: string;
  ok: boolean;
  code?: 'photo.not_found' | 'photo.not_ready' | 'photo.changed';
}

/**
 * Decides many photos in one transaction with their decisions and outbox rows; a photo that already is as
 * asked is left alone, so a repeat changes nothing.
 * @param input `from`: the status the person saw; a photo that has another by now is not overwritten
 */
export async function decideMany(
  context: TenantContext,
  actor: Moderator,
  input: { ids: string[]; status: Decision; from?: Decision | undefined },
): Promise<DecisionResult[]> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const unique = [...new Set(input.ids)];
  const { results, changed } = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    const by = await requireModerator(tx, context, actor);
    const locked = new Map((await lockPhotos(tx, tenantId, unique)).map((row) => [row.id, row]));
    const toChange: string[] = [];
    const judged = unique.map((id): DecisionResult => {
      const row = locked.get(id);
      if (!row || row.deletedAt || !isWithin(actor, row.eventId)) return { id, ok: false, code: 'photo.not_found' };
      const judgement = judge(row.status, input.status, input.from);
      if (judgement === 'change') toChange.push(id);
      return judgement === 'change' || judgement === 'leave' ? { id, ok: true } : { id, ok: false, code: judgement };
    });
    const decided = { status: input.status, reason: null, by, now };
    return { results: judged, changed: await decidePhotos(tx, tenantId, toChange, decided) };
  });
  for (const eventId of new Set(changed.map((row) => row.eventId))) context.defer(publishEvent(context, eventId));
  return results;
}

/** One decision for at most 500 of the photos that fit; `more` says whether to call again. */
export async function decideByRule(
  context: TenantContext,
  actor: Moderator,
  ref: string,
  rule: BulkRule,
): Promise<{ changed: number; ids: string[]; more: boolean }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const step = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    const by = await requireModerator(tx, context, actor);
    const event = eventWithin(actor, (await findEvent(tx, tenantId, ref))[0]);
    const filter = { ...rule, eventId: event.id };
    const decided = { status: rule.status, reason: 'bulk_rule' as const, by, now };
    const changed = await decideFitting(tx, tenantId, filter, BULK_MAX, decided);
    return { eventId: event.id, ids: changed.map((row) => row.id), more: await someFit(tx, tenantId, filter) };
  });
  if (step.ids.length > 0) context.defer(publishEvent(context, step.eventId));
  return { changed: step.ids.length, ids: step.ids, more: step.more };
}

/**
 * Changes one photo: its status, its caption, its album, all of it or nothing.
 * @throws DomainError photo.not_found, photo.not_ready, album.not_found; photo.changed, with the photo as it is now
 */
export async function changePhoto(
  context: TenantContext,
  actor: Moderator,
  id: string,
  patch: PhotoPatch,
): Promise<StaffPhoto> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const outcome = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    const by = await requireModerator(tx, context, actor);
    const [photo] = await lockPhotos(tx, tenantId, [id]);
    if (!photo || photo.deletedAt || !isWithin(actor, photo.eventId)) throw photoNotFound();
    if (patch.status !== undefined) {
      const judgement = judge(photo.status, patch.status, patch.from);
      if (judgement === 'photo.not_ready') throw notReady();
      if (judgement === 'photo.changed') return null;
      const toChange = judgement === 'change' ? [id] : [];
      await decidePhotos(tx, tenantId, toChange, { status: patch.status, reason: null, by, now });
    }
    if (patch.caption === null && photo.caption !== null) await removeCaption(tx, tenantId, photo);
    if (patch.albumId !== undefined) await moveIntoAlbum(tx, tenantId, photo.eventId, [id], patch.albumId);
    return photo.eventId;
  });
  const after = await getForStaff(context, actor, id);
  if (outcome === null) {
    throw new DomainError('photo.changed', 'Somebody else has decided on this photo meanwhile. Look at it again.', {
      members: { photo: after },
    });
  }
  context.defer(publishEvent(context, outcome));
  return after;
}

/** What was hidden for the words of a caption alone need not be hidden without it. */
async function removeCaption(
  tx: TenantTx,
  tenantId: string,
  photo: { id: string; eventId: string; guestId: string },
): Promise<void> {
  const [event] = await findEventToRestore(tx, tenantId, photo.eventId);
  const [guest] = await findGuest(tx, tenantId, photo.guestId);
  const flags = wordFlags(readEventSettings(event?.settings), [guest?.name ?? null]);
  await clearCaption(tx, tenantId, photo.id, flags);
}

const DECISIONS_SHOWN = 50;

/** Who has decided what on a photo, and why, newest first. */
export async function decisionsOf(context: TenantContext, actor: Moderator, id: string): Promise<PhotoDecision[]> {
  const tenantId = context.tenant.id;
  const [photos, rows] = await readAsInsider(context, actor, (tx) => [
    findStaffPhotos(tx, tenantId, [id]),
    listDecisions(tx, tenantId, id, DECISIONS_SHOWN),
  ]);
  const photo = photos[0]?.photo;
  if (!photo || photo.deletedAt || !isWithin(actor, photo.eventId)) throw photoNotFound();
  return rows.map((row) => ({
    at: row.createdAt.toISOString(),
    by: row.byName,
    kind: row.byKind,
    from: row.fromStatus,
    to: row.toStatus,
    reason: row.reason,
  }));
}
