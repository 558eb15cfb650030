import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { REPLAY_MAX_FRAMES } from '../log/resume-rules.ts';
import type { EventRoom } from '../event-room.ts';
import { approved, connect, evict, newRoom, pending, publishMany, type Stub } from '../test-support/room-harness.ts';
import { isReleased, paceOf, PATIENCE_MS, TRUST_FRAMES, WINDOW_FRAMES, type Hold } from './pace-rules.ts';
import { readSeat, writeSeat } from './seat.ts';

type Client = Awaited<ReturnType<typeof connect>>;

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const ack = (client: Client, seq: number) => {
  client.socket.send(JSON.stringify({ v: 1, type: 'ack', seq }));
  return client.settle();
};

/** A client that has acknowledged its first frame, beside one that says nothing. */
async function setup(person: Parameters<typeof connect>[1] = {}) {
  const room = newRoom();
  const slow = await connect(room, person);
  const other = await connect(room);
  await room.publish([approved(1)]);
  await ack(slow, 1);
  return { room, slow, other };
}

/** As if every client that is waited for had been waited for so long already. */
const wait = (room: Stub, ms: number) =>
  runInDurableObject(room, (_: EventRoom, state) => {
    for (const socket of state.getWebSockets()) {
      const seat = readSeat(socket);
      if (seat?.hold) writeSeat(socket, { ...seat, hold: { ...seat.hold, since: seat.hold.since - ms } });
    }
  });

describe('a slow client', () => {
  it('is sent no more than its window, and goes on without a gap when it acknowledges', async () => {
    const { room, slow, other } = await setup();
    await publishMany(room, 2, WINDOW_FRAMES + 100);
    await slow.settle();
    expect(slow.seqs()).toEqual(numbers(1, 1 + WINDOW_FRAMES));
    await ack(slow, WINDOW_FRAMES / 4);
    expect(slow.seqs()).toHaveLength(1 + WINDOW_FRAMES);
    await ack(slow, WINDOW_FRAMES);
    await room.publish([approved(1_000)]);
    const last = WINDOW_FRAMES + 102;
    await other.has(last, 'photo.approved');
    await slow.settle();
    expect(slow.seqs()).toEqual(numbers(1, last));
    expect(other.seqs()).toEqual(numbers(1, last));
    expect(slow.of('reset')).toEqual([]);
  });

  it('gets the latest state when it missed too much, and then what came after that', async () => {
    const { room, slow } = await setup();
    await publishMany(room, 2, WINDOW_FRAMES + REPLAY_MAX_FRAMES + 1);
    const { seq } = await room.position();
    await ack(slow, 1 + WINDOW_FRAMES);
    expect(slow.of('reset')).toMatchObject([{ seq, snapshotUrl: '/api/v1/events/party/photos' }]);
    await room.publish([approved(2_000)]);
    await slow.settle();
    expect(slow.seqs().at(-1)).toBe(1 + WINDOW_FRAMES);
    await ack(slow, seq);
    await room.publish([approved(2_001)]);
    await slow.settle();
    expect(slow.seqs().slice(-2)).toEqual([seq + 1, seq + 2]);
    expect(slow.of('reset')).toHaveLength(1);
  });

  it('gets the latest state when something was withheld that is in no log', async () => {
    const { room, slow } = await setup({ role: 'staff' });
    await publishMany(room, 2, WINDOW_FRAMES + 1);
    await room.publish([pending(3_000)]);
    await slow.settle();
    expect(slow.of('photo.pending')).toEqual([]);
    await ack(slow, 1 + WINDOW_FRAMES);
    expect(slow.of('reset')).toHaveLength(1);
    await ack(slow, (await room.position()).seq);
    await room.publish([pending(3_001)]);
    await slow.settle();
    expect(slow.of('photo.pending')).toHaveLength(1);
  });

  it('goes on after a reset to a position that it had acknowledged before', async () => {
    const { room, slow } = await setup({ role: 'staff' });
    await publishMany(room, 2, WINDOW_FRAMES + 1);
    await room.publish([pending(3_000)]);
    await ack(slow, 1 + WINDOW_FRAMES);
    const { seq } = await room.position();
    await room.publish([pending(3_001)]);
    await ack(slow, seq);
    expect(slow.of('reset')).toMatchObject([{ seq }, { seq }]);
    await ack(slow, seq);
    await room.publish([approved(3_002)]);
    await slow.settle();
    expect(slow.seqs().at(-1)).toBe(seq + 1);
  });

  it('is asked to come back later when it takes nothing for long, and the others go on', async () => {
    const { room, slow, other } = await setup();
    await publishMany(room, 2, WINDOW_FRAMES + 1);
    await wait(room, PATIENCE_MS - 5_000);
    await room.publish([approved(1_000)]);
    await slow.settle();
    expect(slow.closed).toEqual([]);
    await wait(room, 5_000);
    await room.publish([approved(1_001)]);
    expect(await slow.closeCode()).toBe(1013);
    await other.has(WINDOW_FRAMES + 4, 'photo.approved');
    expect(other.closed).toEqual([]);
  });

  it('need not acknowledge for its first frames', async () => {
    const room = newRoom();
    await room.publish([approved(1)]);
    const silent = await connect(room);
    await publishMany(room, 2, TRUST_FRAMES + 10);
    await silent.settle();
    expect(silent.seqs()).toEqual(numbers(2, 1 + TRUST_FRAMES));
    await ack(silent, 1 + TRUST_FRAMES);
    expect(silent.seqs()).toEqual(numbers(2, TRUST_FRAMES + 11));
  });

  it('loses nothing though the room is evicted before each step', async () => {
    const { room, slow } = await setup();
    await evict(room, 'hibernate');
    await publishMany(room, 2, WINDOW_FRAMES + 20);
    await evict(room, 'hibernate');
    await room.publish([approved(1_000)]);
    await evict(room, 'hibernate');
    await ack(slow, 100);
    await evict(room, 'hibernate');
    await ack(slow, 200);
    await evict(room, 'hibernate');
    await room.publish([approved(1_001)]);
    await evict(room, 'hibernate');
    await ack(slow, 300 - 64);
    await slow.settle();
    expect(slow.seqs()).toEqual(numbers(1, WINDOW_FRAMES + 23));
  });

  it('is not believed when it acknowledges what was never sent', async () => {
    const { room, slow } = await setup();
    await ack(slow, 1_000_000);
    await publishMany(room, 2, WINDOW_FRAMES + 1);
    await slow.settle();
    expect(slow.seqs()).toHaveLength(1 + WINDOW_FRAMES);
  });
});

describe('the rules', () => {
  const hold: Hold = { after: 500, since: 1_000, isReset: false, isLossy: false };

  it('send within the window, hold beyond it, and close when patience ends', () => {
    const pace = { ackedSeq: 10, startSeq: 0, hold: null };
    expect(paceOf(pace, 10 + WINDOW_FRAMES, 0)).toBe('send');
    expect(paceOf(pace, 11 + WINDOW_FRAMES, 0)).toBe('hold');
    expect(paceOf({ ...pace, hold }, 501, 999 + PATIENCE_MS)).toBe('hold');
    expect(paceOf({ ...pace, hold }, 501, 1_000 + PATIENCE_MS)).toBe('close');
  });

  it('let go on who has taken half of what is under way, or all of a reset', () => {
    expect(isReleased(hold, 499 - WINDOW_FRAMES / 2)).toBe(false);
    expect(isReleased(hold, 500 - WINDOW_FRAMES / 2)).toBe(true);
    expect(isReleased({ ...hold, isReset: true }, 499)).toBe(false);
    expect(isReleased({ ...hold, isReset: true }, 500)).toBe(true);
  });
});
