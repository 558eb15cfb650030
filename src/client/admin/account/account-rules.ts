const UNITS = [
  ['unitKb', 1e3],
  ['unitMb', 1e6],
  ['unitGb', 1e9],
] as const;

/** Bytes in the unit that leaves a number people can read: `['unitMb', 3.4]`. Powers of ten, as storage is sold. */
export function inUnits(bytes: number): [(typeof UNITS)[number][0], number] {
  let fitting: (typeof UNITS)[number] = UNITS[0];
  for (const unit of UNITS) if (bytes >= unit[1]) fitting = unit;
  const count = bytes / fitting[1];
  return [fitting[0], count >= 100 ? Math.round(count) : Math.round(count * 10) / 10];
}

/** Whether a link can be one; what the server would refuse is said before it is sent. Empty: no link. */
export const isLink = (text: string): boolean => /^$|^https:\/\/[^\s.]+\.[^\s]{2,}$/i.test(text.trim());
export const isEmail = (text: string): boolean => /^$|^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

type RoomTone = 'plenty' | 'little' | 'none';
const LITTLE = 0.9;

/** How much more of something there is room for, and whether somebody should know. */
export function roomOf(used: number, limit: number): { left: number; tone: RoomTone } {
  const left = Math.max(0, limit - used);
  return { left, tone: left === 0 ? 'none' : used >= limit * LITTLE ? 'little' : 'plenty' };
}
