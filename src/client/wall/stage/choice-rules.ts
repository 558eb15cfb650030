import type { WallPhoto } from '../../../contract/boot.ts';
import type { LayoutKind } from '../layouts/layout.ts';
import { mayShow, mirrored, slotAt } from '../schedule/group-rules.ts';
import { pickNext, type Pick, type Schedule } from '../schedule/schedule-rules.ts';
import type { WallSettings } from '../settings-rules.ts';

const FADES_MS = 1_500;

/** Whether this screen of its group may have a photo from `at` for `forMs`. */
export const isOurs = (id: string, { group }: WallSettings, at: number, forMs: number): boolean =>
  !group || group.mode !== 'spread' || mayShow(id, group.place, at, forMs);

/** How long the photo that is on now stands; screens that mirror change by the clock. */
export function untilNextMs({ group, seconds }: WallSettings, now: number): number {
  const slotMs = seconds * 1_000;
  return group && group.mode === 'mirror' ? (slotAt(now, slotMs) + 1) * slotMs - now : slotMs;
}

/**
 * What comes on next, here and in this group. An arrival is next on every screen that mirrors: all hear of it at once.
 * @param turn `at`: when, by the server's clock; `back`: how many slots before that one
 */
export function choice(
  schedule: Schedule,
  settings: WallSettings,
  turn: { kind: LayoutKind; at: number; back: number; may(photo: WallPhoto): boolean },
): Pick | null {
  const { group, favour, seconds } = settings;
  const visibleMs = seconds * 1_000 * turn.kind.holds + FADES_MS;
  const may = (photo: WallPhoto) => turn.may(photo) && isOurs(photo.id, settings, turn.at, visibleMs);
  const picked = pickNext(schedule, { favour, may });
  const entry = picked && schedule.entries.get(picked.photo.id);
  if (!group || group.mode !== 'mirror' || (entry && entry.isFresh && entry.shown === 0)) return picked;
  const all = Array.from(schedule.entries.values(), ({ photo }) => photo);
  const photo = mirrored(all, slotAt(turn.at, seconds * 1_000) - turn.back, favour);
  return photo && may(photo) ? { photo, isExtra: false } : null;
}
