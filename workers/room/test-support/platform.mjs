import { WorkerEntrypoint } from 'cloudflare:workers';

/** event → what a database would hold of it: rows of reactions, how many calls are to fail, and which photos exist. */
const events = new Map();
const eventOf = (key) => {
  const known = events.get(key) ?? {
    rows: new Map(),
    shown: new Map(),
    senders: {},
    failing: 0,
    calls: 0,
    lostAnswers: 0,
    photos: null,
  };
  events.set(key, known);
  return known;
};

/** In place of the main Worker's entrypoint: takes each reaction once, and says how many there are. */
export class RoomService extends WorkerEntrypoint {
  async keepReactions({ tenantId, eventId, items }) {
    const event = eventOf(`${tenantId}/${eventId}`);
    event.calls += 1;
    if (event.failing > 0) {
      event.failing -= 1;
      throw new Error('the database is away');
    }
    for (const item of items) {
      if (event.photos !== null && !event.photos.includes(item.photoId)) continue;
      event.rows.set(`${item.photoId} ${item.guestId} ${item.emoji}`, item);
    }
    if (event.lostAnswers > 0) {
      event.lostAnswers -= 1;
      throw new Error('the answer was lost');
    }
    const counts = new Map();
    for (const { photoId, emoji } of event.rows.values()) {
      if (!items.some((item) => item.photoId === photoId)) continue;
      const key = `${photoId} ${emoji}`;
      counts.set(key, { photoId, emoji, count: (counts.get(key)?.count ?? 0) + 1 });
    }
    return [...counts.values()];
  }

  /** Keeps the first time of each photo whose sender is known. */
  async keepShown({ tenantId, eventId, items }) {
    const event = eventOf(`${tenantId}/${eventId}`);
    event.calls += 1;
    if (event.failing > 0) {
      event.failing -= 1;
      throw new Error('the database is away');
    }
    const known = items.filter(({ photoId }) => event.senders[photoId] !== undefined);
    for (const { photoId, at } of known) if (!event.shown.has(photoId)) event.shown.set(photoId, at);
    if (event.lostAnswers > 0) {
      event.lostAnswers -= 1;
      throw new Error('the answer was lost');
    }
    return known.map(({ photoId }) => ({ photoId, guestId: event.senders[photoId], at: event.shown.get(photoId) }));
  }
}

/** `?event=`: POST merges into what is held; the answer says what is. */
export class TestDesk extends WorkerEntrypoint {
  async fetch(request) {
    const event = eventOf(new URL(request.url).searchParams.get('event'));
    if (request.method === 'POST') {
      const { rows, ...settings } = await request.json();
      for (const row of rows ?? []) event.rows.set(`${row.photoId} ${row.guestId} ${row.emoji}`, row);
      Object.assign(event, settings);
    }
    return Response.json({
      rows: [...event.rows.values()],
      shown: Object.fromEntries(event.shown),
      calls: event.calls,
    });
  }
}
