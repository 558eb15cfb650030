/*
 * Instants and the clock on the wall of a time zone, by `Intl` alone: the browsers of our guests and
 * organisers have no Temporal. The console writes and shows the times of the event's zone with these.
 */

/** A time on the wall of some zone, as `<input type="datetime-local">` has it: `2026-06-20T18:00`. */
export type LocalTime = string;

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a zone that does not exist */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    // `hourCycle` rather than `hour12: false`, which some engines read as midnight being 24:00.
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    if (formats.size > 50) formats.clear();
    formats.set(timeZone, format);
  }
  return format;
}

/** Whether a zone is one of IANA's that this engine knows; offsets such as `+02:00` are none, for they know no summer. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(timeZone)) return false;
  try {
    formatOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** The wall clock at an instant, as milliseconds since 1970 as if it were UTC, in whole seconds. */
function wallClock(timeZone: string, instantMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(new Date(instantMs))) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour % 24, minute, second);
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
const offsetAt = (timeZone: string, instantMs: number): number =>
  wallClock(timeZone, instantMs) - Math.floor(instantMs / 1000) * 1000;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** @returns `2026-06-20T18:00` on the wall of the zone; empty for no instant */
export function toLocalTime(timeZone: string, iso: string | null): LocalTime {
  if (!iso) return '';
  const wall = new Date(wallClock(timeZone, new Date(iso).getTime()));
  const year = String(wall.getUTCFullYear()).padStart(4, '0');
  return `${year}-${twoDigits(wall.getUTCMonth() + 1)}-${twoDigits(wall.getUTCDate())}T${twoDigits(wall.getUTCHours())}:${twoDigits(wall.getUTCMinutes())}`;
}

/** Milliseconds of a local time as if it were UTC; null for what is none, such as 30 February. */
function readLocal(local: LocalTime): number | null {
  const match = LOCAL.exec(local);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const ms = Date.UTC(year, month - 1, day, hour, minute);
  const read = new Date(ms);
  const isReal = read.getUTCMonth() === month - 1 && read.getUTCDate() === day && read.getUTCHours() === hour;
  return isReal && read.getUTCMinutes() === minute && read.getUTCFullYear() === year ? ms : null;
}

export type LocalInstant =
  | { kind: 'invalid' }
  /** `exact`: the clock shows it once. `gap`: it skips it, so the instant is as much later as the clock
   * jumps. `overlap`: it shows it twice, and this is the first. */
  | { kind: 'exact' | 'gap' | 'overlap'; iso: string };

/** The instant at which the clock of a zone shows a local time; see `LocalInstant` for the hours of changing clocks. */
export function fromLocalTime(timeZone: string, local: LocalTime): LocalInstant {
  const wall = readLocal(local);
  if (wall === null) return { kind: 'invalid' };
  // A change of clocks between a day before and a day after is the only one that can matter here.
  const before = offsetAt(timeZone, wall - DAY_MS);
  const after = offsetAt(timeZone, wall + DAY_MS);
  const fits = [before, after]
    .filter((offset, place, all) => all.indexOf(offset) === place)
    .map((offset) => wall - offset)
    .filter((instant) => wallClock(timeZone, instant) === wall)
    .sort((a, b) => a - b);
  const [first, second] = fits;
  const instant = first === undefined ? wall - before : first;
  const kind = first === undefined ? 'gap' : second === undefined ? 'exact' : 'overlap';
  return { kind, iso: new Date(instant).toISOString() };
}

/** A local time some minutes later on the wall, whatever the clocks do meanwhile. */
export function addLocalMinutes(local: LocalTime, minutes: number): LocalTime {
  const wall = readLocal(local);
  return wall === null ? '' : toLocalTime('UTC', new Date(wall + minutes * MINUTE_MS).toISOString());
}

/** The day of the week of a local time, 0 for Sunday; -1 for none. */
export function weekdayOf(local: LocalTime): number {
  const wall = readLocal(local);
  return wall === null ? -1 : new Date(wall).getUTCDay();
}
