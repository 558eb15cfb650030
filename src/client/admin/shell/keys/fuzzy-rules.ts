export interface Match {
  /** higher is better */
  score: number;
  /** places in the text (UTF-16 units) that made it match, for marking */
  places: number[];
}

interface Folded {
  /** one entry per folded unit: the unit and its place in the text */
  units: string[];
  places: number[];
}

/** Without case and marks: `É` is `e`, `أ` is `ا`, `ß` is `ss`. */
function fold(text: string): Folded {
  const units: string[] = [];
  const places: number[] = [];
  let place = 0;
  for (const sign of text) {
    const plain = sign
      .normalize('NFD')
      .replace(/[\p{M}\u0640\u200e\u200f]/gu, '')
      .toLowerCase()
      .replace('ß', 'ss');
    for (const unit of plain) {
      units.push(unit);
      places.push(place);
    }
    place += sign.length;
  }
  return { units, places };
}

/** Letters further apart than this, in the middle of words, are there by accident. */
const MOST_BETWEEN = 8;
const WORD = /[\p{L}\p{N}]/u;
const isStart = (units: string[], at: number): boolean => at === 0 || !WORD.test(units[at - 1] || '');

/** One word of a query as a subsequence of the text: together and at the start of words is better than scattered. */
function matchWord(word: string[], { units }: Folded): { score: number; at: number[] } | null {
  let best: { score: number; at: number[] } | null = null;
  for (let from = 0; from < units.length; from += 1) {
    if (units[from] !== word[0]) continue;
    const at = [from];
    let score = isStart(units, from) ? 12 : 1;
    let last = from;
    for (const unit of word.slice(1)) {
      let next = units.indexOf(unit, last + 1);
      if (next < 0) break;
      // The start of a later word is what somebody means who types initials.
      if (next !== last + 1) {
        for (let place = next; place >= 0; place = units.indexOf(unit, place + 1)) {
          if (!isStart(units, place)) continue;
          next = place;
          break;
        }
      }
      const isFar = next - last > MOST_BETWEEN && !isStart(units, next);
      if (isFar) break;
      score += next === last + 1 ? 9 : isStart(units, next) ? 8 : last - next;
      at.push(next);
      last = next;
    }
    if (at.length < word.length) continue;
    score -= from * 0.2;
    if (!best || score > best.score) best = { score, at };
  }
  return best;
}

/** How well a query fits a text; every word of it has to. null: it does not. */
export function fuzzyMatch(query: string, text: string): Match | null {
  const folded = fold(text);
  const { units } = fold(query.trim());
  if (units.length === 0) return { score: 0, places: [] };
  let score = 0;
  const places = new Set<number>();
  for (const word of units.join('').split(/\s+/)) {
    const found = matchWord(Array.from(word), folded);
    // A match that costs more than it is worth is an accident.
    if (!found || found.score < 0) return null;
    score += found.score;
    for (const at of found.at) places.add(folded.places[at] || 0);
  }
  return { score: score - folded.units.length * 0.05, places: Array.from(places).sort((a, b) => a - b) };
}

/** The text in pieces, those that matched marked. */
export function marked(text: string, places: readonly number[]): { text: string; isHit: boolean }[] {
  const pieces: { text: string; isHit: boolean }[] = [];
  let place = 0;
  for (const sign of text) {
    const isHit = places.includes(place);
    const last = pieces[pieces.length - 1];
    if (last && last.isHit === isHit) last.text += sign;
    else pieces.push({ text: sign, isHit });
    place += sign.length;
  }
  return pieces;
}
