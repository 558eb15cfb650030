import { expect } from 'vitest';
import type { ServerFrame } from '../../../contract/live.ts';
import { connect } from '../../../../workers/room/test-support/room-harness.ts';
import { operator } from './database.ts';
import { bucket, roomOf, type Place } from './venue.ts';

/** Everything that the room has told the public since it began, in its order. */
export async function roomLog(place: Place): Promise<(ServerFrame & { seq: number })[]> {
  const room = roomOf(place);
  const { epoch, seq } = await room.position();
  const client = await connect(room, { since: `${epoch}.0` });
  await client.settle();
  const frames = client.frames.filter((frame) => frame.type.startsWith('photo.') && 'seq' in frame);
  client.socket.close(1000);
  expect(frames.map((frame) => frame['seq'])).toEqual(Array.from({ length: seq }, (_one, index) => index + 1));
  return frames as unknown as (ServerFrame & { seq: number })[];
}

export const keysUnder = async (place: Place): Promise<string[]> =>
  (await bucket.list({ prefix: `t/${place.tenantId}/` })).objects.map(({ key }) => key).sort();

export const expectedKeys = (place: Place, ids: string[]): string[] =>
  ids
    .flatMap((id) =>
      ['original', 'r/320.webp', 'r/960.webp'].map((name) => `t/${place.tenantId}/e/${place.eventId}/${id}/${name}`),
    )
    .sort();

export const photoRows = (place: Place) =>
  operator<{
    id: string;
    status: string;
    version: number;
    renditions: number[] | null;
    failure_message: string | null;
  }>(
    `select p.id, p.status, p.version, p.failure_message,
       (select array_agg(r.name order by r.name) from photo_renditions r where r.tenant_id = p.tenant_id and r.photo_id = p.id) as renditions
     from photos p where p.tenant_id = $1 order by p.created_at`,
    [place.tenantId],
  );

export async function outboxSize(place: Place): Promise<number> {
  const [row] = await operator<{ n: number }>('select count(*)::int as n from outbox where tenant_id = $1', [
    place.tenantId,
  ]);
  return row?.n ?? -1;
}

/** The event's row says what the room says, so that a page asks for exactly what it lacks. */
export async function expectSamePosition(place: Place): Promise<void> {
  const [row] = await operator<{ epoch: string; seq: number }>(
    'select room_epoch as epoch, room_seq::int as seq from events where tenant_id = $1 and id = $2',
    [place.tenantId, place.eventId],
  );
  const { epoch, seq } = await roomOf(place).position();
  // Before anything was published the row names no room at all.
  expect(row).toEqual(seq === 0 ? { epoch: '', seq: 0 } : { epoch, seq });
}

/** Each of these photos was sent, prepared, approved and told exactly once, and nothing else was. */
export async function expectAllHome(place: Place, ids: string[]): Promise<void> {
  const rows = await photoRows(place);
  expect(rows.map((row) => row.id).sort()).toEqual([...ids].sort());
  for (const row of rows) expect(row).toMatchObject({ status: 'approved', version: 2, renditions: [320, 960] });
  expect(await keysUnder(place)).toEqual(expectedKeys(place, ids));
  expect(await outboxSize(place)).toBe(0);
  const told = await roomLog(place);
  expect(told.map((frame) => frame.type === 'photo.approved' && frame.photo.id).sort()).toEqual([...ids].sort());
  await expectSamePosition(place);
}
