import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { flaws } from '../../support/page-flaws.ts';
import { setup, soon } from '../setup.ts';
import { MOST, TV, TV_4K, weightOf } from './television.ts';

const { atAcme } = setup();
const LAYOUTS = ['full', 'mosaic', 'polaroid', 'spotlight', 'split'] as const;
/** Names at 3 % of the height, never smaller. */
const TEXT_PART = 0.03;

async function open(
  layout: string,
  viewport: { width: number; height: number },
  more = '',
  locale = 'en',
): Promise<Page> {
  const page = await atAcme(`/e/launch-party/wall?layout=${layout}&seconds=4${more}`, { viewport, locale });
  await page.locator(`.layout-${layout}.layout-shown img`).first().waitFor();
  // A print that is still falling is not where it will lie.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ effect }) => !(effect as KeyframeEffect | null)?.target?.matches('.print, .tile')),
  );
  return page;
}

/** Visible words that are smaller than they may be, or outside of the screen. */
const badWords = (page: Page, least: number) =>
  page.evaluate((part) => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
      if (text.length === 0 || element.getClientRects().length === 0 || element.closest('script, noscript')) continue;
      const size = parseFloat(getComputedStyle(element).fontSize);
      if (size < window.innerHeight * part - 0.1) found.push(`small: ${element.className} ${size}`);
      const { top, right, bottom, left } = element.getBoundingClientRect();
      if (top < -1 || left < -1 || right > window.innerWidth + 1 || bottom > window.innerHeight + 1)
        found.push(`outside: ${element.className}`);
    }
    return found;
  }, least);

describe.each([
  ['1080p', TV],
  ['4K', TV_4K],
] as const)('at %s', (_, viewport) => {
  it.each(LAYOUTS)('%s fits, is read from afar, and holds little', async (layout) => {
    const page = await open(layout, viewport);
    expect(await flaws(page, 'en')).toEqual([]);
    expect(await badWords(page, TEXT_PART)).toEqual([]);
    const code = await page.locator('.layout .code-square').boundingBox();
    expect(code!.height).toBeGreaterThan(viewport.height * 0.16);
    expect(code!.x + code!.width).toBeLessThan(viewport.width);
    expect(code!.y + code!.height).toBeLessThan(viewport.height);
    const weight = await weightOf(page);
    console.log(`${layout} at ${viewport.width} px: ${weight.nodes} nodes, ${weight.megapixels.toFixed(1)} megapixels`);
    expect(weight.nodes).toBeLessThanOrEqual(MOST.nodes);
    expect(weight.megapixels).toBeLessThanOrEqual(MOST.megapixels);
  });
});

describe('every layout', () => {
  it.each(LAYOUTS)('%s mirrors for those who read from the right', async (layout) => {
    const page = await open(layout, TV, '', 'ar');
    expect(await flaws(page, 'ar')).toEqual([]);
    const code = await page.locator('.layout .code-square').boundingBox();
    expect(code!.x + code!.width / 2).toBeLessThan(TV.width / 2);
  });

  it.each(LAYOUTS)('%s keeps away from edges that the television cuts off', async (layout) => {
    const page = await open(layout, TV, '&overscan=5');
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

  it.each(LAYOUTS)('%s animates nothing but transform and opacity, and shows no cursor', async (layout) => {
    const page = await open(layout, TV);
    const animated = new Set<string>();
    await soon(async () => {
      const names = await page.evaluate(() =>
        document
          .getAnimations()
          .flatMap((animation) =>
            ((animation.effect as KeyframeEffect | null)?.getKeyframes() ?? []).flatMap((frame) => Object.keys(frame)),
          ),
      );
      for (const name of names) animated.add(name);
      return animated.size;
    }).toBeGreaterThan(4);
    const known = ['offset', 'computedOffset', 'easing', 'composite', 'opacity', 'transform'];
    expect([...animated].filter((name) => !known.includes(name))).toEqual([]);
    expect(await page.evaluate(() => getComputedStyle(document.body).cursor)).toBe('none');
  });

  it('takes its turn when they rotate, without a gap between them', async () => {
    const page = await atAcme('/e/launch-party/wall?layout=rotate&rotation=full,split&rotateMinutes=1&seconds=4', {
      viewport: TV,
    });
    await page.locator('.layout-shown').waitFor();
    const now = Date.now();
    const shown = await page.locator('.layout-shown').first().getAttribute('class');
    expect(shown).toContain(Math.floor(now / 60_000) % 2 === 0 ? 'layout-full' : 'layout-split');
  });

  it('stands still for those who want no movement, and still fades', async () => {
    const page = await atAcme('/e/launch-party/wall?seconds=4', { viewport: TV, reducedMotion: 'reduce' });
    await page.locator('.slide-shown img').first().waitFor();
    expect(
      await page
        .locator('.slide-photo')
        .first()
        .evaluate((image) => image.style.transform),
    ).toBe('');
  });
});
