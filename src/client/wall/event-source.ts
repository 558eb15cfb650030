import type { WallBoot } from '../../contract/boot.ts';
import { call, eventPath } from '../shared/api.ts';
import { openFeed, type Feed, type Kept, type Page } from './feed.ts';
import { openShelf } from './keep/shelf.ts';
import { kept } from './keep/store.ts';
import { readSettings } from './settings-rules.ts';
import { openWall } from './stage/wall.ts';

const PAGE = 200;

/** The wall at an event's own address: it sees what any reader of the event sees, and its address says how. */
export async function startEventWall(boot: WallBoot): Promise<void> {
  const shelf = openShelf([location.pathname + location.search]);
  let feed: Feed | null = null;
  const isAtHand = (url: string) => !feed || feed.isOnline() || shelf.has(url);
  const wall = openWall({ now: () => Date.now(), isAtHand, onShown: () => undefined });
  const path = (rest: string) => eventPath(boot.event.id, rest);
  const name = `event:${boot.event.id}`;
  wall.configure(
    { brand: boot.brand, eventName: boot.event.name, joinUrl: boot.joinUrl },
    readSettings(new URLSearchParams(location.search)),
  );
  wall.tell(boot.state);
  if (boot.photos.length === 0) wall.frame.empty(!boot.state.held);
  // A page that was opened without a network is as old as the device's copy of it; what the device knows is newer.
  const last = await kept<Kept>(name);
  const isNewer = last && last.position.epoch === boot.position.epoch && last.position.seq > boot.position.seq;
  const start = isNewer ? last : { position: boot.position, state: boot.state, photos: boot.photos };
  feed = openFeed(
    wall,
    shelf,
    {
      event: boot.event.id,
      name,
      ask: (etag = null) => call<Page>(path(`/photos?limit=${PAGE}`), { etag }),
      more: (cursor) => call<Page>(path(`/photos?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`)),
      ticket: () => call(path('/live-ticket'), { method: 'POST' }),
    },
    start,
    isNewer ? null : boot.nextCursor,
  );
}
