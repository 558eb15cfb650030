import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { flaws } from '../../support/page-flaws.ts';
import { setup, soon } from '../setup.ts';
import { badWords, MOST, TV, TV_4K, UPRIGHT, weightOf } from './television.ts';

const { atAcme } = setup();
const LAYOUTS = ['full', 'mosaic', 'polaroid', 'spotlight', 'split'] as const;
const SCREENS = { '1080p': TV, '4K': TV_4K, upright: UPRIGHT };

const open = (layout: string, more = '', options: BrowserContextOptions = {}): Promise<Page> =>
  atAcme(`/e/launch-party/wall?layout=${layout}&seconds=4${more}`, { viewport: TV, ...options });

/** The layout is on and alone, and a print that is still falling lies where it will. */
async function settled(page: Page, layout: string): Promise<void> {
  await page.locator(`.layout-${layout}.layout-shown:not(.leaves) img`).first().waitFor();
  await page.evaluate(() => {
    for (const old of document.querySelectorAll('.layout.leaves')) old.remove();
    for (const animation of document.getAnimations()) {
      const { target } = animation.effect as KeyframeEffect;
      if (target?.matches('.print, .tile')) animation.finish();
    }
  });
}

/** A television that is turned, or gets another resolution: the layout begins again. */
async function resize(page: Page, viewport: typeof TV): Promise<void> {
  if (viewport === TV) return;
  await page.evaluate(() => document.querySelector('.layout-shown')!.classList.add('before'));
  await page.setViewportSize(viewport);
  await page.locator('.before.leaves').waitFor();
}

/** What is animated, as soon as there is something. */
async function animatedIn(page: Page): Promise<string[]> {
  const names = new Set<string>();
  await soon(async () => {
    const now = await page.evaluate(() =>
      document
        .getAnimations()
        .flatMap((animation) =>
          ((animation.effect as KeyframeEffect | null)?.getKeyframes() ?? []).flatMap((frame) => Object.keys(frame)),
        ),
    );
    for (const name of now) names.add(name);
    return names.size;
  }).toBeGreaterThan(4);
  const timing = ['offset', 'computedOffset', 'easing', 'composite'];
  return [...names].filter((name) => !timing.includes(name));
}

describe.each(LAYOUTS)('%s', (layout) => {
  it('fits every screen, is read from afar, holds little, and animates nothing but transform and opacity', async () => {
    const page = await open(layout);
    for (const name of await animatedIn(page)) expect(['opacity', 'transform']).toContain(name);
    expect(await page.evaluate(() => getComputedStyle(document.body).cursor)).toBe('none');
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      await resize(page, viewport);
      await settled(page, layout);
      expect(await flaws(page, 'en'), screen).toEqual([]);
      expect(await badWords(page), screen).toEqual([]);
      const code = await page.locator('.layout .code-square').boundingBox();
      expect(code!.height).toBeGreaterThan(viewport.height * 0.16);
      expect(code!.x + code!.width).toBeLessThan(viewport.width);
      expect(code!.y + code!.height).toBeLessThan(viewport.height);
      const weight = await weightOf(page);
      console.log(`${layout}, ${screen}: ${weight.nodes} nodes, ${weight.megapixels.toFixed(1)} megapixels`);
      expect(weight.nodes).toBeLessThanOrEqual(MOST.nodes);
      expect(weight.megapixels).toBeLessThanOrEqual(MOST.megapixels);
    }
  });

  it('mirrors, keeps away from edges that the television cuts off, and stands still where nothing is to move', async () => {
    const page = await open(layout, '&overscan=5', { locale: 'ar', reducedMotion: 'reduce' });
    expect(await animatedIn(page)).toEqual(['opacity']);
    await settled(page, layout);
    expect(await flaws(page, 'ar')).toEqual([]);
    expect(await badWords(page)).toEqual([]);
    const code = await page.locator('.layout .code-square').boundingBox();
    // The split has its panel on the other side, and the code in it.
    expect(code!.x + code!.width / 2).toBeLessThan(TV.width / 2);
    const photos = await page.locator('.tile img, .print img').evaluateAll((images) =>
      images.map((image) => {
        const { left, right } = image.getBoundingClientRect();
        return (left + right) / 2;
      }),
    );
    for (const middle of photos) expect(middle > 0 && middle < TV.width).toBe(true);
    const boxes = await page.locator('.frame, .layout .code-square').evaluateAll((elements) =>
      elements.map((element) => {
        const { top, right, bottom, left } = element.getBoundingClientRect();
        return { top, left, right: window.innerWidth - right, bottom: window.innerHeight - bottom };
      }),
    );
    for (const { top, left, right, bottom } of boxes) {
      expect(Math.min(left, right)).toBeGreaterThanOrEqual(TV.width * 0.05 - 1);
      expect(Math.min(top, bottom)).toBeGreaterThanOrEqual(TV.height * 0.05 - 1);
    }
  });
});

it('every layout takes its turn when they rotate, without a gap between them', async () => {
  const page = await open('rotate', '&rotation=full,split&rotateMinutes=1');
  await page.locator('.layout-shown:not(.leaves)').waitFor();
  const now = Date.now();
  const shown = await page.locator('.layout-shown').first().getAttribute('class');
  expect(shown).toContain(Math.floor(now / 60_000) % 2 === 0 ? 'layout-full' : 'layout-split');
});
