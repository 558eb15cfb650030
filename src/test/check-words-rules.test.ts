import { describe, expect, it } from 'vitest';
import { unusedWords } from './check-words-rules.ts';

const unused = (source: string, keys = ['planted']) => unusedWords({ guest: keys }, [source]);

describe('a key of the catalogue', () => {
  it('that nobody says is found', () => {
    expect(unused("t('add'); say.guest(`other`);")).toEqual(['guest.planted']);
  });

  it.each(["t('planted')", 't("planted")', 't(`planted`)', "translate(locale, 'guest.planted')"])(
    'is used by %s',
    (source) => {
      expect(unused(source)).toEqual([]);
    },
  );

  it('made of pieces is used, and those that do not fit are not', () => {
    expect(unused('t(`${kind}Text`)', ['pausedText', 'pausedTitle'])).toEqual(['guest.pausedTitle']);
    expect(unused('t(`tab${name}`)', ['tabPending', 'table'])).toEqual(['guest.table']);
  });

  it('is not used by words that only contain it, nor by a template of nothing but a piece', () => {
    expect(
      unused("'a planted tree'; planted(); words.planted; import './planted.ts'; `${planted}`; `${a} ${b}`"),
    ).toEqual(['guest.planted']);
  });
});
