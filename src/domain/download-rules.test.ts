import { describe, expect, it } from 'vitest';
import type { OriginalRow } from '../db/photos.ts';
import type { EventRow } from '../db/schema/events.ts';
import { downloadRefusal, fileNames } from './download-rules.ts';

const now = new Date('2026-11-21T12:00:00Z');
const event = {
  id: 'event',
  slug: 'party',
  name: 'Summer party',
  timeZone: 'Europe/Berlin',
  guestView: 'gallery',
  heldAt: null,
  panicAt: null,
  settings: {},
} as EventRow;
const photo = {
  id: '3f2a0000-0000-4000-8000-000000000000',
  eventId: 'event',
  guestId: 'ada',
  status: 'approved',
  kind: 'photo',
  animated: false,
  type: 'image/jpeg',
  createdAt: new Date('2026-11-21T14:04:05Z'),
  takenAt: null,
  deletedAt: null,
  redactions: [],
  publicBytes: 10,
} as unknown as OriginalRow;
const anyone = { visitor: 'anyone', guestId: null } as const;
const ada = { visitor: 'guest', guestId: 'ada' } as const;
const bob = { visitor: 'guest', guestId: 'bob' } as const;
const staff = { visitor: 'staff', guestId: null } as const;

const refusal = (
  asker: Parameters<typeof downloadRefusal>[2],
  of: Partial<OriginalRow> = {},
  at: Partial<EventRow> = {},
  isAsReceived = false,
) => downloadRefusal({ ...photo, ...of }, { ...event, ...at }, asker, isAsReceived, now);

describe('a file', () => {
  it('is for everybody who sees its photo', () => {
    for (const asker of [anyone, ada, bob, staff]) expect(refusal(asker)).toBeNull();
  });
  it.each(['pending', 'rejected', 'failed'] as const)(
    'of a photo that is %s is for its guest and for staff',
    (status) => {
      for (const asker of [anyone, bob]) expect(refusal(asker, { status })).toBe('photo.not_found');
      for (const asker of [ada, staff]) expect(refusal(asker, { status })).toBeNull();
    },
  );
  it('is not for others while nobody sees photos', () => {
    for (const at of [{ heldAt: now }, { guestView: 'dropbox' as const }, { revealAt: new Date('2027-01-01') }]) {
      for (const asker of [anyone, bob]) expect(refusal(asker, {}, at)).toBe('photo.not_found');
      for (const asker of [ada, staff]) expect(refusal(asker, {}, at)).toBeNull();
    }
  });
  it('of another event, or deleted, is for nobody', () => {
    for (const asker of [anyone, ada, staff]) {
      expect(refusal(asker, { eventId: 'other' })).toBe('photo.not_found');
      expect(refusal(asker, { deletedAt: now })).toBe('photo.not_found');
      expect(refusal(asker, { deletedAt: now }, {}, true)).toBe('photo.not_found');
    }
  });
  it('is for its guest and staff only where the event is for looking, but what moves is shown by it', () => {
    const settings = { downloads: 'off' };
    for (const asker of [anyone, bob]) {
      expect(refusal(asker, {}, { settings })).toBe('event.downloads_off');
      expect(refusal(asker, { kind: 'video' }, { settings })).toBeNull();
      expect(refusal(asker, { animated: true }, { settings })).toBeNull();
    }
    for (const asker of [ada, staff]) expect(refusal(asker, {}, { settings })).toBeNull();
  });
  it('without a public version is had as it was received, and not otherwise', () => {
    for (const asker of [anyone, ada, staff]) {
      expect(refusal(asker, { redactions: null })).toBe('photo.not_downloadable');
      expect(refusal(asker, { publicBytes: null })).toBe('photo.not_downloadable');
    }
    for (const asker of [ada, staff]) expect(refusal(asker, { status: 'processing' })).toBe('photo.not_ready');
    expect(refusal(staff, { redactions: null, status: 'processing' }, {}, true)).toBeNull();
  });
});

describe('the name of a file', () => {
  const names = (name: string) => fileNames(photo, { ...event, name });
  it('says event and time, on the clock of the event', () =>
    expect(names('Summer party')).toEqual({
      plain: 'party-2026-11-21-1504-3f2a.jpg',
      full: 'Summer party 2026-11-21-1504-3f2a.jpg',
    }));
  it('takes the time when it was taken, and the ending of its type', () =>
    expect(
      fileNames({ ...photo, takenAt: new Date('2026-07-01T10:00:00Z'), type: 'video/quicktime' }, event).plain,
    ).toBe('party-2026-07-01-1200-3f2a.mov'));
  it.each([
    ['../../etc/passwd', 'etc passwd'],
    ['a\u202egpj.exe', 'a gpj.exe'],
    ['C:\\<x>|"?*%00', 'C x 00'],
    ['.hidden', 'hidden'],
    ['line\r\nSet-Cookie: x', 'line Set-Cookie x'],
    ['حفلة الصيف', 'حفلة الصيف'],
    ['👰'.repeat(100), '👰'.repeat(60)],
    ['???', 'party'],
  ])('of %j is one that every system takes', (name, begins) => {
    const { full } = names(name);
    expect(full.startsWith(`${begins} 2026`)).toBe(true);
    expect(full).not.toMatch(/[\p{C}/\\:*?"<>|%]/u);
  });
});
