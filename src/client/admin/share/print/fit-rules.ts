/** How much of their full size the name, the other words and the code of a card have. */
export interface Step {
  name: number;
  words: number;
  code: number;
  /** long words may be cut in two; before that, smaller letters are the better choice */
  breaks: boolean;
}

const step = (name: number, words: number, code: number, breaks = false): Step => ({ name, words, code, breaks });

/**
 * From the loveliest to the one that holds everything there can be. The name gives way first, for it has
 * most to give, then the words, the code last: it must be read from a chair away.
 */
export const STEPS: readonly Step[] = [
  step(1, 1, 1),
  step(0.86, 1, 1),
  step(0.74, 1, 0.96),
  step(0.64, 1, 0.92),
  step(0.55, 0.96, 0.88),
  step(0.55, 0.96, 0.88, true),
  step(0.47, 0.92, 0.84, true),
  step(0.4, 0.86, 0.78, true),
  step(0.35, 0.8, 0.72, true),
  step(0.31, 0.74, 0.66, true),
  step(0.28, 0.68, 0.6, true),
  step(0.25, 0.62, 0.55, true),
];

/**
 * Finds for each card the first step at which it fits. All cards are set to a step before any is looked
 * at, so that hundreds of them are laid out a dozen times and not thousands.
 * @param set gives a card its sizes
 * @param fits measures it; a card that never fits keeps the last step
 * @returns the steps, in the order of the cards
 */
export function fitAll<T>(cards: readonly T[], set: (card: T, to: Step) => void, fits: (card: T) => boolean): number[] {
  const found = cards.map(() => STEPS.length - 1);
  let open = cards.map((_, index) => index);
  STEPS.forEach((to, at) => {
    for (const index of open) set(cards[index] as T, to);
    open = open.filter((index) => {
      if (!fits(cards[index] as T)) return true;
      found[index] = at;
      return false;
    });
  });
  return found;
}
