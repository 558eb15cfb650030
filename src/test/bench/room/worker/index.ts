// The room of `npm run bench room` in the real runtime: the door and the desk without a gateway, which is not measured.
import type { RoomMessage } from '../../../../contract/live.ts';
import { ROOM_HEADERS } from '../../../../contract/live.ts';
import type { EventRoom } from '../../../../../workers/room/event-room.ts';

export { EventRoom } from '../../../../../workers/room/event-room.ts';
export { UnloggedRoom } from './unlogged-room.ts';

type Namespace = DurableObjectNamespace<EventRoom>;
const SESSION_MS = 3_600_000;

// oxlint-disable-next-line import/no-default-export -- the entry of a Worker
export default {
  /** `/{logged|unlogged}/{room}`: POST publishes what is in the body; a WebSocket comes in as a viewer, `?since=`. */
  async fetch(request, env) {
    const url = new URL(request.url);
    const [, log, name] = url.pathname.split('/');
    if (name === undefined) return new Response('ok');
    const rooms = log === 'logged' ? env.ROOMS : env.UNLOGGED_ROOMS;
    const room = rooms.get(rooms.idFromName(name));
    if (request.method === 'POST') return Response.json(await room.publish(await request.json<RoomMessage[]>()));
    const since = url.searchParams.get('since');
    return room.fetch('https://room/', {
      headers: {
        upgrade: 'websocket',
        [ROOM_HEADERS.role]: 'viewer',
        [ROOM_HEADERS.expires]: new Date(Date.now() + SESSION_MS).toISOString(),
        [ROOM_HEADERS.snapshot]: '/api/v1/events/bench/photos',
        ...(since === null ? {} : { [ROOM_HEADERS.since]: since }),
      },
    });
  },
} satisfies ExportedHandler<{ ROOMS: Namespace; UNLOGGED_ROOMS: Namespace }>;
