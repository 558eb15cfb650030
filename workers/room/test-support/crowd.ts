import { runInDurableObject } from 'cloudflare:test';
import type { RelayFeed } from '../relays/relay-rpc.ts';
import { GUEST_ID, OTHER_GUEST_ID, connect, newRoom, relayOf, type RelayStub, type Stub } from './room-harness.ts';

export type Client = Awaited<ReturnType<typeof connect>>;

/** Two viewers at the room, which is full then; two guests at its first relay, a viewer at the second. */
export async function gather() {
  const room = newRoom({ crowded: true });
  const { epoch } = await room.position();
  const here = [await connect(room), await connect(room)];
  const guest = await connect(room, { guest: GUEST_ID });
  const other = await connect(room, { guest: OTHER_GUEST_ID });
  const far = await connect(room);
  return { room, epoch, here, guest, other, far, people: [...here, guest, other, far], relay: relayOf(room, 1) };
}

export const alarmOf = (room: Stub | RelayStub): Promise<number | null> =>
  runInDurableObject(room as DurableObjectStub, (_, state) => state.storage.getAlarm());

/** How many people a client was last told there are. */
export const viewersSeen = (client: Client): unknown => client.of('viewers').at(-1)?.['count'];

export const away = (): Promise<never> => Promise.reject(new Error('away'));

type Call = (given: RelayFeed) => Promise<unknown>;

/** Until its next eviction the object does one thing in another way; `make` is given its own. */
export const replace = (room: Stub | RelayStub, name: string, make: (own: Call) => Call): Promise<void> =>
  runInDurableObject(room as DurableObjectStub, (instance) => {
    const before = Object.getPrototypeOf(instance) as Record<string, Call>;
    const value = make((given) => before[name]?.call(instance, given) as Promise<unknown>);
    // RPC finds methods of a prototype only.
    Object.setPrototypeOf(instance, Object.create(before, { [name]: { value } }) as object);
  });
