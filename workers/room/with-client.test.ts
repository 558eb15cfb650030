import { describe, expect, it } from 'vitest';
import { connectLive, type LiveOptions, type LiveState } from '../../src/client/shared/live-connection.ts';
import type { LiveFrame } from '../../src/client/shared/live-frames.ts';
import { REPLAY_MAX_FRAMES } from './log/resume-rules.ts';
import { socketTo } from '../../src/test/pipeline/support/page-socket.ts';
import { approved, evict, newRoom, publishMany, until, type Stub } from './test-support/room-harness.ts';

function openPage(room: Stub, overrides: Partial<LiveOptions> = {}) {
  const seqs: number[] = [];
  const states: LiveState[] = [];
  const connection = connectLive({
    ticket: async () => crypto.randomUUID(),
    url: (ticket, since) => `wss://room/?ticket=${ticket}${since ? `&since=${since.epoch}.${since.seq}` : ''}`,
    onFrame: (frame: LiveFrame) => {
      if (frame.type === 'photo.approved') seqs.push(frame.seq);
    },
    onState: (state) => states.push(state),
    onReset: () => {},
    random: () => 0.02,
    WebSocket: socketTo(room),
    onWake: () => () => {},
    ...overrides,
  });
  return { connection, seqs, states };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the browser with the room', () => {
  it('sees every approval once and in order while the room is evicted under it', async () => {
    const room = newRoom();
    const since = await room.position();
    const page = openPage(room, { since });
    for (const n of numbers(1, 40)) {
      await room.publish([approved(n)]);
      if (n % 8 === 0) await evict(room, n % 16 === 0 ? 'close' : 'hibernate');
    }
    await until(() => page.seqs.length >= 40, 'all approvals');
    expect(page.seqs).toEqual(numbers(1, 40));
    expect(page.states).toContain('offline');
    page.connection.close();
  });

  it('starts over from a snapshot when it was away too long, and goes on from there', async () => {
    const room = newRoom();
    const since = await room.position();
    const last = REPLAY_MAX_FRAMES + 1;
    await publishMany(room, 1, last);
    const snapshots: string[] = [];
    const page = openPage(room, {
      since,
      onReset: async (url) => {
        snapshots.push(url);
        await room.publish([approved(last + 1)]);
      },
    });
    await until(() => page.seqs.length > 0, 'the frame after the snapshot');
    await room.publish([approved(last + 2)]);
    await until(() => page.seqs.length > 1, 'the next frame');
    expect(snapshots).toEqual(['/api/v1/events/party/photos']);
    expect(page.seqs).toEqual([last + 1, last + 2]);
    page.connection.close();
  });
});
