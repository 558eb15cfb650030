import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../../contract/messages/index.ts';
import { sayOnCard } from '../../../../contract/messages/cards.ts';
import { fitAll, STEPS } from './fit-rules.ts';
import { cardsPerRun, FORMAT_PLANS, FORMATS, layOut } from './sheet-rules.ts';

const named = (count: number) => Array.from({ length: count }, (_, n) => `card ${n}`);

describe('cards on paper', () => {
  it.each(FORMATS)('of %s lie within the sheet and beside each other', (format) => {
    const { width, height } = FORMAT_PLANS[format];
    for (const sheet of layOut(format, named(5))) {
      let area = 0;
      for (const { face } of sheet) {
        expect(face.x + face.width).toBeLessThanOrEqual(width);
        expect(face.y + face.height).toBeLessThanOrEqual(height);
        area += face.width * face.height;
      }
      expect(area).toBeLessThanOrEqual(width * height);
    }
  });

  it.each([
    ['a6-tent', 7, 4],
    ['a5-tent', 7, 7],
    ['a4-tent', 7, 14],
    ['a4-poster', 2, 2],
    ['a3-poster', 1, 1],
  ] as const)('of %s: %i cards are %i sheets', (format, cards, sheets) => {
    expect(layOut(format, named(cards))).toHaveLength(sheets);
  });

  it.each(FORMATS)('of %s: every card has both its faces, once', (format) => {
    const faces = layOut(format, named(3)).flat();
    const perCard = format.endsWith('tent') ? 2 : 1;
    for (const card of named(3)) expect(faces.filter((one) => one.card === card)).toHaveLength(perCard);
  });

  it.each(['a6-tent', 'a5-tent'] as const)('of %s: the face above the fold stands on its head', (format) => {
    const [fold] = FORMAT_PLANS[format].folds;
    for (const { face } of layOut(format, named(cardsPerRun(format))).flat()) {
      expect(face.isTurned).toBe(face.y < (fold ?? 0));
      expect(face.y === fold || face.y + face.height === fold).toBe(true);
    }
  });
});

describe('fitting', () => {
  /** A card that fits once its name is at most so large. */
  const fit = (...limits: number[]) => {
    const sizes = new Map<number, number>();
    return fitAll(
      limits,
      (card, to) => sizes.set(card, to.name * to.words),
      (card) => (sizes.get(card) ?? 1) <= card,
    );
  };

  it('keeps the full size where there is room', () => {
    expect(fit(1)).toEqual([0]);
  });

  it('shrinks each card as far as it must, and no further', () => {
    const [small, middle, full] = fit(0.3, 0.7, 2);
    expect(full).toBe(0);
    expect(STEPS[middle as number]?.name).toBeLessThanOrEqual(0.7);
    expect(STEPS[(middle as number) - 1]?.name).toBeGreaterThan(0.7);
    expect(small).toBeGreaterThan(middle as number);
  });

  it('ends with the smallest for what never fits', () => {
    expect(fit(0)).toEqual([STEPS.length - 1]);
  });

  it('never grows anything from one step to the next', () => {
    STEPS.slice(1).forEach((to, before) => {
      for (const size of ['name', 'words', 'code'] as const) {
        expect(to[size]).toBeLessThanOrEqual(STEPS[before]?.[size] ?? 0);
      }
    });
  });
});

describe('the words on cards', () => {
  it.each(LOCALES)('are there in %s, and take a table’s number', (locale) => {
    const t = sayOnCard(locale);
    expect(t('table', { label: '7' })).toMatch(/^\S+ \u2068?7\u2069?$/);
    for (const key of ['headline', 'text', 'pin', 'wifi', 'password'] as const) expect(t(key)).not.toBe(key);
  });
});
