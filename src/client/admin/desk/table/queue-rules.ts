import type { Decision } from '../../../../contract/photos.ts';

/** One decision on its way to the server. */
export interface Waiting {
  id: string;
  /** what the photo was when it was decided */
  from: Decision;
  to: Decision;
  /** milliseconds since 1970 */
  at: number;
  /** what it was before a decision that may or may not have arrived */
  since?: Decision;
}

/** At most one decision of a photo waits and one is on its way: what is decided again meanwhile replaces the first. */
export interface Queue {
  waiting: Map<string, Waiting>;
  flying: Map<string, Waiting>;
}

/** With more than this many waiting, those that decide the same go together. */
export const ONE_BY_ONE = 8;
export const BULK_MAX = 500;
export const FLIGHTS = 4;
/** More than anybody decides without a network; the oldest are kept. */
const KEPT = 5_000;

const DECISIONS: Record<Decision, true> = { pending: true, approved: true, rejected: true };
const isDecision = (value: unknown): value is Decision =>
  typeof value === 'string' && Object.prototype.hasOwnProperty.call(DECISIONS, value);

export const newQueue = (): Queue => ({ waiting: new Map(), flying: new Map() });

/** Adds a decision; one that takes back another which has not left yet leaves nothing to send. */
export function enqueue(queue: Queue, entry: Waiting): void {
  const before = queue.waiting.get(entry.id);
  if (!before) {
    queue.waiting.set(entry.id, entry);
  } else if (before.from === entry.to && !before.since) {
    queue.waiting.delete(entry.id);
  } else {
    queue.waiting.set(entry.id, { ...before, to: entry.to, at: entry.at });
  }
}

/** The status that the person has given a photo and the server may not know of yet; null when there is none. */
export function wantedOf(queue: Queue, id: string): Decision | null {
  const entry = queue.waiting.get(id) || queue.flying.get(id);
  return entry ? entry.to : null;
}

export const sizeOf = (queue: Queue): number => queue.waiting.size + queue.flying.size;

/**
 * Takes what goes next: one decision, or many of the same kind. A photo with a decision on its way waits for
 * its answer. Empty when there is nothing that may go.
 */
export function takeFlight(queue: Queue): Waiting[] {
  const isMany = queue.waiting.size > ONE_BY_ONE;
  const flight: Waiting[] = [];
  for (const entry of queue.waiting.values()) {
    if (queue.flying.has(entry.id)) continue;
    const first = flight[0];
    if (first && (first.to !== entry.to || first.from !== entry.from)) continue;
    flight.push(entry);
    if (!isMany || flight.length === BULK_MAX) break;
  }
  for (const entry of flight) {
    queue.waiting.delete(entry.id);
    queue.flying.set(entry.id, entry);
  }
  return flight;
}

/** Puts a flight that did not arrive back in front of the line, unless the photo was decided again meanwhile. */
export function returnFlight(queue: Queue, flight: readonly Waiting[]): void {
  const after = Array.from(queue.waiting.values());
  queue.waiting.clear();
  for (const entry of flight) {
    queue.flying.delete(entry.id);
    queue.waiting.set(entry.id, entry);
  }
  for (const entry of after) {
    const earlier = queue.waiting.get(entry.id);
    // Whether the first one arrived is not known, so the later one is sent even where it takes it back.
    queue.waiting.set(entry.id, earlier ? { ...entry, since: earlier.since || earlier.from } : entry);
  }
}

export function land(queue: Queue, id: string): void {
  queue.flying.delete(id);
}

/** What a reload must not lose: photo, from, to, when. Never anything one could sign in with. */
export const writeQueue = (queue: Queue): string =>
  JSON.stringify(
    Array.from(queue.flying.values())
      .filter(({ id }) => !queue.waiting.has(id))
      .concat(Array.from(queue.waiting.values()))
      .slice(0, KEPT)
      .map(({ id, from, to, at, since }) => [id, from, to, at, since]),
  );

/** Reads what was kept; what cannot be understood is left out. */
export function readQueue(text: string | null): Queue {
  const queue = newQueue();
  let rows: unknown = null;
  try {
    rows = JSON.parse(text || '[]');
  } catch {
    /* another program's, or half a line */
  }
  if (!Array.isArray(rows)) return queue;
  for (const row of rows.slice(0, KEPT) as unknown[]) {
    if (!Array.isArray(row)) continue;
    const [id, from, to, at, since] = row as unknown[];
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id) || typeof at !== 'number') continue;
    if (!isDecision(from) || !isDecision(to)) continue;
    queue.waiting.set(id, isDecision(since) ? { id, from, to, at, since } : { id, from, to, at });
  }
  return queue;
}
