import { LIST_LIMIT_MAX } from '../../contract/ids.ts';
import type { Photo } from '../../contract/photos.ts';
import type { ScreenMe } from '../../contract/screens.ts';
import { readEventSettings } from '../../contract/event-settings.ts';
import { ANNOUNCEMENTS_MAX } from '../../contract/stage.ts';
import type { Theme } from '../../contract/tenants.ts';
import { listPhotos } from '../../db/photos.ts';
import type { EventRow } from '../../db/schema/events.ts';
import type { TenantTx } from '../../db/scope.ts';
import { eventIdOfScreen } from '../../db/screens/devices.ts';
import { listGroupOfScreen } from '../../db/screens/groups.ts';
import { listAnnouncementsToShow } from '../../db/screens/stage.ts';
import type { ScreenActor, TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { inLookOf, toEvent, toEventState } from '../event-rules.ts';
import { eventNotFound } from '../people/guests.ts';
import { toPublicPhoto } from '../photo-rules.ts';
import { positionOf } from '../photos.ts';
import { GROUP_MAX } from './group-rules.ts';
import { readAsScreen } from './screen-reads.ts';
import { toScreenItself } from './screen-rules.ts';
import { toWallState } from './stage-rules.ts';

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
  const { device, event, slug } = known;
  const index = group.findIndex(({ id }) => id === device.id);
  const state = event ? toEventState(event, announcements, now) : null;
  const { items, nextCursor } = pageOf(event, state?.shows ?? false, rows, LIST_LIMIT_MAX);
  const settings = event ? readEventSettings(event.settings) : null;
  return {
    screen: toScreenItself(known, now),
    event: event && slug ? { ...toEvent(event), slug } : null,
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
    // Also while it rehearses: whoever scans the code of a screen comes to the event and never to its twin.
    joinUrl: slug ? new URL(`/e/${slug}`, input.origin).href : null,
    rehearsalUntil: event?.rehearsalOf && device.rehearsalUntil ? device.rehearsalUntil.toISOString() : null,
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
