import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core calls serious or critical, as `rule: first element`. It is run by the test, so the pages' policy stays on. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // A colour in the middle of a fade is nobody's choice.
    await Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
        .map((one) => one.finished.catch(() => undefined)),
    );
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}

/**
 * What does not fit on a page, as words: the page itself sideways, text cut off by its own box, boxes that
 * stick out at a side, places of sentences that nobody filled, and keys in place of words.
 */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide at ${innerWidth}`);
    const isVisible = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && getComputedStyle(element).visibility !== 'hidden';
    };
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').trim().slice(0, 40)}”`;
    /** Names are cut with dots on purpose, and rows of chips are pushed along. */
    const mayBeCut = (element: Element) => {
      const style = getComputedStyle(element);
      return style.textOverflow === 'ellipsis' || element.closest('.albums, .table-scroll, .said, .skip') !== null;
    };
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (element.closest('svg, script, template') || !isVisible(element)) continue;
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '');
      if (!own || mayBeCut(element)) continue;
      if (getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1) {
        found.push(`cut: ${name(element)}`);
      }
      const { left, right } = element.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1) found.push(`sticks out: ${name(element)}`);
    }
    const said = [document.body.innerText];
    for (const element of document.querySelectorAll('[aria-label], [alt], [title]')) {
      for (const attribute of ['aria-label', 'alt', 'title']) said.push(element.getAttribute(attribute) ?? '');
    }
    for (const text of said) for (const place of text.match(/\{\w+\}/g) ?? []) found.push(`not filled: ${place}`);
    for (const word of document.body.innerText.match(/(?<![\p{L}\w])[a-z]+[A-Z]\w+(?!\p{L})/gu) ?? [])
      found.push(`a key: ${word}`);
    return found;
  });
