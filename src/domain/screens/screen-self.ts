import { LIST_LIMIT_MAX } from '../../contract/ids.ts';
import type { ScreenReport } from '../../contract/live.ts';
import type { Photo } from '../../contract/photos.ts';
import type { CommandName, ScreenMe } from '../../contract/screens.ts';
import { readEventSettings } from '../../contract/event-settings.ts';
import { ANNOUNCEMENTS_MAX } from '../../contract/stage.ts';
import type { Theme } from '../../contract/tenants.ts';
import type { BatchAnswers, BatchItem } from '../../db/batch.ts';
import { listPhotos } from '../../db/photos.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { readTenant, writeTenantBatch, type TenantTx } from '../../db/scope.ts';
import {
  eventIdOfScreen,
  findScreen,
  findScreenByCredential,
  listGroupOfScreen,
  noteCopy,
  touchScreen,
  type KnownScreen,
} from '../../db/screens/devices.ts';
import { removePairingsOf } from '../../db/screens/pairings.ts';
import { listAnnouncementsToShow } from '../../db/screens/stage.ts';
import type { ScreenActor, TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { DomainError } from '../errors.ts';
import { inLookOf, toEvent, toEventState } from '../event-rules.ts';
import { eventNotFound } from '../people/guests.ts';
import { signLiveTicket } from '../people/tokens.ts';
import { toPublicPhoto } from '../photo-rules.ts';
import { positionOf } from '../photos.ts';
import { commandsAfter, isDueForTouch, toScreen } from './screen-rules.ts';
import { toWallState } from './stage-rules.ts';

/** How long a screen's socket may live before it must ask for another ticket. */
const SOCKET_SECONDS = 12 * 3600;

/** Nobody hangs more televisions side by side. */
const GROUP_MAX = 100;

const unpaired = () =>
  new DomainError('auth.required', 'This screen is not paired any more. Pair it again with a new code.');

/**
 * Reads as a screen, one round trip: its row is read in the same batch, so that one that was revoked learns it at
 * once. A credential that comes with another installation than its own has been copied; that is noted for staff.
 * @throws DomainError auth.required, screen.credential_copied
 */
async function readAsScreen<const Q extends readonly BatchItem[]>(
  context: TenantContext,
  actor: ScreenActor,
  build: (tx: TenantTx) => Q,
): Promise<{ known: KnownScreen; answers: BatchAnswers<Q>; now: Date }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const [rows, ...answers] = await readTenant(context.db, { tenantId }, (tx) => [
    findScreenByCredential(tx, tenantId, actor.credentialHash),
    ...build(tx),
  ]);
  const known = (rows as KnownScreen[])[0];
  if (!known) throw unpaired();
  if (known.device.installation !== actor.installation) {
    await writeTenantBatch(context.db, { tenantId }, (tx) => [noteCopy(tx, tenantId, known.device.id, now)]);
    throw new DomainError(
      'screen.credential_copied',
      'This pairing belongs to another device. Pair this one with a code of its own.',
    );
  }
  if (isDueForTouch(known.device, now)) {
    context.defer(
      writeTenantBatch(context.db, { tenantId }, (tx) => [
        touchScreen(tx, tenantId, known.device.id, now),
        // It has its credential, so that nobody needs to be told it again.
        removePairingsOf(tx, tenantId, known.device.id),
      ]),
    );
  }
  return { known, answers: answers as unknown as BatchAnswers<Q>, now };
}

/** Published photos of the screen's event, or none where guests see none either. */
const photosOf = (tx: TenantTx, context: TenantContext, actor: ScreenActor, limit: number, cursor?: string) =>
  listPhotos(tx, {
    tenantId: context.tenant.id,
    event: eventIdOfScreen(context.tenant.id, actor.credentialHash),
    status: 'approved',
    sort: '-arrived',
    limit: limit + 1,
    after: decodeCursor(cursor),
  });

function pageOf(event: EventRow | null, shows: boolean, rows: Awaited<ReturnType<typeof photosOf>>, limit: number) {
  const page = toPage(shows ? rows : [], limit, positionOf);
  const items: Photo[] = page.rows.map((row) => toPublicPhoto(row, event?.settings));
  return { items, nextCursor: page.nextCursor };
}

/**
 * Everything that a screen needs to begin, in one snapshot: the position never claims a photo that is not there.
 * @param origin of the host, for the address in the QR code
 */
export async function describeSelf(
  context: TenantContext,
  actor: ScreenActor,
  input: { origin: string; theme: Theme },
): Promise<ScreenMe> {
  const tenantId = context.tenant.id;
  const { known, answers, now } = await readAsScreen(context, actor, (tx) => [
    photosOf(tx, context, actor, LIST_LIMIT_MAX),
    listAnnouncementsToShow(tx, tenantId, eventIdOfScreen(tenantId, actor.credentialHash), ANNOUNCEMENTS_MAX),
    listGroupOfScreen(tx, tenantId, actor.credentialHash, GROUP_MAX),
  ]);
  const [rows, announcements, group] = answers;
  const { device, event } = known;
  const index = group.findIndex(({ id }) => id === device.id);
  const state = event ? toEventState(event, announcements, now) : null;
  const { items, nextCursor } = pageOf(event, state?.shows ?? false, rows, LIST_LIMIT_MAX);
  const settings = event ? readEventSettings(event.settings) : null;
  return {
    screen: toScreen(known, null, now),
    event: event ? toEvent(event) : null,
    theme: event ? inLookOf(event, { theme: input.theme }).theme : input.theme,
    languages: settings?.languages ?? [],
    locale: settings?.defaultLanguage ?? null,
    state: state?.stage ?? NOTHING_ON_STAGE,
    eventState: state,
    photos: items,
    nextCursor,
    epoch: event?.roomEpoch ?? '',
    seq: event?.roomSeq ?? 0,
    place: index < 0 ? null : { index, count: group.length },
    commands: device.version,
    joinUrl: event ? new URL(`/e/${event.slug}`, input.origin).href : null,
    serverTime: now.toISOString(),
  };
}

const NOTHING_ON_STAGE = toWallState(
  {
    panicAt: null,
    panicText: null,
    spotlightPhotoId: null,
    spotlightUntil: null,
    photoCallAt: null,
    photoCallSeconds: null,
    photoCallMission: null,
  },
  [],
  new Date(0),
);

/** One page of the photos of the screen's event, with the event's state and position: also what `reset` points to. */
export async function listOwnPhotos(
  context: TenantContext,
  actor: ScreenActor,
  input: { limit: number; cursor?: string | undefined },
) {
  const tenantId = context.tenant.id;
  const { known, answers, now } = await readAsScreen(context, actor, (tx) => [
    photosOf(tx, context, actor, input.limit, input.cursor),
    listAnnouncementsToShow(tx, tenantId, eventIdOfScreen(tenantId, actor.credentialHash), ANNOUNCEMENTS_MAX),
  ]);
  const [rows, announcements] = answers;
  const { event } = known;
  if (!event) throw eventNotFound();
  const state = toEventState(event, announcements, now);
  const page = pageOf(event, state.shows, rows, input.limit);
  return { ...page, epoch: event.roomEpoch, seq: event.roomSeq, event: state };
}

/** @throws DomainError event.not_found for a screen that shows none */
export async function issueScreenTicket(context: TenantContext, actor: ScreenActor): Promise<string> {
  const { known, now } = await readAsScreen(context, actor, () => []);
  const { device, event } = known;
  if (!event || !device.installation) throw eventNotFound();
  const expiresAt = new Date(now.getTime() + SOCKET_SECONDS * 1000);
  return signLiveTicket(
    context.config.GUEST_JWT_SECRET,
    {
      tenantId: context.tenant.id,
      eventId: event.id,
      role: 'screen',
      guestId: null,
      moderator: null,
      screen: { id: device.id, installation: device.installation },
      expiresAt,
    },
    now,
  );
}

/** Revoking closes the sockets there are; a ticket from just before must not open another, nor one of another event. */
export async function requireScreenStillThere(
  context: TenantContext,
  screen: { id: string; installation: string },
  eventId: string,
): Promise<void> {
  const tenantId = context.tenant.id;
  const [rows] = await readTenant(context.db, { tenantId }, (tx) => [findScreen(tx, tenantId, screen.id)]);
  const row = rows[0];
  if (!row || row.event?.id !== eventId || row.device.installation !== screen.installation) throw unpaired();
}

/** What a screen without a socket says of itself. @returns photos that it has yet to be rid of */
export async function checkIn(
  context: TenantContext,
  actor: ScreenActor,
  input: { report: ScreenReport | null; removed: string[] },
): Promise<{ recall: string[]; serverTime: string }> {
  const { known, now } = await readAsScreen(context, actor, () => []);
  const { id: tenantId, residency } = context.tenant;
  const room = known.event ? { tenantId, eventId: known.event.id, residency } : null;
  const visit = { screenId: known.device.id, report: input.report, removed: input.removed };
  const recall = room ? (await context.ports.rooms.checkIn(room, visit)).recall : [];
  return { recall, serverTime: now.toISOString() };
}

export async function listOwnCommands(
  context: TenantContext,
  actor: ScreenActor,
  after: number,
): Promise<{ items: { id: string; command: CommandName; at: string }[]; next: number }> {
  const { known, now } = await readAsScreen(context, actor, () => []);
  return {
    items: commandsAfter(known.device, after, now).map(({ id, command, at }) => ({
      id,
      command,
      at: new Date(at).toISOString(),
    })),
    next: known.device.version,
  };
}
