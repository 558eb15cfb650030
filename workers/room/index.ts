export { EventRoom } from './event-room.ts';

/**
 * The room has no public address: the gateway reaches `EventRoom` through its binding, and only the
 * gateway knows who is asking. Whoever finds this Worker by another way finds nothing.
 */
export default {
  fetch(): Response {
    return new Response('Not found\n', { status: 404, headers: { 'cache-control': 'no-store' } });
  },
} satisfies ExportedHandler;
