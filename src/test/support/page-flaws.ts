import type { Page } from 'playwright-core';
import * as english from '../../contract/messages/en/index.ts';
import { directionOf, type Locale } from '../../contract/messages/index.ts';
import { barriers } from './barriers.ts';

/** Keys that no language would use as a word: they have a capital, a dot or a dash in the middle. */
const KEYS = Object.values(english as Record<string, unknown>)
  .flatMap((part) => (part && typeof part === 'object' ? Object.keys(part) : []))
  .filter((key) => /[a-z][A-Z._-]/.test(key));

/**
 * What is wrong with a page in a language, one line each: `lang` or `dir`, a document wider than the screen,
 * text that its box cuts off, a place that nothing filled, a key instead of a word. Text with an ellipsis
 * is meant to be cut where its whole is to be had in a `title` or an `aria-label`.
 */
export const flaws = (page: Page, locale: Locale): Promise<string[]> =>
  page.evaluate(
    ({ lang, dir, keys }) => {
      const found: string[] = [];
      const root = document.documentElement;
      if (root.lang !== lang || getComputedStyle(root).direction !== dir)
        found.push(`language: ${root.lang} ${getComputedStyle(root).direction}`);

      const name = (element: Element) =>
        `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').trim().slice(0, 60)}”`;
      const isScrolled = (element: Element) => {
        for (let up: Element | null = element; up && up !== document.body; up = up.parentElement)
          if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX)) return true;
        return false;
      };
      const all = [...document.body.querySelectorAll<HTMLElement>('*')].filter(
        (element) => !element.closest('svg, script, style, template') && element.getClientRects().length > 0,
      );
      if (root.scrollWidth > window.innerWidth) {
        const wide = all.filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return (right > window.innerWidth + 1 || left < -1) && !isScrolled(element);
        });
        found.push(`overflow: ${root.scrollWidth} of ${window.innerWidth}: ${wide.slice(0, 3).map(name).join(', ')}`);
      }

      for (const element of all) {
        const texts = [...element.childNodes].filter(
          (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
        );
        const spoken = ['aria-label', 'title', 'alt', 'placeholder'].map((attribute) =>
          element.getAttribute(attribute),
        );
        const words = [...texts.map((node) => node.nodeValue ?? ''), ...spoken.filter((one) => one !== null)];
        for (const word of words) {
          if (/\{\w+\}/.test(word)) found.push(`place: ${word}`);
          if (keys.includes(word.trim())) found.push(`key: ${word}`);
        }
        const style = getComputedStyle(element);
        if (element.clientWidth <= 1) continue; // for screen readers only
        if (texts.length === 0 || style.display === 'inline' || /^(SELECT|TEXTAREA|OPTION)$/.test(element.tagName))
          continue;
        const isMeant =
          style.textOverflow === 'ellipsis' && element.closest('[title], [aria-label]:not(nav):not(main)');
        const isCut = element.scrollWidth > element.clientWidth + 1 && !/auto|scroll/.test(style.overflowX);
        const isLow = style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2;
        if ((isCut || isLow) && !isMeant)
          found.push(
            `cut: ${name(element)} ${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`,
          );
      }
      return found;
    },
    { lang: locale, dir: directionOf(locale), keys: KEYS },
  );

/** Flaws of the words, and barriers. */
export const judged = async (page: Page, locale: Locale): Promise<string[]> => [
  ...(await flaws(page, locale)),
  ...(await barriers(page)),
];
