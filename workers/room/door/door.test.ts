import { exports } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { GUEST_ID, approved, connect, evict, knock, newRoom, type Eviction } from '../test-support/room-harness.ts';

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
/** A moment that a busy machine does not reach before it has connected. */
const soon = () => new Date(Date.now() + 1_500);
const past = (moment: Date) => scheduler.wait(moment.getTime() - Date.now() + 20);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the door', () => {
  it('answers 404 at the Worker itself', async () => {
    const worker = (exports as unknown as { default: Fetcher }).default;
    expect((await worker.fetch('https://room.example/')).status).toBe(404);
  });

  it('lets a ticket in once, also across an eviction', async () => {
    const room = newRoom();
    await connect(room, { ticket: 'ticket-1' });
    for (const how of EVICTIONS) {
      const again = await knock(room, { ticket: 'ticket-1' });
      expect(again.status).toBe(401);
      expect(again.headers.get('content-type')).toBe('application/problem+json');
      expect(await again.json()).toMatchObject({ code: 'auth.required', status: 401 });
      await evict(room, how);
    }
    await connect(room, { ticket: 'ticket-2' });
  });

  it('lets one in when the same ticket knocks ten times at once', async () => {
    const room = newRoom();
    const statuses = await Promise.all(
      numbers(1, 10).map(async () => {
        const answer = await knock(room, { ticket: 'same' });
        answer.webSocket?.accept();
        await answer.text();
        return answer.status;
      }),
    );
    expect(statuses.filter((status) => status === 101)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(9);
  });

  it('forgets old tickets when the next one comes', async () => {
    const room = newRoom();
    await connect(room, { ticket: 'old' });
    const ticketIds = () =>
      runInDurableObject(room, (_, state) =>
        state.storage.sql.exec<{ id: string }>('select id from used_tickets').toArray(),
      );
    await runInDurableObject(room, (_, state) =>
      state.storage.sql.exec('update used_tickets set forget_at = ?', Date.now()),
    );
    await connect(room, { ticket: 'new' });
    expect(await ticketIds()).toEqual([{ id: 'new' }]);
  });

  it.each([
    ['no upgrade', { headers: { upgrade: 'h2c' } }, 426],
    ['an unknown role', { headers: { 'x-room-role': 'owner' } }, 400],
    ['a guest without an id', { role: 'guest' }, 400],
    ['a viewer with a guest id', { role: 'viewer', guest: GUEST_ID }, 400],
    ['a malformed since', { since: 'nonsense' }, 400],
    ['a snapshot elsewhere', { headers: { 'x-room-snapshot': '//evil.example/x' } }, 400],
    ['a malformed expiry', { expires: 'tomorrow' }, 400],
    ['an expired session', { expires: '2020-01-01T00:00:00.000Z' }, 401],
  ] as const)('refuses %s', async (_, person, status) => {
    expect((await knock(newRoom(), person)).status).toBe(status);
  });

  it('closes an expired session with 4401 at the next frame, and tells it nothing', async () => {
    const room = newRoom();
    const expires = soon();
    const leaving = await connect(room, { expires: expires.toISOString() });
    const staying = await connect(room);
    await past(expires);
    await room.publish([approved(1)]);
    expect(await leaving.closeCode()).toBe(4401);
    expect(leaving.of().map((frame) => frame.type)).toEqual(['hello']);
    await staying.has(1, 'photo.approved');
  });

  it('closes an expired session with 4401 when it speaks', async () => {
    const room = newRoom();
    const expires = soon();
    const leaving = await connect(room, { expires: expires.toISOString() });
    await past(expires);
    leaving.socket.send('{"v":1,"type":"ack","seq":0}');
    expect(await leaving.closeCode()).toBe(4401);
  });
});
