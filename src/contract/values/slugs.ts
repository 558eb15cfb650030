/* The address of an event: `launch-party`. Made from its name, and never mistakable for another. */

const SLUG_MAX_LENGTH = 63;

/** Letters that Unicode does not take apart into a plain one and a mark. */
const LETTERS: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  å: 'a',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '&': ' ',
  '’': '',
  "'": '',
};

/** Addresses that are something else, here or in the mind of whoever reads them. */
const RESERVED = `
  admin api app assets brand cdn console deleted docs draw draws e edit favicon healthz help i index
  local login logout mail me mine new none null platform proof robots screens security session
  settings signup sitemap static status support system theme undefined wall well-known www`
  .trim()
  .split(/\s+/);

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const trimHyphens = (text: string): string => text.replace(/-+/g, '-').replace(/^-|-$/g, '');

/**
 * The address a name suggests: `Müllers Hochzeit 2026` → `muellers-hochzeit-2026`. Empty where the name has
 * nothing that can stand in one, such as a name in Arabic.
 */
export function slugFromName(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßæœøåłđðþı&’']/g, (letter) => LETTERS[letter] || '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-');
  return trimHyphens(trimHyphens(plain).slice(0, SLUG_MAX_LENGTH));
}

/**
 * What is left of an address for the eye: without hyphens, and with one character for those that look the
 * same. Two addresses with one skeleton are taken for each other. `db/event-slugs.ts` does the same in SQL.
 */
export const skeletonOf = (slug: string): string =>
  slug.replace(/-/g, '').replace(/0/g, 'o').replace(/[1i]/g, 'l').replace(/rn/g, 'm').replace(/vv/g, 'w');

const RESERVED_SKELETONS = new Set(RESERVED.map(skeletonOf));

export type SlugRefusal = 'reserved' | 'id_shaped' | 'punycode';

/** @returns why an address that is well formed may still not be an event's; null when it may. */
export function slugRefusal(slug: string): SlugRefusal | null {
  if (ID.test(slug)) return 'id_shaped';
  if (slug.startsWith('xn--')) return 'punycode';
  return RESERVED_SKELETONS.has(skeletonOf(slug)) ? 'reserved' : null;
}

const ending = (base: string, end: string): string =>
  `${trimHyphens(base.slice(0, SLUG_MAX_LENGTH - end.length - 1))}-${end}`;

/**
 * Addresses to take instead of one that is not free, best first; each is well formed and may be taken
 * if no other event has its skeleton.
 * @param chance four characters of `a–z0–9`, so that one of them is free whatever has been taken
 */
export function slugCandidates(wanted: string, chance: string): string[] {
  const base = trimHyphens(wanted.replace(/^xn--/, '').slice(0, SLUG_MAX_LENGTH));
  const own = base === '' || ID.test(base) ? 'event' : slugRefusal(base) ? `event-${base}` : base;
  const numbered = ['2', '3', '4', '5', '6', '7', '8', '9'].map((number) => ending(own, number));
  const candidates = [...(own === wanted || own === 'event' ? [] : [own]), ...numbered, ending(own, chance)];
  return own === 'event' && base !== 'event' ? [ending('event', chance)] : candidates;
}
