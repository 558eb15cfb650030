import { intlTag, type Locale } from '../../../contract/messages/shape.ts';

const UNITS = ['kB', 'MB', 'GB'] as const;

/** A size as people say it: `48 MB`. Written by hand, since Safari before 14.1 knows no units in `Intl`. */
export function sizeText(locale: Locale, bytes: number): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = value < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(intlTag(locale), { maximumFractionDigits: digits }).format(value);
  return `\u2068${number}\u00a0${UNITS[unit]}\u2069`;
}
