/** What a guest is told of while looking at the page. */
export type NewsKind = 'published' | 'shown';
export interface News {
  kind: NewsKind;
  photoId: string;
}

/** Things that come together are said together: a host who approves does so by the dozen. */
export const GATHER_MS = 1_200;
/** Never more than one word in this time. */
export const QUIET_MS = 6_000;

export interface Saying {
  kind: NewsKind;
  count: number;
}

/** What is said of everything gathered. Who reads that a photo is on the wall knows that it is published. */
export function sayingOf(gathered: readonly News[]): Saying | null {
  const shown = new Set(gathered.filter(({ kind }) => kind === 'shown').map(({ photoId }) => photoId));
  const published = new Set(gathered.map(({ photoId }) => photoId).filter((photoId) => !shown.has(photoId)));
  if (shown.size > 0 && shown.size >= published.size) return { kind: 'shown', count: shown.size };
  if (published.size > 0) return { kind: 'published', count: published.size };
  return null;
}

/** How long to wait until the next word, in milliseconds. `saidAt`: when the last one was said; -Infinity: never. */
export const waitOf = (saidAt: number, now: number): number => Math.max(GATHER_MS, saidAt + QUIET_MS - now);
