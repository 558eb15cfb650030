import { describe, expect, it } from 'vitest';
import { readTableCode, TABLE_CODE } from '../../contract/table-codes.ts';
import { DomainError } from '../errors.ts';
import { makeCode, planTables } from './table-rules.ts';

const none: ReadonlySet<string> = new Set();
const codesOf = (...labels: string[]) =>
  planTables(
    labels.map((label) => ({ label })),
    [],
  ).map(({ code }) => code);
const refusalOf = (tables: { label: string; code?: string }[]) => {
  try {
    planTables(tables, []);
    return null;
  } catch (error) {
    return error instanceof DomainError ? error : null;
  }
};

describe('the code of a table', () => {
  it.each([
    ['7', '7'],
    ['Table 7', 'table-7'],
    ['Tisch Jäger & Söhne', 'tisch-jaeger-soehne'],
    ['Mesa de la Señora Núñez', 'mesa-de-la-senora-nunez'],
    ['Færøerne', 'faeroerne'],
    ['Стол Жанны', 'stol-zhanny'],
    ['Τραπέζι ώρα', 'trapezi-ora'],
    ['الطاولة ٧', 'altawla-7'],
    ['テーブル ７', '7'],
    ['=1+1', '1-1'],
    ['  -- x --  ', 'x'],
  ])('of “%s” is %s', (label, code) => {
    expect(makeCode(label, 0, none)).toBe(code);
  });

  it('is the place in the list where nothing of the label can be written in an address', () => {
    expect(codesOf('🎉', '花嫁', '新郎')).toEqual(['t1', 't2', 't3']);
  });

  it('is nobody else’s, and always fits an address', () => {
    expect(codesOf('Ä', 'Ae', 'ae!')).toEqual(['ae', 'ae-2', 'ae-3']);
    const long = 'W'.repeat(70);
    for (const code of codesOf(...Array.from({ length: 120 }, (_, n) => `${long} ${'!'.repeat(n % 7)}${n}`))) {
      expect(code).toMatch(TABLE_CODE);
    }
  });

  it('stays with its table when the label changes, so that printed cards lead to the same table', () => {
    const before = [
      { code: 'table-7', label: 'Table 7' },
      { code: 'table-8', label: 'Table 8' },
    ];
    const after = planTables(
      [{ label: 'Bride’s parents', code: 'table-7' }, { label: 'Table 7' }, { label: ' table  8' }],
      before,
    );
    expect(after).toEqual([
      { code: 'table-7', label: 'Bride’s parents' },
      { code: 'table-7-2', label: 'Table 7' },
      { code: 'table-8', label: 'table  8' },
    ]);
    expect(planTables(after, after)).toEqual(after);
  });
});

describe('a list of tables', () => {
  it('takes formulas, emoji and right-to-left text for what they are: text', () => {
    const labels = ['=HYPERLINK("http://evil.example")', '+1 guests', '-2', '@home', '👨‍👩‍👧', 'طاولة العروس', '<b>7</b>'];
    expect(
      planTables(
        labels.map((label) => ({ label })),
        [],
      ).map(({ label }) => label),
    ).toEqual(labels);
  });

  it.each([
    ['empty', ''],
    ['made of spaces', ' \u00a0\u2003'],
    ['made of what nobody sees', '\u200b\u200f'],
    ['longer than eighty characters', 'x'.repeat(81)],
    ['with a line break', 'Table\n7'],
    ['with a control character', 'Table\u00007'],
    ['with a direction override', 'Table \u202e7'],
    ['with an isolate', '\u20667'],
    ['with half an emoji', '\ud83d'],
  ])('is refused for a label %s, and says which', (_, label) => {
    const refusal = refusalOf([{ label: 'fine' }, { label }]);
    expect(refusal?.code).toBe('tables.invalid');
    expect(refusal?.fields?.map(({ path }) => path)).toEqual(['body.tables.1.label']);
  });

  it('counts characters and not their bytes', () => {
    expect(refusalOf([{ label: '🎉'.repeat(80) }])).toBeNull();
    expect(refusalOf([{ label: '🎉'.repeat(81) }])?.code).toBe('tables.invalid');
  });

  it('is refused with a label or a code twice', () => {
    expect(refusalOf([{ label: 'Family' }, { label: ' FAMILY ' }])?.fields).toHaveLength(1);
    expect(
      refusalOf([
        { label: 'a', code: '7' },
        { label: 'b', code: '7' },
      ])?.fields?.[0]?.path,
    ).toBe('body.tables.1.code');
  });

  it('ends at five hundred', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => ({ label: `Table ${n}` }));
    expect(refusalOf(many(500))).toBeNull();
    expect(refusalOf(many(501))?.message).toContain('500');
  });
});

describe('the code of an address', () => {
  it.each([
    ['7', '7'],
    [' Table-7 ', 'table-7'],
    ['', undefined],
    ['-7', undefined],
    ['7<script>', undefined],
    ['x'.repeat(33), undefined],
    [undefined, undefined],
    [7, undefined],
  ])('%j is %j', (given, code) => {
    expect(readTableCode(given)).toBe(code);
  });
});
