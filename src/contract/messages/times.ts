import { intlTag, type Locale } from './shape.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are kept: making one costs more than a hundred uses. An unknown zone falls back to UTC. */
function formatter(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat(intlTag(locale), { ...options, timeZone });
    } catch {
      format = new Intl.DateTimeFormat(intlTag(locale), { ...options, timeZone: 'UTC' });
    }
    if (formats.size > 200) formats.clear();
    formats.set(key, format);
  }
  return format;
}

/** A day in the event's own time zone: `21 November 2026`. */
export const formatDay = (locale: Locale, timeZone: string, iso: string): string =>
  formatter(locale, timeZone, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(iso));

/** Day and minute in the event's own time zone, with the zone's name. */
export const formatMoment = (locale: Locale, timeZone: string, iso: string): string =>
  formatter(locale, timeZone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(iso));

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago, coarse enough to stay true for a while: `5 minutes ago`. */
export function formatAgo(locale: Locale, iso: string, now: Date): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(intlTag(locale), { numeric: 'auto' });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit);
  }
  return relative.format(0, 'minute');
}

/** The year is left out where it is the present one. */
function yearOf(timeZone: string, iso: string, now: Date): Intl.DateTimeFormatOptions {
  const year = (date: Date) => formatter('en', timeZone, { year: 'numeric' }).format(date);
  return year(new Date(iso)) === year(now) ? {} : { year: 'numeric' };
}

/** A day for a narrow place, in the event's own time zone: `Sat, 21 Nov`. */
export const formatShortDay = (locale: Locale, timeZone: string, iso: string, now: Date): string =>
  formatter(locale, timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...yearOf(timeZone, iso, now),
  }).format(new Date(iso));

/** Day and minute for a narrow place, in the event's own time zone: `Sat, 21 Nov, 18:00`. */
export const formatShortMoment = (locale: Locale, timeZone: string, iso: string, now: Date): string =>
  formatter(locale, timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...yearOf(timeZone, iso, now),
  }).format(new Date(iso));

/** The minute of the day alone, in the event's own time zone. */
export const formatTime = (locale: Locale, timeZone: string, iso: string): string =>
  formatter(locale, timeZone, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
