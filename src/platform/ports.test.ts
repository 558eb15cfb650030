import { describe, expect, it } from 'vitest';
import type { RoomMessage } from '../contract/live.ts';
import { bucketFor, originalsOf, roomsOf, type PortBindings, type RoomNamespace } from './ports.ts';

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const tenantId = id(1);
const eventId = id(2);
const message: RoomMessage = {
  kind: 'photo',
  photoId: id(3),
  version: 1,
  eventVersion: 1,
  public: null,
  staff: null,
  uploader: null,
};

/** A namespace that writes down which room is reached, by which way and where. */
function recordingRooms() {
  const asked: string[] = [];
  const namespaceIn = (place: string): RoomNamespace => ({
    idFromName: (name) => `${place}:${name}` as unknown as DurableObjectId,
    get: (room) => ({
      publish: async () => (asked.push(`publish ${String(room)}`), { epoch: 'e', seq: 1 }),
      position: async () => (asked.push(`position ${String(room)}`), { epoch: 'e', seq: 1 }),
      command: async () => (asked.push(`command ${String(room)}`), { told: [] }),
      screens: async () => (asked.push(`screens ${String(room)}`), []),
      checkIn: async () => (asked.push(`checkIn ${String(room)}`), { recall: [] }),
      recall: async () => (asked.push(`recall ${String(room)}`), null),
      forget: async () => void asked.push(`forget ${String(room)}`),
      fetch: async () => (asked.push(`connect ${String(room)}`), new Response()),
    }),
    jurisdiction: (jurisdiction) => namespaceIn(jurisdiction),
  });
  return { asked, namespace: namespaceIn('anywhere') };
}

/** Buckets that write down what is done to which of them. */
function recordingBuckets(names: ('ORIGINALS' | 'ORIGINALS_EU' | 'ORIGINALS_US')[]) {
  const asked: string[] = [];
  const bucket = (name: string) => ({
    put: async (key: string) => (asked.push(`put ${name} ${key}`), null),
    get: async (key: string) => (asked.push(`get ${name} ${key}`), null),
    list: async () => (asked.push(`list ${name}`), { objects: [{ key: 'one' }], truncated: false }),
    delete: async () => void asked.push(`delete ${name}`),
  });
  const bindings = Object.fromEntries(names.map((name) => [name, bucket(name)])) as unknown as PortBindings;
  return { asked, bindings };
}

const ALL = ['ORIGINALS', 'ORIGINALS_EU', 'ORIGINALS_US'] as const;

describe('a room', () => {
  it.each([
    { residency: null, jurisdictions: 'on', where: 'anywhere' },
    { residency: 'eu', jurisdictions: 'on', where: 'eu' },
    { residency: 'us', jurisdictions: 'on', where: 'us' },
    { residency: null, jurisdictions: 'off', where: 'anywhere' },
    { residency: 'eu', jurisdictions: 'off', where: 'anywhere' },
    { residency: 'us', jurisdictions: 'off', where: 'anywhere' },
  ] as const)('of residency $residency, jurisdictions $jurisdictions, is reached $where', async (one) => {
    const { asked, namespace } = recordingRooms();
    const rooms = roomsOf({ ROOMS: namespace }, one.jurisdictions);
    const room = { tenantId, eventId, residency: one.residency };
    await rooms.publish(room, [message]);
    await rooms.command(room, [{ id: id(5), screenIds: [id(6)], command: 'skip' }]);
    await rooms.screens(room);
    await rooms.checkIn(room, { screenId: id(6), report: null, removed: [] });
    await rooms.recall(room, id(3));
    await rooms.forget(room);
    await rooms.connect(room, {});
    const address = `${one.where}:${tenantId}/${eventId}`;
    const doors = ['publish', 'command', 'screens', 'checkIn', 'recall', 'forget', 'connect'];
    expect(asked).toEqual(doors.map((door) => `${door} ${address}`));
  });

  it.each([
    { residency: null, where: 'anywhere' },
    { residency: 'eu', where: 'eu' },
  ] as const)('of residency $residency that is full sends people to its relay $where', async ({ residency, where }) => {
    const knocks: { at: string; slip: string | null; jurisdiction: string | null; role: string | null }[] = [];
    const namespaceIn = (place: string, answer: () => Response): RoomNamespace => ({
      idFromName: (name) => `${place}:${name}` as unknown as DurableObjectId,
      get: (door) => ({
        fetch: async ({ headers }: Request) => {
          const [slip, jurisdiction] = [headers.get('x-room-slip'), headers.get('x-room-jurisdiction')];
          knocks.push({ at: String(door), slip, jurisdiction, role: headers.get('x-room-role') });
          return answer();
        },
      }),
      jurisdiction: (jurisdiction) => namespaceIn(`${jurisdiction} ${place}`, answer),
    });
    const pointing = () => new Response(null, { status: 421, headers: { 'x-room-relay': '3', 'x-room-slip': 'slip' } });
    const ROOMS = namespaceIn('room', pointing);
    const RELAYS = namespaceIn('relay', () => new Response('in'));
    const room = { tenantId, eventId, residency };
    const person = { 'x-room-role': 'guest' };
    expect(await (await roomsOf({ ROOMS, RELAYS }, 'on').connect(room, person)).text()).toBe('in');
    const place = where === 'anywhere' ? '' : `${where} `;
    expect(knocks).toEqual([
      { at: `${place}room:${tenantId}/${eventId}`, slip: null, jurisdiction: residency, role: 'guest' },
      { at: `${place}relay:${tenantId}/${eventId}/3`, slip: 'slip', jurisdiction: residency, role: 'guest' },
    ]);
    expect((await roomsOf({ ROOMS }, 'on').connect(room, person)).status).toBe(503);
  });

  it('of one name is another one for every tenant', async () => {
    const { asked, namespace } = recordingRooms();
    const rooms = roomsOf({ ROOMS: namespace }, 'on');
    await rooms.publish({ tenantId, eventId, residency: null }, []);
    await rooms.publish({ tenantId: id(4), eventId, residency: null }, []);
    expect(new Set(asked).size).toBe(2);
  });
});

describe('a bucket', () => {
  it.each([
    { residency: null, jurisdictions: 'on', name: 'ORIGINALS' },
    { residency: 'eu', jurisdictions: 'on', name: 'ORIGINALS_EU' },
    { residency: 'us', jurisdictions: 'on', name: 'ORIGINALS_US' },
    { residency: null, jurisdictions: 'off', name: 'ORIGINALS' },
    { residency: 'eu', jurisdictions: 'off', name: 'ORIGINALS' },
    { residency: 'us', jurisdictions: 'off', name: 'ORIGINALS' },
  ] as const)('for residency $residency, jurisdictions $jurisdictions, is $name for everything', async (one) => {
    const { asked, bindings } = recordingBuckets([...ALL]);
    const originals = originalsOf(bindings, one.jurisdictions);
    const prefix = `t/${tenantId}/e/${eventId}/`;
    await originals.put(one.residency, `${prefix}original`, new Uint8Array(1), { type: 'image/webp', length: 1 });
    await originals.get(one.residency, `${prefix}original`);
    await originals.deletePrefix(one.residency, prefix);
    expect(asked).toEqual([
      `put ${one.name} ${prefix}original`,
      `get ${one.name} ${prefix}original`,
      `list ${one.name}`,
      `delete ${one.name}`,
    ]);
  });

  it.each(['eu', 'us'] as const)('that is not bound for %s is replaced by no other', async (residency) => {
    const other = residency === 'eu' ? 'ORIGINALS_US' : 'ORIGINALS_EU';
    const { asked, bindings } = recordingBuckets(['ORIGINALS', other]);
    expect(() => bucketFor(bindings, residency, 'on')).toThrow(residency);
    const originals = originalsOf(bindings, 'on');
    const key = `t/${tenantId}/e/${eventId}/one`;
    await expect(originals.put(residency, key, new Uint8Array(1), { type: 'image/webp', length: 1 })).rejects.toThrow();
    await expect(originals.get(residency, key)).rejects.toThrow();
    await expect(originals.deletePrefix(residency, `${key}/`)).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  it.each(['', '/', 't/', `t/${tenantId}`, `t/${tenantId}/`, 't/x/e/', `t/${tenantId}/e/${eventId}`])(
    'is never emptied under the prefix %j',
    async (prefix) => {
      const { asked, bindings } = recordingBuckets([...ALL]);
      await expect(originalsOf(bindings, 'on').deletePrefix(null, prefix)).rejects.toThrow('unbounded');
      expect(asked).toEqual([]);
    },
  );
});

describe('a range of an object', () => {
  /** As R2 does: cut at the end of the object, and thrown where it begins behind it. */
  const bucketOf = (size: number) => ({
    async get(_key: string, { range }: { range: { offset: number; length: number } }) {
      if (range.offset >= size) throw new Error('get: The requested range is not satisfiable (10039)');
      return { body: new ReadableStream(), size, httpEtag: '"e"' };
    },
  });
  const ask = (offset: number, length: number) =>
    originalsOf({ ORIGINALS: bucketOf(100) } as unknown as PortBindings, 'off').get(null, 'key', { offset, length });
  it('is there as a whole or not at all', async () => {
    expect(await ask(90, 10)).toMatchObject({ bytes: 100 });
    expect(await ask(90, 11)).toBeNull();
    expect(await ask(100, 1)).toBeNull();
  });
  it('does not hide that the bucket has failed', async () => {
    const failing = { get: () => Promise.reject(new Error('the bucket is away (10001)')) };
    const originals = originalsOf({ ORIGINALS: failing } as unknown as PortBindings, 'off');
    await expect(originals.get(null, 'key', { offset: 0, length: 1 })).rejects.toThrow('away');
  });
});
