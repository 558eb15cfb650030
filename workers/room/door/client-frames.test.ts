import { describe, expect, it } from 'vitest';
import { judgeClientFrame } from './client-frames.ts';
import { FLOOD_LIMITS, takeToken, type Bucket } from './flood-rules.ts';
import { approved, connect, evict, isEvicting, newRoom } from '../test-support/room-harness.ts';

describe('client frames', () => {
  it('follows an ack and a ping', () => {
    expect(judgeClientFrame('{"v":1,"type":"ack","seq":3}')).toEqual({
      kind: 'frame',
      frame: { v: 1, type: 'ack', seq: 3 },
    });
    expect(judgeClientFrame('{ "type": "ack", "seq": 3, "v": 1 }')).toEqual(
      judgeClientFrame('{"v":1,"type":"ack","seq":3}'),
    );
    expect(judgeClientFrame('{"type":"ping","v":1}')).toMatchObject({ kind: 'frame' });
  });

  it('passes over types it does not know', () => {
    expect(judgeClientFrame('{"v":1,"type":"wave","hand":"left"}')).toEqual({ kind: 'ignored' });
    expect(judgeClientFrame('{"v":1,"type":"__proto__"}')).toEqual({ kind: 'ignored' });
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '"x"',
    '{"v":1}',
    '{"v":1,"type":"ack"}',
    '{"v":1,"type":"ack","seq":-1}',
    '{"v":1,"type":"ack","seq":01}',
    '{"v":1,"type":"ack","seq":9999999999999999}',
    '{"v":1,"type":"ack","seq":1,"x":2}',
  ])('calls %j malformed', (text) => expect(judgeClientFrame(text).kind).toBe('malformed'));

  it('measures length in bytes of UTF-8', () => {
    const frameOf = (filler: string) => `{"v":1,"type":"new","x":"${filler}"}`;
    const overhead = frameOf('').length;
    expect(judgeClientFrame(frameOf('a'.repeat(4096 - overhead)))).toEqual({ kind: 'ignored' });
    expect(judgeClientFrame(frameOf('a'.repeat(4097 - overhead)))).toMatchObject({ closeCode: 1009 });
    expect(judgeClientFrame(frameOf('é'.repeat(2040)))).toMatchObject({ closeCode: 1009 });
  });

  it('allows a burst, then a steady rate, and refuses more', () => {
    let bucket: Bucket | null = null;
    const limit = FLOOD_LIMITS.viewer;
    for (let n = 0; n < limit.burst; n += 1) bucket = takeToken(bucket, 1000, limit);
    expect(takeToken(bucket, 1000, limit)).toBeNull();
    expect(takeToken(bucket, 1050, limit)).not.toBeNull();
  });
});

describe('a client that misbehaves', () => {
  it.each([
    ['another version', '{"v":2,"type":"ping"}', 4400, 'live.wrong_version'],
    ['no version', '{"type":"ping"}', 4400, 'live.wrong_version'],
    ['a frame too long', `{"v":1,"type":"x","y":"${'a'.repeat(5000)}"}`, 1009, undefined],
    ['a binary frame', new Uint8Array([1, 2, 3]).buffer, 1003, undefined],
  ])('is closed for %s', async (_, message, code, error) => {
    const room = newRoom();
    const bad = await connect(room);
    const good = await connect(room);
    bad.socket.send(message);
    expect(await bad.closeCode()).toBe(code);
    expect(bad.of('error').map((frame) => frame['code'])).toEqual(error === undefined ? [] : [error]);
    await room.publish([approved(1)]);
    await good.has(1, 'photo.approved');
    expect(bad.seqs()).toEqual([]);
  });

  it('is told of a malformed frame and stays', async () => {
    const client = await connect(newRoom());
    client.socket.send('{"v":1,"type":"ack","seq":"many"}');
    client.socket.send('{"v":1,"type":"wave","hand":"left"}');
    await client.settle();
    expect(client.of('error').map((frame) => frame['code'])).toEqual(['live.malformed']);
    expect(client.closed).toEqual([]);
  });

  // An eviction lasts as long as it takes to earn the next frame.
  it.skipIf(isEvicting)('is closed with 1008 when it floods', async () => {
    const client = await connect(newRoom());
    for (let n = 0; n < FLOOD_LIMITS.viewer.burst + 20; n += 1) client.socket.send('{"v":1,"type":"unknown"}');
    expect(await client.closeCode()).toBe(1008);
  });

  it('gets its ping answered without the room being woken', async () => {
    const room = newRoom();
    const client = await connect(room);
    await evict(room, 'hibernate');
    client.socket.send('{"v":1,"type":"ping"}');
    await client.has(1, 'pong');
  });
});
