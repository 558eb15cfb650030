import type { DeviceName } from '../../contract/helpers.ts';

// Most browsers claim to be their ancestors as well, so the first that fits counts.
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPT|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac(?:intosh| OS X)\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];
const BETWEEN = ' on ';

const firstOf = (names: [RegExp, string][], agent: string): string | null =>
  names.find(([pattern]) => pattern.test(agent))?.[1] ?? null;

/**
 * A short name for a browser, for lists that people read: `Safari on iPhone`. Only names from here, never
 * what was sent; null when it says nothing that is known.
 */
export function deviceLabel(userAgent: string | null): string | null {
  const agent = (userAgent ?? '').slice(0, 512);
  const parts = [firstOf(BROWSERS, agent), firstOf(SYSTEMS, agent)];
  const known = parts.filter((part) => part !== null);
  if (known.length === 0) return null;
  return parts[0] === null ? `${BETWEEN.trimStart()}${parts[1]}` : known.join(BETWEEN);
}

/** The parts of such a label again, so that a page can say "on" in its reader's language. */
export function toDeviceName(label: string | null): DeviceName | null {
  if (label === null) return null;
  if (label.startsWith(BETWEEN.trimStart())) return { browser: null, system: label.slice(BETWEEN.trimStart().length) };
  const [browser = null, system = null] = label.split(BETWEEN);
  return { browser, system };
}
