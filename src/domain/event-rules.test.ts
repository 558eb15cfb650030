import { describe, expect, it } from 'vitest';
import type { EventRow } from '../db/schema/events.ts';
import { admission, showsPhotos, uploadsClosedReason } from './event-rules.ts';

const NOW = new Date('2026-06-20T18:00:00Z');
const event = (over: Partial<EventRow> = {}) =>
  ({
    status: 'live',
    visibility: 'public',
    uploads: 'open',
    guestView: 'gallery',
    heldAt: null,
    panicAt: null,
    opensAt: null,
    closesAt: null,
    revealAt: null,
    deletedAt: null,
    ...over,
  }) as EventRow;

describe('admission', () => {
  it('opens a public event to anyone', () => expect(admission(event(), 'anyone')).toBe('open'));
  it('asks for the PIN of whoever has not joined', () =>
    expect(admission(event({ visibility: 'pin' }), 'anyone')).toBe('pin'));
  it('opens a PIN event to its guests', () => expect(admission(event({ visibility: 'pin' }), 'guest')).toBe('open'));
  it.each(['draft', 'archived', 'nonsense'])('hides an event that is %s from guests', (status) =>
    expect(admission(event({ status: status as EventRow['status'] }), 'guest')).toBe('hidden'),
  );
  it('hides a private event and one whose visibility cannot be read', () => {
    expect(admission(event({ visibility: 'private' }), 'guest')).toBe('hidden');
    expect(admission(event({ visibility: 'unheard-of' as EventRow['visibility'] }), 'guest')).toBe('hidden');
  });
  it('hides a deleted event from everybody', () =>
    expect(admission(event({ deletedAt: NOW }), 'staff')).toBe('hidden'));
  it('shows a draft to staff', () => expect(admission(event({ status: 'draft' }), 'staff')).toBe('open'));
});

describe('uploadsClosedReason', () => {
  it('takes photos while live and open', () => expect(uploadsClosedReason(event(), NOW)).toBeNull());
  it('is closed when switched off or not live', () => {
    expect(uploadsClosedReason(event({ uploads: 'closed' }), NOW)).toBe('closed');
    expect(uploadsClosedReason(event({ status: 'closed' }), NOW)).toBe('closed');
  });
  it('opens and closes at the given moments', () => {
    expect(uploadsClosedReason(event({ opensAt: new Date(NOW.getTime() + 1) }), NOW)).toBe('not_yet');
    expect(uploadsClosedReason(event({ opensAt: NOW }), NOW)).toBeNull();
    expect(uploadsClosedReason(event({ closesAt: NOW }), NOW)).toBe('over');
  });
});

describe('showsPhotos', () => {
  it('keeps a drop box closed until its reveal', () => {
    expect(showsPhotos(event({ guestView: 'dropbox' }), NOW)).toBe(false);
    expect(showsPhotos(event({ guestView: 'dropbox', revealAt: NOW }), NOW)).toBe(true);
    expect(showsPhotos(event({ revealAt: new Date(NOW.getTime() + 1) }), NOW)).toBe(false);
  });
  it('keeps the photos of a disposable camera back until they are developed, also without a date for that', () => {
    const settings = { camera: { shots: 24 } };
    expect(showsPhotos(event({ settings }), NOW)).toBe(false);
    expect(showsPhotos(event({ settings, revealAt: new Date(NOW.getTime() + 1) }), NOW)).toBe(false);
    expect(showsPhotos(event({ settings, revealAt: NOW }), NOW)).toBe(true);
    expect(showsPhotos(event({ settings: { camera: 'nonsense' } }), NOW)).toBe(true);
  });
});
