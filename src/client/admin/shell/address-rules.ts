/** The parts of an address: `/admin/events/{event}/photos` at `/admin/events/ball/photos?x=1` → `{ event: 'ball' }`; null when it does not fit. */
export function matchAddress(pattern: string, address: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = pathOf(address).split('/').filter(Boolean);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part);
    const text = given[place] || '';
    if (!name || !name[1]) {
      if (part !== text) return null;
      continue;
    }
    try {
      params[name[1]] = decodeURIComponent(text);
    } catch {
      return null;
    }
  }
  return params;
}

/** The address of a pattern with its places filled in. */
export const addressOf = (pattern: string, params: Record<string, string> = {}): string =>
  pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] || ''));

/** Path alone, without query and fragment. */
export const pathOf = (address: string): string => address.split(/[?#]/)[0] || '';

/** How many parts of a pattern are fixed: `/events/new` goes before `/events/{event}`. */
const fixedParts = (pattern: string): number => pattern.split('/').filter((part) => part && part[0] !== '{').length;

/** The page whose pattern fits an address best; null when none does. */
export function pickPage<P extends { path: string }>(
  pages: readonly P[],
  address: string,
): { page: P; params: Record<string, string> } | null {
  let best: { page: P; params: Record<string, string> } | null = null;
  for (const page of pages) {
    const params = matchAddress(page.path, address);
    if (params && (!best || fixedParts(page.path) > fixedParts(best.page.path))) best = { page, params };
  }
  return best;
}
