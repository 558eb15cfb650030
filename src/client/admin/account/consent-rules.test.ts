import { describe, expect, it } from 'vitest';
import { consentWriteSchema } from '../../../contract/consent.ts';
import { draftOf, isChanged, readIn, textsOf, writtenIn } from './consent-rules.ts';

describe('the draft of a consent text', () => {
  it('is sent as the API takes it, without the languages that say nothing', () => {
    const texts = textsOf({ ...draftOf({ en: 'Words' }), de: '  \n', ar: ' نص ' });
    expect(texts).toEqual({ en: 'Words', ar: 'نص' });
    expect(consentWriteSchema.parse({ texts })).toEqual({ texts });
    expect(writtenIn(texts)).toEqual(['en', 'ar']);
  });
  it('is changed when it says something else, and not by a space at its end', () => {
    const texts = { en: 'Words' };
    expect(isChanged(draftOf(texts), texts)).toBe(false);
    expect(isChanged({ ...draftOf(texts), en: 'Words \n' }, texts)).toBe(false);
    expect(isChanged({ ...draftOf(texts), fr: 'Mots' }, texts)).toBe(true);
    expect(isChanged(draftOf({}), texts)).toBe(true);
  });
  it('is read in the reader’s language, else in English, else in any', () => {
    expect(readIn({ de: 'Worte', en: 'Words' }, 'de')).toBe('de');
    expect(readIn({ de: 'Worte', en: 'Words' }, 'ar')).toBe('en');
    expect(readIn({ de: 'Worte' }, 'ar')).toBe('de');
    expect(readIn({}, 'ar')).toBeNull();
  });
});
