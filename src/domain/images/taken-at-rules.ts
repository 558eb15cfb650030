/** A time as EXIF writes it: `2026:11:21 03:04:05`, an optional offset such as `+01:00`, digits after the second. */
export interface WrittenTime {
  written: string;
  offset: string | null;
  fraction: string | null;
}

const EARLIEST_YEAR = 1990;
/** Cameras' clocks are set for other time zones; two days cover all of them. */
const AHEAD_MAX_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * When a photo was taken. A time without an offset is wall-clock time in the event's time zone.
 * @param timeZone IANA name
 * @returns null for what is no date, before 1990, or later than two days from `now`
 */
export function takenAt(time: WrittenTime, timeZone: string, now: Date): Date | null {
  const wall = parseWall(time);
  if (wall === null) return null;
  const offset = parseOffset(time.offset);
  const instant = offset === null ? wallClockToInstant(wall, timeZone) : wall - offset;
  if (instant === null || instant > now.getTime() + AHEAD_MAX_MS) return null;
  return new Date(instant);
}

/** Milliseconds of the wall clock as if it were UTC. */
function parseWall({ written, fraction }: WrittenTime): number | null {
  const match = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(written);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const rolledOver =
    date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59;
  if (year < EARLIEST_YEAR || rolledOver) return null;
  const digits = /^\d{1,9}/.exec(fraction ?? '')?.[0] ?? '';
  return date.getTime() + Number(digits.padEnd(3, '0').slice(0, 3));
}

function parseOffset(offset: string | null): number | null {
  const match = /^([+-])(\d\d):(\d\d)/.exec(offset ?? '');
  if (!match) return offset?.startsWith('Z') ? 0 : null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (Number(match[2]) > 14 || Number(match[3]) > 59) return null;
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

/**
 * The instant at which a wall clock in `timeZone` shows `wall`. An hour that occurs twice counts as the first of the
 * two; an hour that is skipped counts as if the clock had not been changed yet.
 * @returns null when the time zone is unknown
 */
export function wallClockToInstant(wall: number, timeZone: string): number | null {
  try {
    const day = 24 * 60 * 60 * 1000;
    const before = zoneOffset(wall - day, timeZone);
    const after = zoneOffset(wall + day, timeZone);
    const candidates = [wall - before, wall - after].filter(
      (instant) => instant + zoneOffset(instant, timeZone) === wall,
    );
    return candidates.length > 0 ? Math.min(...candidates) : wall - before;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Milliseconds that local time is ahead of UTC at `instant`. */
function zoneOffset(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1000) * 1000;
}
