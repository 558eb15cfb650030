import { describe, expect, it } from 'vitest';
import {
  advance,
  isOwnKey,
  isTyping,
  keyCaps,
  SEQUENCE_MS,
  strokeName,
  type Stroke,
  type Target,
} from './key-rules.ts';

const stroke = (key: string, over: Partial<Stroke> = {}): Stroke => ({
  key,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...over,
});
/** An element that is found by the selectors in `is`. */
const element = (tagName: string, type: string, ...is: string[]): Target => ({
  tagName,
  type,
  closest: (selectors) => (is.some((one) => selectors.split(',').includes(one)) ? {} : null),
});

describe('the name of a stroke', () => {
  it.each([
    ['a letter', stroke('a'), 'a'],
    ['a letter under Caps Lock', stroke('A'), 'a'],
    ['a letter with Shift', stroke('A', { shiftKey: true }), 'Shift+a'],
    ['a sign that Shift makes', stroke('?', { shiftKey: true }), '?'],
    ['the question mark of an Arabic keyboard', stroke('؟', { shiftKey: true, code: 'Slash' }), '?'],
    ['an Arabic letter: the key in that place', stroke('ش', { code: 'KeyA' }), 'a'],
    ['a Cyrillic letter with Ctrl', stroke('л', { code: 'KeyK', ctrlKey: true }), 'mod+k'],
    ['⌘ and a letter', stroke('k', { metaKey: true }), 'mod+k'],
    ['the space bar', stroke(' '), 'Space'],
    ['an arrow with Shift', stroke('ArrowLeft', { shiftKey: true }), 'Shift+ArrowLeft'],
    ['Alt and a letter', stroke('a', { altKey: true }), 'Alt+a'],
    ['a German letter that is on no Latin key', stroke('ö', { code: 'Semicolon' }), 'ö'],
    ['a modifier by itself', stroke('Shift', { shiftKey: true }), null],
  ])('is right for %s', (_, given, name) => {
    expect(strokeName(given)).toBe(name);
  });
});

describe('a sequence of keys', () => {
  const bindings = ['a', 'g p', 'g a', '?'];

  it('waits for its second key, which then means the sequence and not itself', () => {
    const first = advance(null, 'g', 0, bindings);
    expect(first).toEqual({ pending: { first: 'g', at: 0 }, matched: null });
    expect(advance(first.pending, 'a', 300, bindings)).toEqual({ pending: null, matched: 'g a' });
  });

  it('is over when the second key comes late or is another', () => {
    const { pending } = advance(null, 'g', 0, bindings);
    expect(advance(pending, 'a', SEQUENCE_MS + 1, bindings).matched).toBe('a');
    expect(advance(pending, 'x', 10, bindings)).toEqual({ pending: null, matched: null });
    expect(advance(pending, '?', 10, bindings).matched).toBe('?');
  });

  it('begins anew with its first key', () => {
    const { pending } = advance(null, 'g', 0, bindings);
    const again = advance(pending, 'g', 900, bindings);
    expect(again.pending).toEqual({ first: 'g', at: 900 });
    expect(advance(again.pending, 'p', 2_000, bindings).matched).toBe('g p');
  });
});

describe('a key belongs to', () => {
  it('whoever writes', () => {
    expect(isTyping(element('INPUT', 'search'))).toBe(true);
    expect(isTyping(element('TEXTAREA', ''))).toBe(true);
    expect(isTyping(element('SELECT', 'select-one'))).toBe(true);
    expect(isTyping({ ...element('DIV', ''), isContentEditable: true })).toBe(true);
    expect(isTyping(element('INPUT', 'checkbox'))).toBe(false);
    expect(isTyping(element('BUTTON', 'submit'))).toBe(false);
    expect(isTyping(null)).toBe(false);
  });

  it('the control that needs it', () => {
    expect(isOwnKey(element('BUTTON', '', 'button'), 'Space')).toBe(true);
    expect(isOwnKey(element('BUTTON', '', 'button'), 'a')).toBe(false);
    expect(isOwnKey(element('BUTTON', '', 'button', '[role=tablist]'), 'ArrowLeft')).toBe(true);
    expect(isOwnKey(element('BUTTON', '', 'button'), 'ArrowLeft')).toBe(false);
    expect(isOwnKey(element('H1', ''), 'Space')).toBe(false);
  });
});

it('keys are written as they are printed', () => {
  const words = { space: 'Space' };
  expect(keyCaps('mod+k', true, words)).toEqual(['⌘', 'K']);
  expect(keyCaps('mod+k', false, words)).toEqual(['Ctrl', 'K']);
  expect(keyCaps('g p', false, words)).toEqual(['G', 'P']);
  expect(keyCaps('Shift+ArrowLeft', false, words)).toEqual(['⇧', '←']);
  expect(keyCaps('Space', false, words)).toEqual(['Space']);
  expect(keyCaps('+', false, words)).toEqual(['+']);
});
