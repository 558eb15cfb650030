import { describe, expect, it } from 'vitest';
import type { OutboxPayload } from '../db/schema/photos.ts';
import type { StaffPhotoRecord } from '../db/staff-photos.ts';
import type { EventRow } from '../db/schema/events.ts';
import { toEventMessage, toPhotoMessage } from './outbox.ts';

const now = new Date('2026-11-21T20:00:00Z');
const id = '00000000-0000-4000-8000-000000000001';
const event = {
  id: '00000000-0000-4000-8000-000000000002',
  version: 7,
  status: 'live',
  uploads: 'open',
  guestView: 'gallery',
  revealAt: null,
  heldAt: null,
  heldMessage: null,
  deletedAt: null,
  panicAt: null,
  panicText: null,
  spotlightPhotoId: null,
  spotlightUntil: null,
  photoCallAt: null,
  photoCallSeconds: null,
  photoCallMission: null,
} as EventRow;
const record = (over: Partial<StaffPhotoRecord['photo']>) =>
  ({
    photo: {
      id,
      guestId: id,
      version: 4,
      status: 'approved',
      deletedAt: null,
      takenAt: null,
      createdAt: now,
      flags: [],
      decidedAt: null,
      ...over,
    },
    by: null,
    table: null,
    blockedAt: null,
    renditions: [],
    position: '',
  }) as unknown as StaffPhotoRecord;
const publicOf = (over: Partial<StaffPhotoRecord['photo']>, leftGallery: boolean, on = event) =>
  toPhotoMessage(on, record(over), now, leftGallery ? [{}, { leftGallery: true }] : [{}]).public;

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

  it('says nothing of approvals while the event is held, and takes down what is rejected then', () => {
    const held = { ...event, heldAt: now };
    expect(publicOf({}, false, held)).toBeNull();
    expect(publicOf({ status: 'rejected' }, true, held)).toMatchObject({ type: 'photo.removed' });
  });

  it('says nothing of approvals where guests do not see each other’s photos', () =>
    expect(publicOf({}, false, { ...event, guestView: 'dropbox' })).toBeNull());
});

describe('what only moderators are to hear', () => {
  const message = (payloads: OutboxPayload[]) => toPhotoMessage(event, record({}), now, payloads);

  it('goes to nobody else', () =>
    expect(message([{ staffOnly: true }])).toMatchObject({
      public: null,
      staff: { type: 'photo.decided' },
      uploader: null,
    }));

  it('keeps back nothing that everybody is to hear too', () =>
    expect(message([{}, { staffOnly: true }])).toMatchObject({
      public: { type: 'photo.approved' },
      uploader: { frame: { status: 'approved' } },
    }));
});

describe('what the room says about the event', () => {
  const stage = { panic: null, spotlight: null, announcements: [], photoCall: null };
  const open = { held: false, heldMessage: null, uploads: true, shows: true, status: 'live', stage };

  it('is the event as it is now, with the newest version', () => {
    expect(toEventMessage(event, [], [{}, {}], now)).toEqual({
      kind: 'event',
      version: 7,
      public: { v: 1, type: 'event.changed', event: open },
      closesDoors: false,
      closesModerators: [],
      closesGuests: [],
      closesScreens: [],
    });
  });

  it('says the message of a held event, and that nothing is shown', () => {
    const held = { ...event, heldAt: now, heldMessage: 'Back in a minute' };
    expect(toEventMessage(held, [], [{}], now).public?.event).toEqual({
      ...open,
      held: true,
      heldMessage: 'Back in a minute',
      shows: false,
    });
  });

  it('closes the doors when any of the changes did', () =>
    expect(toEventMessage(event, [], [{}, { closesDoors: true }, {}], now).closesDoors).toBe(true));

  it('tells nobody else that a moderator has to go', () => {
    expect(toEventMessage(event, [], [{ closesModerator: id }], now)).toMatchObject({
      public: null,
      closesModerators: [id],
    });
    expect(toEventMessage(event, [], [{ closesModerator: id }, {}], now).public).not.toBeNull();
  });

  it('tells nobody else that a screen has to go', () => {
    expect(toEventMessage(event, [], [{ closesScreen: id }], now)).toMatchObject({ public: null, closesScreens: [id] });
    expect(toEventMessage(event, [], [{ closesScreen: id }, {}], now).public).not.toBeNull();
  });

  it('holds the photos of an event in a panic, in the words of its slide', () => {
    const panicked = { ...event, panicAt: now, panicText: 'Please leave calmly' };
    expect(toEventMessage(panicked, [], [{}], now).public?.event).toEqual({
      ...open,
      held: true,
      heldMessage: 'Please leave calmly',
      shows: false,
      stage: { ...stage, panic: { since: now.getTime(), text: 'Please leave calmly' } },
    });
    expect(publicOf({}, false, panicked)).toBeNull();
  });

  it('shows and takes nothing, and sends everybody out, once the event is deleted', () => {
    const message = toEventMessage({ ...event, deletedAt: now }, [], [{}], now);
    expect(message.public?.event).toEqual({ ...open, uploads: false, shows: false, status: 'archived' });
    expect(message.closesDoors).toBe(true);
  });
});
