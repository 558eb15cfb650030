import { once } from 'node:events';
import { io } from 'socket.io-client';
import { fill } from './session.ts';
import type { House } from './servers.ts';

const TIMEOUT_MS = 10_000;

/**
 * A client as socket.io makes it hears what is posted, so that it is the same server which others speak to by hand.
 * @throws Error when it does not
 */
export async function hearWithRealClient(house: House): Promise<void> {
  const { origin } = new URL(house.url);
  const client = io(origin, { transports: ['websocket'], forceNew: true, reconnection: false });
  const within = { signal: AbortSignal.timeout(TIMEOUT_MS) };
  try {
    await once(client as unknown as NodeJS.EventEmitter, 'connect', within);
    const heard = once(client as unknown as NodeJS.EventEmitter, 'frame', within);
    await fill(house, 1);
    const [frame] = (await heard) as [{ type?: string }];
    if (frame.type !== 'photo.approved') throw new Error(`socket.io's own client heard ${JSON.stringify(frame)}.`);
  } finally {
    client.close();
  }
}
