import type { PhotoMessage } from '../../../contract/live.ts';
import { makePhoto } from '../worker/photos.ts';

const EVENT = 'bec00002-0000-4000-8000-000000000001';
const GUEST = 'bec00003-0000-4000-8000-000000000001';

/** The approval of photo `n` as the outbox hands it over, with what staff and its guest are told. Each `n` once. */
export function approvalOf(n: number): PhotoMessage {
  const photo = makePhoto(n);
  return {
    kind: 'photo',
    photoId: photo.id,
    version: 2,
    eventVersion: 1,
    public: { v: 1, type: 'photo.approved', photo },
    staff: {
      v: 1,
      type: 'photo.decided',
      photo: {
        ...photo,
        failure: null,
        preview: null,
        location: 'none',
        copy: false,
        shownAt: null,
        originalState: null,
        eventId: EVENT,
        version: 2,
        guestId: GUEST,
        guest: { id: GUEST, name: photo.by, table: null, blocked: false, trust: 'auto', approved: n },
        albumId: null,
        flags: [],
        reports: 0,
        decided: { by: 'Odile', kind: 'user', at: photo.createdAt, reason: null },
        consentVersion: null,
        duplicateOf: null,
        sha256: 'a'.repeat(64),
        bytes: 3_100_000,
        type: 'image/jpeg',
      },
    },
    uploader: { guestId: GUEST, frame: { v: 1, type: 'photo.status', id: photo.id, status: 'approved' } },
  };
}

/** An approval with words so long that a few hundred fill whatever lies between a server and who does not read. */
export function longApprovalOf(n: number): PhotoMessage {
  const message = approvalOf(n);
  if (message.public?.type === 'photo.approved') message.public.photo.caption = 'long '.repeat(1_600);
  return message;
}
