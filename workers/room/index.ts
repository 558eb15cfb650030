export { EventRoom } from './event-room.ts';
export { RelayRoom } from './relay-room.ts';

/**
 * The room has no public address: the gateway reaches `EventRoom` and `RelayRoom` through its bindings, and only the
 * gateway knows who is asking. Whoever finds this Worker by another way finds nothing.
 */
export default {
  fetch(): Response {
    return new Response('Not found\n', { status: 404, headers: { 'cache-control': 'no-store' } });
  },
} satisfies ExportedHandler;
