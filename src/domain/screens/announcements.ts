import { ANNOUNCEMENTS_MAX, type Announcement, type AnnouncementRequest } from '../../contract/stage.ts';
import { findEvent } from '../../db/events.ts';
import {
  countAnnouncementsToShow,
  deleteAnnouncement,
  insertAnnouncement,
  listAnnouncements,
} from '../../db/screens/stage.ts';
import { readAsStaff, type StaffActor, type TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { eventNotFound } from '../people/guests.ts';
import { changeStage } from './stage.ts';
import { toAnnouncement } from './stage-rules.ts';

/** Announcements listed, of which `ANNOUNCEMENTS_MAX` may still be to come. */
const LISTED_MAX = 200;

export async function listAnnouncementsFor(
  context: TenantContext,
  actor: StaffActor,
  ref: string,
): Promise<{ items: Announcement[] }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const [events, rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    findEvent(tx, tenantId, ref),
    listAnnouncements(tx, tenantId, ref, LISTED_MAX),
  ]);
  if (!events[0]) throw eventNotFound();
  return { items: rows.map((row) => toAnnouncement(row, now)) };
}

/** @throws DomainError announcement.too_many */
export const announce = (
  context: TenantContext,
  actor: StaffActor,
  ref: string,
  input: AnnouncementRequest,
): Promise<Announcement> =>
  changeStage(context, actor, ref, async (tx, event, now) => {
    const { tenantId } = event;
    const [waiting] = await countAnnouncementsToShow(tx, tenantId, event.id);
    if ((waiting?.count ?? 0) >= ANNOUNCEMENTS_MAX) {
      throw new DomainError(
        'announcement.too_many',
        `This event has ${ANNOUNCEMENTS_MAX} announcements that are not over. Take one back first.`,
      );
    }
    const [row] = await insertAnnouncement(tx, {
      tenantId,
      eventId: event.id,
      text: input.text,
      shownFrom: input.from ? new Date(input.from) : null,
      shownUntil: input.until ? new Date(input.until) : null,
      createdBy: actor.userId,
    });
    if (!row) throw new Error('an announcement was inserted and not returned');
    return { answer: toAnnouncement(row, now), change: { announcement: row.id } };
  });

/** Takes it back wherever it is shown. @throws DomainError announcement.not_found */
export const takeBack = (context: TenantContext, actor: StaffActor, ref: string, id: string): Promise<void> =>
  changeStage(context, actor, ref, async (tx, event) => {
    if (!(await deleteAnnouncement(tx, event.tenantId, event.id, id))[0]) {
      throw new DomainError('announcement.not_found', 'There is no such announcement at this event.');
    }
    return { answer: undefined, change: { announcement: id } };
  });
