import type { Site } from '../../../contract/sites.ts';

/** What staff say of a site, as the fields of a form hold it. */
export interface SiteForm {
  name: string;
  address: string;
  /** degrees as somebody types them; empty: not known */
  latitude: string;
  longitude: string;
  timeZone: string;
}

export type SiteField = 'name' | 'latitude' | 'longitude';
/** `half`: of two that go together one is there. */
export type SiteProblem = 'missing' | 'number' | 'half';

export const newSite = (timeZone: string): SiteForm => ({
  name: '',
  address: '',
  latitude: '',
  longitude: '',
  timeZone,
});

const written = (degrees: number | null): string => (degrees === null ? '' : String(degrees));

export const formOf = ({ name, address, latitude, longitude, timeZone }: Site): SiteForm => ({
  name,
  address: address || '',
  latitude: written(latitude),
  longitude: written(longitude),
  timeZone,
});

/** Degrees with a point or a comma, and a minus however it is typed. @returns null: nothing; NaN: no degrees up to `most` */
export function readDegrees(typed: string, most: number): number | null {
  const text = typed.trim().replace(/[−–]/g, '-').replace(/°$/, '').replace(',', '.');
  if (text === '') return null;
  const value = /^[+-]?\d{1,3}(\.\d{1,12})?$/.test(text) ? Number(text) : NaN;
  return Math.abs(value) <= most ? value : NaN;
}

/** Degrees with a comma need a space or a semicolon between them: `52,52` is one number. */
const PAIRS = [
  /^([+-]?\d{1,2}\.\d+)°?\s*,\s*([+-]?\d{1,3}\.\d+)°?$/,
  /^([+-]?\d{1,2}(?:[.,]\d+)?)°?\s*(?:[,;]\s+|;|\s)\s*([+-]?\d{1,3}(?:[.,]\d+)?)°?$/,
];

/** `52.52, 13.405` as maps give it to whoever copies a place; null: it is not a pair. */
export function readPair(typed: string): { latitude: string; longitude: string } | null {
  const text = typed.trim().replace(/[−–]/g, '-');
  for (const pair of PAIRS) {
    const [, latitude, longitude] = pair.exec(text) || [];
    if (latitude && longitude) return { latitude, longitude };
  }
  return null;
}

export function problemsOf(form: SiteForm): Partial<Record<SiteField, SiteProblem>> {
  const problems: Partial<Record<SiteField, SiteProblem>> = {};
  if (form.name.trim() === '') problems.name = 'missing';
  const [latitude, longitude] = [readDegrees(form.latitude, 90), readDegrees(form.longitude, 180)];
  if (Number.isNaN(latitude)) problems.latitude = 'number';
  else if (latitude === null && longitude !== null) problems.latitude = 'half';
  if (Number.isNaN(longitude)) problems.longitude = 'number';
  else if (longitude === null && latitude !== null) problems.longitude = 'half';
  return problems;
}

const bodyOf = (form: SiteForm) => ({
  name: form.name.trim(),
  address: form.address.trim() || null,
  latitude: readDegrees(form.latitude, 90),
  longitude: readDegrees(form.longitude, 180),
  timeZone: form.timeZone,
});
type Body = ReturnType<typeof bodyOf>;

/** What is sent: of a new site all of it, of one that is there what has changed. @returns null: nothing */
export function changesOf(before: SiteForm | null, now: SiteForm): Partial<Body> | null {
  const body = bodyOf(now);
  if (!before) return body;
  const then = bodyOf(before);
  const changed: Partial<Body> = {};
  if (body.name !== then.name) changed.name = body.name;
  if (body.address !== then.address) changed.address = body.address;
  if (body.timeZone !== then.timeZone) changed.timeZone = body.timeZone;
  // Half a place is none.
  if (body.latitude !== then.latitude || body.longitude !== then.longitude) {
    changed.latitude = body.latitude;
    changed.longitude = body.longitude;
  }
  return Object.keys(changed).length > 0 ? changed : null;
}

/** A map of the place, for whoever wants to see it; nothing of it is loaded here. */
export const mapOf = (latitude: number, longitude: number): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
