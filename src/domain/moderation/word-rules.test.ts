import { describe, expect, it } from 'vitest';
import { hasAnyWord, wordFlags } from './word-rules.ts';

const finds = (word: string, text: string) => hasAnyWord(text, [word]);

describe('a word is found', () => {
  it.each([
    ['bad', 'a bad photo'],
    ['bad', 'BAD!'],
    ['Bad', '“bad”…'],
    ['bad', 'so-bad'],
    ['bad', 'bad_word'],
    ['idiot', "that idiot's face"],
    ['bad', 'bad💩'],
    ['bad', '👩‍👩‍👧bad👍🏽'],
    ['two words', 'here are TWO   words.'],
    ['two-words', 'two words'],
    ["don't", 'don’t'],
  ])('%s in “%s”', (word, text) => expect(finds(word, text)).toBe(true));

  it.each([
    ['German', 'Scheiße', 'so eine SCHEISSE'],
    ['German', 'blöd', 'Blod'],
    ['German', 'blod', 'blöd'],
    ['French', 'enculé', 'ENCULE'],
    ['French', 'cœur', 'Coeur'],
    ['French', 'ça', 'CA'],
    ['Spanish', 'cabrón', 'CABRON'],
    ['Spanish', 'coño', 'cono'],
    ['English', 'naïve', 'naive'],
    ['Danish', 'røv', 'rov'],
    ['Polish', 'łajza', 'LAJZA'],
    ['Turkish', 'ISLIK', 'ıslık'],
    ['Turkish', 'istanbul', 'İSTANBUL'],
    ['Greek', 'κακός', 'ΚΑΚΟΣ'],
    ['Russian', 'плохой', 'ПЛОХОЙ'],
  ])('without regard to case and accents (%s): %s in “%s”', (_language, word, text) =>
    expect(finds(word, text)).toBe(true),
  );

  it.each([
    ['with vowel signs', 'كلب', 'كَلْب'],
    ['made longer', 'كلب', 'كــلـــب'],
    ['with an article', 'كلب', 'هذا الكلب'],
    ['with and', 'كلب', 'وكلب'],
    ['with and the', 'كلب', 'والكلب'],
    ['with for the', 'كلب', 'للكلب'],
    ['with like the', 'كلب', 'كالكلب'],
    ['another alef', 'احمق', 'أحمق'],
    ['another alef', 'أحمق', 'إحمق'],
    ['teh marbuta', 'حماره', 'حمارة'],
    ['alef maqsura', 'غبي', 'غبى'],
    ['Persian letters', 'کلب', 'كلب'],
    ['presentation forms', 'كلب', 'ﻛﻠﺐ'],
    ['between direction marks', 'كلب', '\u202bكلب\u202c'],
    ['before punctuation', 'كلب', 'كلب، نعم؟'],
    ['Eastern digits', 'رقم 13', 'رقم ١٣'],
  ])('in Arabic, %s: %s in “%s”', (_how, word, text) => expect(finds(word, text)).toBe(true));

  it.each([
    ['a zero-width space', 'b\u200bad'],
    ['a zero-width joiner', 'ba\u200dd'],
    ['a soft hyphen', 'b\u00adad'],
    ['a word joiner', 'b\u2060a\u2060d'],
    ['a byte order mark', '\ufeffbad'],
    ['direction marks', 'b\u200e\u200fad'],
    ['a combining grapheme joiner', 'b\u034fad'],
    ['a Hangul filler', 'b\u3164ad'],
    ['a variation selector', 'b\ufe0fad'],
    ['stacked marks', 'b\u0301\u0302\u0303a\u0336d\u0335'],
    ['full-width letters', 'ｂａｄ'],
    ['mathematical letters', '𝐛𝐚𝐝'],
    ['letters in circles', 'ⓑⓐⓓ'],
    ['spaced letters', 'b a d'],
    ['dotted letters', 'b.a.d'],
    ['letters with stars', 'B*A*D'],
    ['letters on lines', 'b\na\nd'],
  ])('behind %s', (_trick, text) => expect(finds('bad', text)).toBe(true));

  it.each([
    ['Chinese', '坏蛋', '你这个坏蛋啊'],
    ['Japanese', 'ばか', 'このばかやろう'],
    ['Thai', 'ควาย', 'ไอ้ควายนี่'],
  ])('within a line where words have no spaces (%s)', (_language, word, text) => expect(finds(word, text)).toBe(true));
});

describe('a word is not found', () => {
  it.each([
    ['inside a longer one', 'ass', 'first class passage'],
    ['inside a longer one', 'Arsch', 'Marschmusik'],
    ['inside a longer one', 'con', 'conseil'],
    ['inside a place', 'Sex', 'Essex'],
    ['with digits for letters', 'bad', 'b4d'],
    ['in part of a phrase', 'two words', 'two other words'],
    ['across the end of a phrase', 'two words', 'words two'],
    ['with another vowel of another script', 'कि', 'का'],
    ['with another Japanese sound', 'がき', 'かき'],
    ['in a longer Arabic one', 'كلب', 'كلباسة'],
    ['where a prefix is all there is', 'ال', 'البيت'],
    ['between two spaced letters', 'ad', 'plan a d'],
  ])('%s: %s in “%s”', (_where, word, text) => expect(finds(word, text)).toBe(false));

  it('in nothing, or with an empty list, or by an entry without letters', () => {
    expect(hasAnyWord(null, ['bad'])).toBe(false);
    expect(hasAnyWord('', ['bad'])).toBe(false);
    expect(hasAnyWord('bad', [])).toBe(false);
    expect(hasAnyWord('💩 …', ['💩', ''])).toBe(false);
  });
});

describe('what the lists say of a photo', () => {
  const lists = { holdWords: ['maybe'], blockWords: ['never'] };

  it.each([
    ['a fine caption', 'Ada', []],
    ['maybe', 'Ada', ['words_held']],
    ['fine', 'Maybe Ada', ['words_held']],
    ['never', null, ['words_hidden']],
    ['maybe never', null, ['words_held', 'words_hidden']],
    ['maybe', 'Never', ['words_held', 'words_hidden']],
    [null, null, []],
  ])('“%s” by %s: %j', (caption, name, flags) => expect(wordFlags(lists, [caption, name])).toEqual(flags));
});
