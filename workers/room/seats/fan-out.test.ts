import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { EventRoom } from '../event-room.ts';
import { GUEST_ID, OTHER_GUEST_ID, approved, connect, newRoom, pending, until } from '../test-support/room-harness.ts';

describe('a broken socket', () => {
  it('keeps a frame from nobody else', async () => {
    const room = newRoom();
    const people = [await connect(room), await connect(room), await connect(room)];
    await runInDurableObject(room, async (instance: EventRoom, state) => {
      const [broken] = state.getWebSockets();
      Object.defineProperty(broken, 'send', {
        value: () => {
          throw new TypeError('broken pipe');
        },
      });
      await instance.publish([approved(1), approved(2)]);
    });
    await until(() => people.filter((person) => person.closed.length > 0).length === 1, 'the broken one to be closed');
    for (const person of people.filter((one) => one.closed.length === 0)) {
      await person.has(2, 'photo.approved');
    }
    expect(people.filter((person) => person.seqs().length === 2)).toHaveLength(2);
  });
});

describe('privacy', () => {
  it('shows the waiting list to staff only and a status to its uploader only', async () => {
    const room = newRoom();
    const viewer = await connect(room);
    const uploader = await connect(room, { guest: GUEST_ID });
    const uploaderElsewhere = await connect(room, { guest: GUEST_ID });
    const otherGuest = await connect(room, { guest: OTHER_GUEST_ID });
    const staff = await connect(room, { role: 'staff' });
    await room.publish([pending(1), approved(1)]);
    const everybody = { viewer, uploader, uploaderElsewhere, otherGuest, staff };
    for (const person of Object.values(everybody)) await person.settle();
    const seen = Object.fromEntries(
      Object.entries(everybody).map(([name, person]) => [
        name,
        person.frames.map((frame) => frame.type).filter((type) => type.startsWith('photo.')),
      ]),
    );
    expect(seen).toEqual({
      viewer: ['photo.approved'],
      otherGuest: ['photo.approved'],
      uploader: ['photo.status', 'photo.approved', 'photo.status'],
      uploaderElsewhere: ['photo.status', 'photo.approved', 'photo.status'],
      staff: ['photo.pending', 'photo.approved', 'photo.decided'],
    });
    expect(JSON.stringify(viewer.frames)).not.toContain(GUEST_ID);
  });

  it('never replays what was not for everybody', async () => {
    const room = newRoom();
    const { epoch } = await room.publish([pending(1), approved(1), pending(2)]);
    const viewer = await connect(room, { since: `${epoch}.0` });
    await viewer.settle();
    expect(viewer.of().map((frame) => frame.type)).toEqual(['hello', 'photo.approved', 'pong']);
  });
});
