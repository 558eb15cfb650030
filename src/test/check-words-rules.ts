// Which words nobody says: a key counts as used when a source file has it as a whole string.

/** Something like `t(`${kind}Text`)`: keys made of pieces, written as a pattern in which `*` stands for the piece. */
export type Pattern = string;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Every string of one source text, in whichever quotes. */
function mentioned(source: string): { whole: Set<string>; patterns: Set<Pattern> } {
  const whole = new Set<string>();
  const patterns = new Set<Pattern>();
  for (const [, , text = ''] of source.matchAll(/(['"])((?:\\.|(?!\1)[^\\\n])*)\1/g)) whole.add(text);
  for (const [, text = ''] of source.matchAll(/`([^`\n]*)`/g)) {
    if (!text.includes('${')) whole.add(text);
    else patterns.add(text.replaceAll(/\$\{[^{}]*\}/g, '*'));
  }
  return { whole, patterns };
}

/** A pattern that is nothing but a piece, or has spaces, says nothing about keys. */
const isTelling = (pattern: Pattern): boolean => /^[\w.*]+$/.test(pattern) && pattern.replaceAll('*', '').length >= 3;

/** Keys are in camel case, so a piece that follows a letter begins with a capital or a digit. */
const toRegExp = (pattern: Pattern): RegExp =>
  new RegExp(
    `^${escape(pattern)
      .replaceAll(/(?<=\w)\\\*/g, '[A-Z0-9]\\w*')
      .replaceAll('\\*', '\\w+')}$`,
  );

/**
 * @param parts keys of every part, as `{ guest: ['add', …] }`
 * @param sources the text of every file that may say something, catalogues and tests not among them
 * @returns `part.key` of every key that no source mentions
 */
export function unusedWords(parts: Record<string, readonly string[]>, sources: readonly string[]): string[] {
  const whole = new Set<string>();
  const telling: RegExp[] = [];
  for (const source of sources) {
    const found = mentioned(source);
    for (const text of found.whole) whole.add(text);
    for (const pattern of found.patterns) {
      if (isTelling(pattern)) telling.push(toRegExp(pattern));
    }
  }
  const isSaid = (part: string, key: string) =>
    whole.has(key) || whole.has(`${part}.${key}`) || telling.some((one) => one.test(key) || one.test(`${part}.${key}`));
  return Object.entries(parts).flatMap(([part, keys]) =>
    keys.filter((key) => !isSaid(part, key)).map((key) => `${part}.${key}`),
  );
}
