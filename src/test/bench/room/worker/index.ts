// The room of `npm run bench room` in the real runtime: the door and the desk without a gateway, which is not measured.
import { ROOM_HEADERS, type RoomMessage } from '../../../../contract/live.ts';
import { knockAt } from '../../../../platform/room-door.ts';
import type { EventRoom } from '../../../../../workers/room/event-room.ts';
import type { RelayRoom } from '../../../../../workers/room/relay-room.ts';

export { EventRoom } from '../../../../../workers/room/event-room.ts';
export { RelayRoom } from '../../../../../workers/room/relay-room.ts';
export { BareRoom } from './bare-room.ts';
export { UnloggedRoom } from './unlogged-room.ts';

type Rooms = DurableObjectNamespace<EventRoom>;
const SESSION_MS = 3_600_000;

// oxlint-disable-next-line import/no-default-export -- the entry of a Worker
export default {
  /** `/{logged|unlogged|bare}/{room}`: POST publishes what is in the body; a WebSocket comes in as a viewer, `?since=`. */
  async fetch(request, env) {
    const url = new URL(request.url);
    const [, log, name] = url.pathname.split('/');
    if (name === undefined) return new Response('ok');
    const rooms = { logged: env.ROOMS, unlogged: env.UNLOGGED_ROOMS, bare: env.BARE_ROOMS }[log ?? ''];
    if (rooms === undefined) return new Response(null, { status: 404 });
    if (request.method === 'POST') {
      const room = rooms.get(rooms.idFromName(name));
      return Response.json(await room.publish(await request.json<RoomMessage[]>()));
    }
    const since = url.searchParams.get('since');
    return knockAt({ rooms, relays: env.RELAYS }, name, {
      [ROOM_HEADERS.role]: 'viewer',
      [ROOM_HEADERS.expires]: new Date(Date.now() + SESSION_MS).toISOString(),
      [ROOM_HEADERS.snapshot]: '/api/v1/events/bench/photos',
      [ROOM_HEADERS.eventVersion]: '1',
      ...(since === null ? {} : { [ROOM_HEADERS.since]: since }),
    });
  },
} satisfies ExportedHandler<{
  ROOMS: Rooms;
  RELAYS: DurableObjectNamespace<RelayRoom>;
  UNLOGGED_ROOMS: Rooms;
  BARE_ROOMS: Rooms;
}>;
