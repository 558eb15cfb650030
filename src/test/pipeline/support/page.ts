import { connectLive, type LiveOptions } from '../../../client/shared/live-connection.ts';
import { sinceText, type LiveFrame } from '../../../client/shared/live-frames.ts';
import { NOBODY } from '../../../domain/events.ts';
import { listPublished } from '../../../domain/photos.ts';
import type { Services } from '../../../domain/context.ts';
import { socketTo } from './page-socket.ts';
import { until } from '../../../../workers/room/test-support/room-harness.ts';
import { openContext, roomOf, type Place } from './venue.ts';

/** A guest's gallery: what it read, with the position it read, and all that the room tells it from there. `whileLoading`: between the two. */
export async function openPage(services: Services, place: Place, whileLoading = async () => {}) {
  const { context } = await openContext(services, place);
  const read = () => listPublished(context, NOBODY, { event: place.eventId, limit: 50, sort: '-arrived' });
  const { epoch, seq, items } = await read();
  await whileLoading();
  const frames: LiveFrame[] = [];
  const snapshots: string[][] = [items.map(({ id }) => id)];
  let isLive = false;
  const options: LiveOptions = {
    ticket: async () => crypto.randomUUID(),
    url: (ticket, since) => `wss://room/?ticket=${ticket}${since ? `&since=${sinceText(since)}` : ''}`,
    since: { epoch, seq },
    onFrame: (frame) => void frames.push(frame),
    onState: (state) => (isLive = state === 'live'),
    async onReset() {
      const page = await read();
      snapshots.push(page.items.map(({ id }) => id));
      return { epoch: page.epoch, seq: page.seq };
    },
    random: () => 0.02,
    WebSocket: socketTo(roomOf(place)),
    onWake: () => () => {},
  };
  const connection = connectLive(options);
  await until(() => isLive, 'the page being live');
  const seen = () =>
    frames.flatMap((frame): { seq: number; approved?: string; removed?: string }[] =>
      frame.type === 'photo.approved'
        ? [{ seq: frame.seq, approved: frame.photo.id }]
        : frame.type === 'photo.removed'
          ? [{ seq: frame.seq, removed: frame.id }]
          : [],
    );
  return { seen, snapshots, close: () => connection.close() };
}
