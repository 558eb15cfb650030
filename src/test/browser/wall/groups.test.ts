import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { mayShow } from '../../../client/wall/schedule/group-rules.ts';
import { setup, soon } from '../setup.ts';
import { publish } from './television.ts';

const { acme, atAcme, event, context } = setup({ keeps: true });
const { slug } = await event({ moderation: 'after' });
const photos = await publish(acme, slug, 6);
const SCREENS = 3;
const SECONDS = 4;
/** What a photo needs of its screen's time, with both fades. */
const VISIBLE_MS = SECONDS * 1_000 + 1_500;
/** Every photo changes hands once in it. */
const TENURE_SECONDS = 600;
const SMALL = { width: 480, height: 270 };

/** Walls side by side whose clocks say the same and stand still. */
async function hang(groups: string[], from: number): Promise<Page[]> {
  return Promise.all(
    groups.map(async (group) => {
      const made = await context({ viewport: SMALL, serviceWorkers: 'block' });
      await made.clock.install({ time: from - 10_000 });
      await made.clock.pauseAt(from);
      return atAcme(`/e/${slug}/wall?layout=full&seconds=${SECONDS}&favour=fair&group=${group}`, { context: made });
    }),
  );
}

const pass = (pages: Page[], ms: number) => Promise.all(pages.map((page) => page.clock.runFor(ms)));

/** Photos that are to be seen on a screen, also those that fade. */
const visible = (page: Page): Promise<string[]> =>
  page.locator('.slide').evaluateAll((slides) => slides.map((one) => one.getAttribute('data-id') ?? ''));
const newest = async (page: Page): Promise<string | undefined> => (await visible(page)).at(-1);

/** Whose photo this is from one second to another, of those that follow a moment; undefined: nobody's, or not all the time. */
function ownerOf(id: string, from: number, [first, last]: [number, number]): number | undefined {
  const owns = (index: number) =>
    [first, last].every((second) => mayShow(id, { index, count: SCREENS }, from + second * 1_000, VISIBLE_MS));
  return [...Array(SCREENS).keys()].find(owns);
}

/** Of the half hour that comes, the minute in the middle of which most photos go from one screen to another. */
function bestMinute(): number {
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  const minutes = Array.from({ length: 1_800 }, (_, second) => {
    const from = now + second * 1_000;
    const before = photos.map((id) => ownerOf(id, from, [1, 24]));
    const after = photos.map((id) => ownerOf(id, from, [36, 59]));
    const moved = photos.filter((_, n) => before[n] !== undefined && after[n] !== undefined && before[n] !== after[n]);
    return { from, moved: moved.length, owners: new Set([...before, ...after]).size };
  });
  const value = ({ moved, owners }: (typeof minutes)[number]) => Math.min(moved, 2) * 10 + owners;
  return minutes.reduce((best, one) => (value(one) > value(best) ? one : best)).from;
}

describe('three screens that hang side by side', () => {
  it('show the same photo in the same moment where they mirror each other, and each of all in turn', async () => {
    const from = Math.floor(Date.now() / 32_000) * 32_000;
    const pages = await hang(
      Array.from({ length: SCREENS }, () => 'mirror'),
      from,
    );
    const seen: (string | undefined)[] = [];
    // Six photos in a cycle of eight slots, which begins now.
    for (let slot = 0; slot < photos.length; slot++) {
      await pass(pages, slot === 0 ? 500 : SECONDS * 1_000);
      const before = seen.at(-1);
      // The clocks stand: what is on now is on until they go on.
      await soon(async () => {
        const now = await Promise.all(pages.map(newest));
        return now.every((id) => id !== before && id === now[0]);
      }).toBe(true);
      seen.push(await newest(pages[0] as Page));
    }
    expect([...seen].sort()).toEqual([...photos].sort());
    await Promise.all(pages.map((page) => page.close()));
  });

  it('never show the same photo at once where they share them, also when photos change hands', async () => {
    const from = bestMinute();
    const pages = await hang(
      Array.from({ length: SCREENS }, (_, n) => `spread:${n + 1}/${SCREENS}`),
      from,
    );
    const shownBy = new Map<string, Set<number>>();
    const hasChangedHands = () => [...shownBy.values()].some((screens) => screens.size > 1);
    for (let second = 0; second < 60 || (second < TENURE_SECONDS && !hasChangedHands()); second++) {
      await pass(pages, 1_000);
      const now = await Promise.all(pages.map(visible));
      const all = now.flatMap((ids) => [...new Set(ids)]);
      expect(all.length, `second ${second}: ${JSON.stringify(now)}`).toBe(new Set(all).size);
      now.forEach((ids, screen) => {
        for (const id of ids) shownBy.set(id, (shownBy.get(id) ?? new Set()).add(screen));
      });
    }
    expect(hasChangedHands()).toBe(true);
    expect(new Set([...shownBy.values()].flatMap((screens) => [...screens])).size).toBeGreaterThan(1);
  });
});
