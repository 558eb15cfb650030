/** As many as one poll may carry. */
const UNSAID_MAX = 200;

export interface ShownNews {
  /** These are in the picture now. */
  note(ids: readonly string[]): void;
  /** Those that are still to be said, which counts as said. */
  take(): string[];
  /** They could not be said after all. */
  giveBack(ids: readonly string[]): void;
  forget(): void;
}

/**
 * Says of each photo that it is shown, once for as long as this page lives: its sender is waiting to hear that.
 * @param say whether there was somebody to say it to; what could not be said is kept for later
 */
export function openShownNews(say: (id: string) => boolean): ShownNews {
  const known = new Set<string>();
  let unsaid: string[] = [];
  return {
    note(ids) {
      for (const id of ids) {
        if (known.has(id)) continue;
        known.add(id);
        if (!say(id)) unsaid = unsaid.concat(id).slice(-UNSAID_MAX);
      }
    },
    take: () => unsaid.splice(0),
    giveBack(ids) {
      unsaid = ids.concat(unsaid).slice(-UNSAID_MAX);
    },
    forget() {
      known.clear();
      unsaid = [];
    },
  };
}
