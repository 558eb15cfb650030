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

const owners = (id: string, at: number): number[] =>
  [...Array(SCREENS).keys()].filter((index) => mayShow(id, { index, count: SCREENS }, at, VISIBLE_MS));

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
    // A minute in which two photos at least go from one screen to another, and every screen has some.
    let from = Math.floor(Date.now() / 1_000) * 1_000;
    const isGood = () => {
      const before = photos.map((id) => owners(id, from + 1_000)[0]);
      const after = photos.map((id) => owners(id, from + 50_000)[0]);
      const moved = photos.filter(
        (_, n) => before[n] !== undefined && after[n] !== undefined && before[n] !== after[n],
      );
      return moved.length >= 2 && new Set(before).size === SCREENS && new Set(after).size === SCREENS;
    };
    while (!isGood()) from += 1_000;
    const pages = await hang(
      Array.from({ length: SCREENS }, (_, n) => `spread:${n + 1}/${SCREENS}`),
      from,
    );
    const shownBy = new Map<string, Set<number>>();
    for (let second = 0; second < 60; second++) {
      await pass(pages, 1_000);
      const now = await Promise.all(pages.map(visible));
      const all = now.flatMap((ids) => [...new Set(ids)]);
      expect(all.length, `second ${second}: ${JSON.stringify(now)}`).toBe(new Set(all).size);
      now.forEach((ids, screen) => {
        for (const id of ids) shownBy.set(id, (shownBy.get(id) ?? new Set()).add(screen));
      });
    }
    for (let screen = 0; screen < SCREENS; screen++)
      expect([...shownBy.values()].filter((screens) => screens.has(screen)).length).toBeGreaterThan(0);
    expect([...shownBy.values()].filter((screens) => screens.size > 1).length).toBeGreaterThan(0);
  });
});
