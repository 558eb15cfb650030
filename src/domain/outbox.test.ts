import { describe, expect, it } from 'vitest';
import type { PhotoRecord } from '../db/photos.ts';
import type { EventRow } from '../db/schema/events.ts';
import { toRoomMessage } from './outbox.ts';

const now = new Date('2026-11-21T20:00:00Z');
const id = '00000000-0000-4000-8000-000000000001';
const event = { guestView: 'gallery', revealAt: null } as EventRow;
const record = (over: Partial<PhotoRecord['photo']>) =>
  ({
    photo: { id, guestId: id, version: 4, status: 'approved', deletedAt: null, takenAt: null, createdAt: now, ...over },
    by: null,
    renditions: [],
    position: '',
  }) as unknown as PhotoRecord;
const publicOf = (over: Partial<PhotoRecord['photo']>, leftGallery: boolean, on = event) =>
  toRoomMessage(on, record(over), now, leftGallery).public;

describe('what the room says to everybody', () => {
  it('shows an approved photo', () => expect(publicOf({}, false)).toMatchObject({ type: 'photo.approved' }));

  it('takes down what was approved and rejected before any of it was published', () =>
    expect(publicOf({ status: 'rejected' }, true)).toEqual({ v: 1, type: 'photo.removed', id }));

  it('says nothing of a photo that was never to be seen', () => {
    expect(publicOf({ status: 'rejected' }, false)).toBeNull();
    expect(publicOf({ status: 'pending' }, false)).toBeNull();
  });

  it('says a deletion always, so that moderators hear of it too', () =>
    expect(publicOf({ status: 'pending', deletedAt: now }, false)).toEqual({ v: 1, type: 'photo.removed', id }));

  it('shows what was rejected and approved again in between', () =>
    expect(publicOf({}, true)).toMatchObject({ type: 'photo.approved' }));

  it('says nothing of approvals where guests do not see each other’s photos', () =>
    expect(publicOf({}, false, { ...event, guestView: 'dropbox' })).toBeNull());
});
