import { render } from 'preact';
import type { JSX } from 'preact';
import { fitAll, type Step } from './fit-rules.ts';

/** Sets the sizes of a card and sees whether everything it says is within its edges. */
function setStep(card: HTMLElement, { name, words, code, breaks }: Step): void {
  card.style.setProperty('--name', String(name));
  card.style.setProperty('--words', String(words));
  card.style.setProperty('--code', String(code));
  card.classList.toggle('card-breaks', breaks);
}

function fits(card: HTMLElement): boolean {
  const flow = card.firstElementChild as HTMLElement | null;
  if (!flow) return true;
  const { paddingTop, paddingBottom } = getComputedStyle(card);
  const room = card.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
  return flow.offsetHeight <= room && flow.scrollWidth <= flow.clientWidth;
}

/** Shrinks what does not fit, card by card; they must be laid out, though nobody needs to see them. */
export function fitCards(root: HTMLElement): void {
  fitAll(Array.from(root.querySelectorAll<HTMLElement>('.paper-card')), setStep, fits);
}

const PRINTS = 'prints-cards';

/** Fonts that arrive late would change every measure. */
const fontsReady = async (): Promise<void> => {
  const { fonts } = document as unknown as { fonts?: { ready: Promise<unknown> } };
  if (fonts) await fonts.ready;
};

/** The pictures of the cards: a logo that is not there yet would print as a hole. */
const imagesReady = (root: HTMLElement): Promise<unknown> =>
  Promise.all(
    Array.from(root.querySelectorAll('img')).map((image) =>
      image.complete
        ? null
        : new Promise((done) => {
            image.addEventListener('load', done);
            image.addEventListener('error', done);
          }),
    ),
  );

export interface PrintWindow {
  /** puts the sheets in front of the printer instead of the page; safe to call again */
  prepare: (sheets: JSX.Element, paper: { width: number; height: number }) => void;
  print: (sheets: JSX.Element, paper: { width: number; height: number }) => Promise<void>;
  clear: () => void;
}

/**
 * Sheets stand in a place of their own beside the page, which print styles show alone. The size of the
 * paper is told by a rule that is added for the time of printing, for other pages print on what they like.
 */
export function openPrintWindow(): PrintWindow {
  let root: HTMLElement | null = null;
  let rule: { sheet: CSSStyleSheet; text: string } | null = null;

  function clear(): void {
    if (root) {
      render(null, root);
      root.remove();
      root = null;
    }
    if (rule) {
      const { sheet, text } = rule;
      const index = Array.from(sheet.cssRules).findIndex((one) => one.cssText === text);
      if (index >= 0) sheet.deleteRule(index);
      rule = null;
    }
    document.documentElement.classList.remove(PRINTS);
  }

  function prepare(sheets: JSX.Element, { width, height }: { width: number; height: number }): void {
    clear();
    root = document.createElement('div');
    root.className = 'print-root';
    root.setAttribute('aria-hidden', 'true');
    document.body.appendChild(root);
    render(sheets, root);
    fitCards(root);
    const sheet = document.styleSheets[0];
    if (sheet) {
      const index = sheet.insertRule(`@page { size: ${width}mm ${height}mm; margin: 0 }`, sheet.cssRules.length);
      const added = sheet.cssRules[index];
      if (added) rule = { sheet, text: added.cssText };
    }
    document.documentElement.classList.add(PRINTS);
  }

  return {
    prepare,
    clear,
    async print(sheets, paper) {
      prepare(sheets, paper);
      await fontsReady();
      if (root) {
        await imagesReady(root);
        fitCards(root);
      }
      window.print();
    },
  };
}
