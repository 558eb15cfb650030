import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { CLAIM_SECONDS } from '../../../src/contract/live.ts';
import { claimsFrame, grantClaim } from './claim-rules.ts';
import type { EventRoom } from '../event-room.ts';
import { readSeat, writeSeat, type Seat } from './seat.ts';
import { GUEST_ID, connect, evict, id, newRoom, until, type Stub } from '../test-support/room-harness.ts';

const ODILE = { id: id(701), name: 'Odile' };
const MIGUEL = { id: id(702), name: 'Miguel' };
type Person = Awaited<ReturnType<typeof connect>>;

const sit = (room: Stub, moderator: { id: string; name: string }) => connect(room, { role: 'staff', moderator });
const claim = (person: Person, ...photos: number[]) =>
  person.socket.send(JSON.stringify({ v: 1, type: 'claim', photoIds: photos.map(id) }));
/** What a person was told last: photo by photo the name of who has it. */
const lastOf = (person: Person) =>
  Object.fromEntries(
    ((person.of('claims').at(-1)?.['items'] ?? []) as { photoId: string; by: { name: string } }[]).map((item) => [
      Number(item.photoId.slice(-3)),
      item.by.name,
    ]),
  );
const namesOf = (person: Person) =>
  ((person.of('claims').at(-1)?.['moderators'] ?? []) as { name: string }[]).map((one) => one.name).sort();
const seen = (person: Person, claims: Record<number, string>) =>
  until(() => JSON.stringify(lastOf(person)) === JSON.stringify(claims), `claims ${JSON.stringify(claims)}`);

describe('claiming photos', () => {
  it('tells everybody at the desk who has what, newcomers too, and nobody else', async () => {
    const room = newRoom();
    const odile = await sit(room, ODILE);
    const guest = await connect(room, { guest: GUEST_ID });
    claim(odile, 1, 2);
    await seen(odile, { 1: 'Odile', 2: 'Odile' });
    const miguel = await sit(room, MIGUEL);
    await seen(miguel, { 1: 'Odile', 2: 'Odile' });
    expect(namesOf(miguel)).toEqual(['Miguel', 'Odile']);
    await until(() => namesOf(odile).length === 2, 'the newcomer to be told of');
    await guest.settle();
    expect(guest.of('claims')).toEqual([]);
  });

  it('gives each photo to one person, and says to the other who has it', async () => {
    const room = newRoom();
    const [odile, miguel] = [await sit(room, ODILE), await sit(room, MIGUEL)];
    claim(odile, 1, 2);
    await seen(miguel, { 1: 'Odile', 2: 'Odile' });
    const before = miguel.of('claims').length;
    claim(miguel, 2);
    await until(() => miguel.of('claims').length > before, 'an answer to the claim');
    expect(lastOf(miguel)).toEqual({ 1: 'Odile', 2: 'Odile' });
    claim(miguel, 2, 3);
    await seen(odile, { 1: 'Odile', 2: 'Odile', 3: 'Miguel' });
  });

  it('gives a photo to one of two who ask in the same moment', async () => {
    const room = newRoom();
    const [odile, miguel] = [await sit(room, ODILE), await sit(room, MIGUEL)];
    claim(odile, 1);
    claim(miguel, 1);
    await odile.settle();
    await miguel.settle();
    await until(() => JSON.stringify(lastOf(odile)) === JSON.stringify(lastOf(miguel)), 'both to know the same');
    expect(Object.keys(lastOf(odile))).toEqual(['1']);
  });

  it('replaces what the same window held, and lets go of all with an empty claim', async () => {
    const room = newRoom();
    const [odile, miguel] = [await sit(room, ODILE), await sit(room, MIGUEL)];
    claim(odile, 1, 2);
    claim(odile, 3);
    await seen(miguel, { 3: 'Odile' });
    claim(odile);
    await seen(miguel, {});
  });

  it('shares among the windows of one person, who is counted once', async () => {
    const room = newRoom();
    const [laptop, phone, miguel] = [await sit(room, ODILE), await sit(room, ODILE), await sit(room, MIGUEL)];
    claim(laptop, 1);
    claim(phone, 1, 2);
    await seen(miguel, { 1: 'Odile', 2: 'Odile' });
    expect(namesOf(miguel)).toEqual(['Miguel', 'Odile']);
    laptop.socket.close(1000);
    await miguel.settle();
    expect(lastOf(miguel)).toEqual({ 1: 'Odile', 2: 'Odile' });
  });

  it('ends when its holder goes', async () => {
    const room = newRoom();
    const [odile, miguel] = [await sit(room, ODILE), await sit(room, MIGUEL)];
    claim(odile, 1);
    await seen(miguel, { 1: 'Odile' });
    odile.socket.close(1000);
    await seen(miguel, {});
    expect(namesOf(miguel)).toEqual(['Miguel']);
  });

  it('ends by time, and the next claim of anybody tells of it', async () => {
    const room = newRoom();
    const [odile, miguel] = [await sit(room, ODILE), await sit(room, MIGUEL)];
    claim(odile, 1);
    await seen(miguel, { 1: 'Odile' });
    await runInDurableObject(room, (_: EventRoom, state) => {
      for (const socket of state.getWebSockets('staff')) {
        const seat = readSeat(socket) as Seat;
        if (seat.claim) writeSeat(socket, { ...seat, claim: { ...seat.claim, until: Date.now() - 1 } });
      }
    });
    claim(miguel, 1);
    await seen(odile, { 1: 'Miguel' });
  });

  it('is nothing from a guest, and refused when it is malformed or too much', async () => {
    const room = newRoom();
    const odile = await sit(room, ODILE);
    const guest = await connect(room, { guest: GUEST_ID });
    claim(guest, 1);
    await guest.settle();
    claim(odile, 1, 2, 3, 4, 5);
    await odile.has(1, 'error');
    expect(lastOf(odile)).toEqual({});
  });

  it('outlives an eviction before each step', async () => {
    const room = newRoom();
    const odile = await sit(room, ODILE);
    await evict(room, 'hibernate');
    const miguel = await sit(room, MIGUEL);
    await evict(room, 'hibernate');
    claim(odile, 1);
    await seen(miguel, { 1: 'Odile' });
    await evict(room, 'hibernate');
    claim(miguel, 1, 2);
    await seen(odile, { 1: 'Odile', 2: 'Miguel' });
    await evict(room, 'hibernate');
    odile.socket.close(1000);
    await seen(miguel, { 2: 'Miguel' });
    await evict(room, 'hibernate');
    claim(miguel, 1, 2);
    await seen(miguel, { 2: 'Miguel', 1: 'Miguel' });
  });

  it('sets no alarm', async () => {
    const room = newRoom();
    claim(await sit(room, ODILE), 1);
    expect(await runInDurableObject(room, (_, state) => state.storage.getAlarm())).toBeNull();
  });
});

describe('the rules', () => {
  const NOW = 1_000_000;
  const seat = (over: Partial<Seat>): Seat => ({
    role: 'staff',
    guestId: null,
    moderator: ODILE,
    claim: null,
    watchUntil: null,
    bucket: null,
    screen: null,
    joinedAt: 0,
    expiresAt: NOW + 1,
    snapshotUrl: '/',
    ackedSeq: null,
    startSeq: 0,
    hold: null,
    ...over,
  });

  it('count a claim until its last moment and not in it', () => {
    const held = seat({ claim: { photoIds: [id(1)], until: NOW } });
    expect(grantClaim([id(1)], MIGUEL, [held], NOW - 1).photoIds).toEqual([]);
    expect(grantClaim([id(1)], MIGUEL, [held], NOW)).toEqual({ photoIds: [id(1)], until: NOW + CLAIM_SECONDS * 1000 });
  });

  it('name nobody whose session has ended', () => {
    const gone = seat({ expiresAt: NOW, claim: { photoIds: [id(1)], until: NOW + 1 } });
    expect(claimsFrame([gone], NOW)).toEqual({ v: 1, type: 'claims', items: [], moderators: [] });
  });
});
