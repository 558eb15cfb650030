import { describe, expect, it } from 'vitest';
import {
  GUEST_ID,
  MODERATOR_ID,
  approved,
  changed,
  connect,
  evict,
  held,
  id,
  newRoom,
  photo,
  removed,
  until,
  type Eviction,
} from '../test-support/room-harness.ts';

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
const SHOWN = ['photo.approved', 'photo.removed', 'event.changed'];

async function openParty() {
  const room = newRoom();
  const viewer = await connect(room);
  const guest = await connect(room, { guest: GUEST_ID });
  const staff = await connect(room, { role: 'staff' });
  return { room, viewer, guest, staff, everybody: [viewer, guest, staff] };
}

describe('a change of the event', () => {
  it('is told to everybody and has its place in the order', async () => {
    const { room, everybody } = await openParty();
    await room.publish([approved(1), changed(2, { uploads: false }), approved(2)]);
    for (const person of everybody) {
      await person.has(3, ...SHOWN);
      expect(person.of(...SHOWN).map((frame) => [frame['seq'], frame.type])).toEqual([
        [1, 'photo.approved'],
        [2, 'event.changed'],
        [3, 'photo.approved'],
      ]);
    }
    expect(everybody[0]?.of('event.changed')[0]).toMatchObject({ event: { uploads: false, shows: true } });
  });

  it('is dropped when it, or a newer one, has been told', async () => {
    const { room, viewer } = await openParty();
    await room.publish([changed(5)]);
    expect((await room.publish([changed(5), changed(4, { status: 'closed' })])).seq).toBe(1);
    await viewer.settle();
    expect(viewer.of('event.changed')).toHaveLength(1);
  });

  it('is replayed to whoever was away', async () => {
    const room = newRoom();
    const { epoch } = await room.publish([approved(1), changed(2, { status: 'closed' })]);
    const viewer = await connect(room, { since: `${epoch}.1` });
    await viewer.has(1, 'event.changed');
  });

  for (const how of EVICTIONS) {
    it(`is told once though the room is evicted (${how}) and asked again`, async () => {
      const room = newRoom();
      const { epoch } = await room.publish([changed(2)]);
      await evict(room, how);
      await room.publish([changed(2)]);
      await evict(room, how);
      expect(await room.publish([changed(1)])).toEqual({ epoch, seq: 1 });
    });
  }
});

describe('a photo that is told anew', () => {
  it('is replayed as it is now, and not with words that have been taken away', async () => {
    const room = newRoom();
    const told = approved(1);
    const { epoch } = await room.publish([
      { ...told, public: { v: 1, type: 'photo.approved', photo: { ...photo(1), caption: 'a nasty word' } } },
    ]);
    await room.publish([approved(1, 3)]);
    const viewer = await connect(room, { since: `${epoch}.0` });
    await viewer.settle();
    expect(viewer.of(...SHOWN).map((frame) => [frame['seq'], frame.type])).toEqual([
      [1, 'photo.removed'],
      [2, 'photo.approved'],
    ]);
    expect(JSON.stringify(viewer.frames)).not.toContain('nasty');
  });
});

describe('an event that is held', () => {
  it('hides what was approved before and comes after', async () => {
    const { room, viewer } = await openParty();
    await room.publish([{ ...approved(1), eventVersion: 1 }]);
    await room.publish([held(2)]);
    await evict(room, 'hibernate');
    await room.publish([{ ...approved(2), eventVersion: 1 }]);
    await viewer.settle();
    expect(viewer.of(...SHOWN).map((frame) => frame.type)).toEqual(['photo.approved', 'event.changed']);
  });

  it('still takes photos down, and tells moderators what they decide', async () => {
    const { room, viewer, staff } = await openParty();
    await room.publish([approved(1, 2), held(2), { ...approved(2), public: null, eventVersion: 2 }, removed(1, 3)]);
    await viewer.settle();
    await staff.settle();
    expect(viewer.of(...SHOWN).map((frame) => frame.type)).toEqual([
      'photo.approved',
      'event.changed',
      'photo.removed',
    ]);
    expect(staff.of('photo.decided')).toHaveLength(2);
  });

  it('replays no photo that was shown before: whoever comes back starts over from the snapshot', async () => {
    const { room } = await openParty();
    const { epoch } = await room.publish([approved(1), approved(2), held(2)]);
    const viewer = await connect(room, { since: `${epoch}.0` });
    await viewer.has(1, 'reset');
    await viewer.settle();
    expect(viewer.of('photo.approved')).toEqual([]);
    const near = await connect(room, { since: `${epoch}.2` });
    await near.has(1, 'event.changed');
  });

  it('shows photos again once it is released', async () => {
    const { room, viewer } = await openParty();
    await room.publish([held(2), changed(3), { ...approved(1), eventVersion: 3 }]);
    await viewer.has(1, 'photo.approved');
    expect(viewer.of('event.changed').map((frame) => (frame['event'] as { shows: boolean }).shows)).toEqual([
      false,
      true,
    ]);
  });
});

describe('closing the doors', () => {
  const other = { id: id(701), name: 'Miguel' };

  it('sends viewers and guests to ask for a new ticket, after telling them, and leaves staff in', async () => {
    const { room, viewer, guest, staff } = await openParty();
    await room.publish([{ ...changed(2), closesDoors: true }]);
    expect([await viewer.closeCode(), await guest.closeCode()]).toEqual([4401, 4401]);
    expect(guest.of('event.changed')).toHaveLength(1);
    await staff.settle();
    expect(staff.closed).toEqual([]);
  });

  it('happens once for a change that is published twice', async () => {
    const { room, viewer } = await openParty();
    await room.publish([{ ...changed(2), closesDoors: true }]);
    await viewer.closeCode();
    await evict(room, 'hibernate');
    const back = await connect(room);
    await room.publish([{ ...changed(2), closesDoors: true }]);
    await back.settle();
    expect(back.closed).toEqual([]);
  });

  it('happens also when a newer change has overtaken it', async () => {
    const { room, viewer } = await openParty();
    await room.publish([changed(3)]);
    await room.publish([{ ...changed(2), closesDoors: true }]);
    expect(await viewer.closeCode()).toBe(4401);
    expect(viewer.of('event.changed')).toHaveLength(1);
  });

  it('keeps out whoever was judged before, and nobody who was judged since', async () => {
    const { room, viewer } = await openParty();
    await room.publish([{ ...changed(4), closesDoors: true }]);
    await viewer.closeCode();
    for (const role of ['viewer', 'guest'] as const) {
      const person = role === 'guest' ? { guest: GUEST_ID } : {};
      await expect(connect(room, { ...person, eventVersion: 3 })).rejects.toThrow('401');
      await evict(room, 'hibernate');
      await connect(room, { ...person, eventVersion: 4 });
    }
    await connect(room, { role: 'staff', eventVersion: 3 });
    await connect(room, { screen: { id: id(600) }, eventVersion: 3 });
  });

  it('puts out one moderator alone, on all of their sockets, and says nothing to others', async () => {
    const { room, viewer, staff } = await openParty();
    const laptop = await connect(room, { role: 'staff', moderator: other });
    const phone = await connect(room, { role: 'staff', moderator: other });
    await evict(room, 'hibernate');
    await room.publish([{ ...changed(2), public: null, closesModerators: [other.id] }]);
    expect([await laptop.closeCode(), await phone.closeCode()]).toEqual([4401, 4401]);
    await staff.settle();
    await viewer.settle();
    expect([...staff.closed, ...viewer.closed, ...viewer.of('event.changed')]).toEqual([]);
    // What had no frame takes no version from what has one.
    await room.publish([changed(2)]);
    await until(() => viewer.of('event.changed').length === 1, 'the frame of the same version');
  });

  it('puts out one guest alone, who comes back as somebody else', async () => {
    const { room, viewer, staff } = await openParty();
    const phone = await connect(room, { guest: id(805) });
    const other = await connect(room, { guest: id(806) });
    await evict(room, 'hibernate');
    await room.publish([{ ...changed(2), public: null, closesGuests: [id(805)] }]);
    expect(await phone.closeCode()).toBe(4401);
    for (const client of [viewer, staff, other]) await client.settle();
    expect([...viewer.closed, ...staff.closed, ...other.closed, ...viewer.of('event.changed')]).toEqual([]);
  });

  it('is not for staff whose id the gateway does not name', async () => {
    const room = newRoom();
    await expect(connect(room, { role: 'staff', headers: { 'x-room-moderator': 'x' } })).rejects.toThrow('400');
    await connect(room, { role: 'staff', moderator: { id: MODERATOR_ID, name: 'Jürgen 🎉' } });
  });
});
