import type { OwnPhoto } from '../../contract/photos.ts';
import { decidePhotos, setCaption } from '../../db/decisions.ts';
import { findEvent } from '../../db/events.ts';
import { countPublishedOf } from '../../db/guests.ts';
import { findIdentities } from '../../db/people/identities.ts';
import { findPhotos, lockPhotos } from '../../db/photos.ts';
import { writeTenant } from '../../db/scope.ts';
import { isUndeveloped } from '../admission/camera-rules.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { judgeNewWords } from '../moderation/caption-rules.ts';
import { publishEvent } from '../outbox.ts';
import { toOwnPhoto } from '../photo-rules.ts';
import { photoNotFound } from '../photos.ts';
import { holdIdentity, idsOf, requireIdentity } from './identities.ts';

/**
 * Other words under an own photo. They are judged as a new photo's are, so a published one may wait for the host again.
 * @throws DomainError photo.not_found, guest.blocked, and as `requireIdentity`
 */
export async function captionMine(
  context: TenantContext,
  guests: GuestActor[],
  input: { event: string; photo: string; caption: string | null },
): Promise<OwnPhoto> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const caption = input.caption ? input.caption : null;
  const { record, isHidden } = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [found] = await findEvent(tx, tenantId, input.event);
    const known = await findIdentities(tx, tenantId, idsOf(guests));
    const { event, row } = requireIdentity(found, guests, known);
    // Before the photo, as whoever blocks this guest does.
    const guest = await holdIdentity(tx, tenantId, row.id);
    const [photo] = await lockPhotos(tx, tenantId, [input.photo]);
    if (!photo || photo.deletedAt || photo.guestId !== guest.id || photo.eventId !== event.id) throw photoNotFound();
    if (photo.caption !== caption) {
      if (guest.blockedAt && caption !== null) {
        throw new DomainError('guest.blocked', 'The host takes nothing more from this device.');
      }
      const [published] = await countPublishedOf(tx, tenantId, guest.id);
      const { status, flags } = judgeNewWords(event, guest, photo, caption, published?.count ?? 0);
      const isTakenBack = status === 'pending' && photo.status === 'approved';
      if (isTakenBack) {
        const by = { kind: 'rule' as const, id: null, name: null };
        await decidePhotos(tx, tenantId, [photo.id], { status, reason: 'words_changed', by, now });
      }
      await setCaption(tx, tenantId, photo.id, caption, flags, status !== 'approved');
    }
    const [record] = await findPhotos(tx, tenantId, [photo.id]);
    if (!record) throw photoNotFound();
    return { record, isHidden: isUndeveloped(event, now) };
  });
  context.defer(publishEvent(context, record.photo.eventId));
  return toOwnPhoto(record, isHidden);
}
