import type { Recall } from '../../../../contract/live.ts';

/** How far several photos that were taken down together are gone from the screens. */
export interface RecallSum {
  photos: number;
  /** screens that are rid of all of them */
  confirmed: number;
  total: number;
  offline: number;
  ms: number;
  /** every screen that was there has confirmed every photo */
  isDone: boolean;
}

/**
 * @param photos how many were taken down; what nothing has been told of is still to be confirmed
 * @returns null when no screen is concerned
 */
export function sumOf(recalls: readonly Recall[], photos: number): RecallSum | null {
  const most = (of: (recall: Recall) => number) => recalls.reduce((max, recall) => Math.max(max, of(recall)), 0);
  const total = most((recall) => recall.total);
  const offline = most((recall) => recall.offline);
  if (total === 0 && offline === 0) return null;
  const isDone = recalls.length === photos && recalls.every((recall) => recall.confirmed >= recall.total);
  // A screen that has one of them left is not rid of them.
  const missing = most((recall) => recall.total - recall.confirmed);
  const confirmed = recalls.length < photos ? 0 : Math.max(0, total - missing);
  return { photos, confirmed, total, offline, ms: most((recall) => recall.ms), isDone };
}
