import { beforeEach, describe, expect, it } from 'vitest';
import type { Rooms } from '../../domain/ports.ts';
import { decideMany } from '../../domain/moderation/decisions.ts';
import { sweep } from '../../domain/sweeps.ts';
import { evict, until, type Eviction } from '../../../workers/room/test-support/room-harness.ts';
import { age, emptyDatabase } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { expectSamePosition, outboxSize, roomLog } from './support/end-state.ts';
import { openPage } from './support/page.ts';
import { makePlace, openContext, openVenueEnv, roomOf, sendPhotos } from './support/venue.ts';

type Publish = Rooms['publish'];

/** Two photos wait for a moderator, and a page is open. */
async function setup() {
  const { env, jobs, services } = openVenueEnv();
  const place = await makePlace({ moderation: 'before' });
  const ids = await sendPhotos(services, place, 2);
  await drain(env, jobs);
  const real: Publish = services.ports.rooms.publish.bind(services.ports.rooms);
  const page = await openPage(services, place);
  const work = await openContext(services, place);
  const decide = (some: string[], status: 'approved' | 'rejected') =>
    decideMany(work.context, place.staff, { ids: some, status });
  const onPublish = (wrap: (room: Parameters<Publish>, call: number) => ReturnType<Publish>) => {
    let calls = 0;
    services.ports.rooms.publish = (...args) => wrap(args, (calls += 1));
  };
  return { services, place, ids, page, real, decide, onPublish, settled: work.settled, room: roomOf(place) };
}

beforeEach(emptyDatabase);

const answerLost = () => new Error('the room was evicted before it answered');

/** What happens to the room at the moment when it is told of an approval. */
const moments: Record<
  string,
  (real: Publish, evicted: () => Promise<unknown>) => (args: Parameters<Publish>, call: number) => ReturnType<Publish>
> = {
  'after the commit, before it is told': (real, evicted) => async (args, call) => {
    if (call === 1) await evicted();
    return real(...args);
  },
  'after the commit, and the call to it fails': (real, evicted) => async (args, call) => {
    if (call > 1) return real(...args);
    await evicted();
    throw answerLost();
  },
  'while it is told': (real, evicted) => async (args, call) => {
    if (call > 1) return real(...args);
    const [position] = await Promise.all([real(...args), evicted()]);
    return position;
  },
  'when it was told, before the database hears of it': (real, evicted) => async (args, call) => {
    const position = await real(...args);
    if (call === 1) await evicted();
    return position;
  },
  'when it was told, and its answer is lost': (real, evicted) => async (args, call) => {
    const position = await real(...args);
    if (call > 1) return position;
    await evicted();
    throw answerLost();
  },
};

const cases = Object.keys(moments).flatMap((moment) =>
  (['hibernate', 'close'] as Eviction[]).map((eviction) => ({ moment, eviction })),
);

describe('the room evicted during an approval', () => {
  it.each(['hibernate', 'close'] as Eviction[])(
    'before the decision (%s): every page hears of it once',
    async (how) => {
      const { place, ids, page, decide, settled, room } = await setup();
      await evict(room, how);
      await decide(ids, 'approved');
      await settled();
      await until(() => page.seen().length >= 2, 'both approvals');
      expect(page.seen().map(({ seq }) => seq)).toEqual([1, 2]);
      expect(new Set(page.seen().map(({ approved }) => approved))).toEqual(new Set(ids));
      expect((await roomLog(place)).length).toBe(2);
      await expectSamePosition(place);
      page.close();
    },
  );

  it.each(cases)('$moment ($eviction): no approval is lost and none doubled', async ({ moment, eviction }) => {
    const { services, place, ids, page, real, decide, onPublish, settled, room } = await setup();
    onPublish(moments[moment]!(real, () => evict(room, eviction)));
    await decide(ids, 'approved');
    await settled();
    // What nobody acknowledged is told again.
    await age('outbox');
    expect((await sweep(services)).errors).toEqual([]);
    await until(() => page.seen().length >= 2, 'both approvals');
    expect(page.seen().map(({ seq }) => seq)).toEqual([1, 2]);
    expect(new Set(page.seen().map(({ approved }) => approved))).toEqual(new Set(ids));
    expect((await roomLog(place)).length).toBe(2);
    expect(await outboxSize(place)).toBe(0);
    await expectSamePosition(place);
    page.close();
  });
});

describe('a photo approved and at once rejected', () => {
  it.each(['hibernate', 'close'] as Eviction[])(
    'is never shown when the news overtake each other (%s)',
    async (how) => {
      const { place, ids, page, real, decide, onPublish, settled, room } = await setup();
      let letGo = () => {};
      const held = new Promise<void>((resolve) => (letGo = resolve));
      let isHeld = () => {};
      const caught = new Promise<void>((resolve) => (isHeld = resolve));
      onPublish(async (args, call) => {
        if (call === 1) {
          isHeld();
          await held;
        }
        const position = await real(...args);
        if (call === 2) await evict(room, how);
        return position;
      });
      const [id] = ids as [string];
      await decide([id], 'approved');
      await caught;
      await decide([id], 'rejected');
      // The rejection is published in full before the approval goes on its way.
      while ((await outboxSize(place)) > 0) await scheduler.wait(5);
      letGo();
      await settled();
      const told = await roomLog(place);
      expect(told.filter(({ type }) => type === 'photo.approved')).toEqual([]);
      expect(page.seen().filter(({ approved }) => approved)).toEqual([]);
      await expectSamePosition(place);
      page.close();
    },
  );

  it.each(['hibernate', 'close'] as Eviction[])('is taken down on every page when it was shown (%s)', async (how) => {
    const { services, place, ids, page, real, decide, onPublish, settled, room } = await setup();
    onPublish(async (args, call) => {
      const position = await real(...args);
      if (call > 1) return position;
      await evict(room, how);
      throw answerLost();
    });
    const [id] = ids as [string];
    await decide([id], 'approved');
    await settled();
    await decide([id], 'rejected');
    await settled();
    await age('outbox');
    await sweep(services);
    await until(() => page.seen().length >= 2, 'the removal');
    expect(page.seen().map(({ seq }) => seq)).toEqual([1, 2]);
    expect(page.seen().at(-1)).toEqual({ seq: 2, removed: id });
    // Whoever comes back later is shown nothing of it either.
    expect((await roomLog(place)).filter(({ type }) => type === 'photo.approved')).toEqual([]);
    expect(await outboxSize(place)).toBe(0);
    await expectSamePosition(place);
    page.close();
  });
});
