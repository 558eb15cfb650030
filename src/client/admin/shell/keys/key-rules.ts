/** As much of a keyboard event as is read here. */
export interface Stroke {
  key: string;
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** After the first key of `g p`, the second has this long. */
export const SEQUENCE_MS = 1_500;

/**
 * The name of a stroke as commands give it: `a`, `Shift+a`, `mod+k` (⌘ or Ctrl), `ArrowLeft`, `Space`, `?`.
 * Where the keyboard writes another script, a letter is the one in its place on a Latin keyboard.
 * @returns null for a modifier by itself
 */
export function strokeName({ key, code, shiftKey, ctrlKey, metaKey, altKey }: Stroke): string | null {
  if (key === 'Shift' || key === 'Control' || key === 'Meta' || key === 'Alt' || key === 'AltGraph') return null;
  const place = /^Key([A-Z])$/.exec(code);
  let name = key;
  if (key === ' ') name = 'Space';
  else if (key === '؟') name = '?';
  else if (key.length === 1 && key > '~' && place && place[1]) name = place[1];
  const isLetter = /^[A-Za-z]$/.test(name);
  if (isLetter) name = name.toLowerCase();
  // A sign such as `?` is already what Shift makes of its key.
  if (shiftKey && (isLetter || name.length > 1)) name = `Shift+${name}`;
  if (altKey && !(ctrlKey && !isLetter)) name = `Alt+${name}`;
  return ctrlKey || metaKey ? `mod+${name}` : name;
}

/** The first key of a sequence that waits for its second. */
export interface Pending {
  first: string;
  /** milliseconds */
  at: number;
}

/**
 * One more key. `bindings`: all that is bound, such as `a` and `g p`.
 * @returns what it came to: a binding, or the first half of one, or nothing
 */
export function advance(
  pending: Pending | null,
  name: string,
  now: number,
  bindings: readonly string[],
): { pending: Pending | null; matched: string | null } {
  if (pending && now - pending.at <= SEQUENCE_MS) {
    const sequence = `${pending.first} ${name}`;
    if (bindings.includes(sequence)) return { pending: null, matched: sequence };
  }
  if (bindings.some((binding) => binding.indexOf(`${name} `) === 0)) {
    return { pending: { first: name, at: now }, matched: null };
  }
  return { pending: null, matched: bindings.includes(name) ? name : null };
}

const TEXT_INPUT = /^(text|search|email|password|url|tel|number|date|time|datetime-local|month|week|)$/;
const OWN_ARROWS =
  'select,video,input[type=radio],input[type=range],[role=tablist],[role=radiogroup],[role=menu],[role=listbox],[role=grid],[role=slider]';
const OWN_PRESS =
  'a[href],button,summary,input,video,[role=button],[role=tab],[role=menuitem],[role=option],[role=switch]';

/** As much of an element as decides who a key is for. */
export interface Target {
  tagName: string;
  type?: string;
  isContentEditable?: boolean;
  closest(selectors: string): unknown;
}

/** Whether somebody writes there, so that letters are letters. */
export function isTyping(target: Target | null): boolean {
  if (!target) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return target.tagName === 'INPUT' && TEXT_INPUT.test(target.type || '');
}

/** Whether the element that has the focus needs this key itself: a button its space, a row of tabs its arrows. */
export function isOwnKey(target: Target | null, name: string): boolean {
  if (!target) return false;
  const plain = name.replace(/^Shift\+/, '');
  if (/^(Arrow|Home$|End$|Page)/.test(plain)) return Boolean(target.closest(OWN_ARROWS));
  if (plain === 'Space' || plain === 'Enter') return Boolean(target.closest(OWN_PRESS));
  return false;
}

const SIGNS: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Enter: '↵',
};

/** How a binding is written for people: `mod+k` → `['⌘', 'K']` on a Mac, `['Ctrl', 'K']` elsewhere. */
export function keyCaps(binding: string, isMac: boolean, words: { space: string }): string[] {
  const caps: string[] = [];
  for (const stroke of binding.split(' ')) {
    const parts = stroke.split('+').filter(Boolean);
    for (const part of parts.length > 0 ? parts : ['+']) {
      if (part === 'mod') caps.push(isMac ? '⌘' : 'Ctrl');
      else if (part === 'Shift') caps.push('⇧');
      else if (part === 'Alt') caps.push(isMac ? '⌥' : 'Alt');
      else if (part === 'Space') caps.push(words.space);
      else caps.push(SIGNS[part] || (part.length === 1 ? part.toUpperCase() : part));
    }
  }
  return caps;
}
