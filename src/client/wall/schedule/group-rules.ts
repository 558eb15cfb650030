import type { WallPhoto } from '../../../contract/boot.ts';
import { likes, newestFirst, type Favour } from './schedule-rules.ts';

/*
 * Screens that belong together agree by the list of photos and the clock of the server alone: none of them
 * hears of another, so a screen that is off, late or new disturbs nobody.
 */

/** How long one screen of a spread group has a photo before the next one gets it. */
const TENURE_MS = 10 * 60_000;
/** Nobody shows a photo for so long after it has changed hands: clocks differ, and a photo takes time to fade. */
const HANDOVER_MS = 4_000;

export interface Place {
  /** of this screen among those of its group, from 0 */
  index: number;
  count: number;
}

/** FNV-1a, 32 bits: the same on every screen, and good enough to spread ids evenly. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  // The last characters alone must not decide the remainder.
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b) >>> 0;
  return (value ^ (value >>> 16)) >>> 0;
}

/**
 * Whether a screen of a spread group may have this photo from `now` for `forMs`. A photo belongs to one screen at
 * a time and walks from one to the next, each photo at moments of its own; lists that differ change nothing.
 * @param now milliseconds by the server's clock
 */
export function mayShow(id: string, { index, count }: Place, now: number, forMs: number): boolean {
  if (count < 2) return true;
  const own = hash(id);
  const tenure = Math.max(TENURE_MS, forMs * 3);
  const time = now + (own % tenure);
  const round = Math.floor(time / tenure);
  if (((own >>> 3) + round) % count !== index) return false;
  return time - round * tenure >= HANDOVER_MS && (round + 1) * tenure - time >= forMs;
}

/** Slots of `slotMs` since 1970. */
export const slotAt = (now: number, slotMs: number): number => Math.floor(now / slotMs);

/**
 * What every screen of a mirrored group shows in a slot: all photos once in each cycle, whose length is a power of
 * two, so that an arrival moves its neighbours by one and not the whole cycle; the rest of it goes to the newest,
 * or with `fair` begins anew.
 */
export function mirrored(photos: readonly WallPhoto[], slot: number, favour: Favour): WallPhoto | null {
  const count = photos.length;
  if (count === 0) return null;
  const order = Array.from(photos).sort(newestFirst);
  let cycle = 1;
  while (cycle < count) cycle *= 2;
  const place = slot % cycle;
  if (favour === 'reactions' && place >= count) {
    const liked = order.filter((one) => likes(one) > 0).sort((a, b) => likes(b) - likes(a));
    if (liked.length > 0) return liked[(place - count) % liked.length] || null;
  }
  // Oldest first within the cycle: what is appended to the list is appended to the end of the cycle as well.
  return place < count ? order[count - 1 - place] || null : order[(place - count) % count] || null;
}
