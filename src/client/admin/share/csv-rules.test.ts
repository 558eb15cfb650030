import { describe, expect, it } from 'vitest';
import { readCells, readTableNames, writeCsv } from './csv-rules.ts';

const labelsOf = (text: string, known: string[] = [], room = 500) => readTableNames(text, known, room).labels;

describe('a list of tables', () => {
  it.each([
    ['one name a line', 'Family\nFriends\n\n  Colleagues  \n', ['Family', 'Friends', 'Colleagues']],
    ['lines of Windows and of an old Mac', 'A\r\nB\rC', ['A', 'B', 'C']],
    ['the mark that says UTF-8', '\uFEFFTisch 1\nTisch 2', ['Tisch 1', 'Tisch 2']],
    ['commas', 'table,guests\nFamily,8\nFriends,6', ['Family', 'Friends']],
    ['semicolons', 'Nr;Tisch;Gäste\n1;Familie;8\n2;Freunde;6', ['Familie', 'Freunde']],
    ['tabs', 'Family\t8\nFriends\t6', ['Family', 'Friends']],
    ['a separator that the file names', 'sep=|\nFamily|8\nFriends|6', ['Family', 'Friends']],
    ['quoted cells', '"Smith, John";8\n"The ""Crew""";6\n"two\nlines";4', ['Smith, John', 'The "Crew"', 'two lines']],
    ['names with a comma in them', 'Anna, Ben and Cleo\nThe Smiths\nJo', ['Anna, Ben and Cleo', 'The Smiths', 'Jo']],
    ['a header of Arabic', 'الطاولة\nطاولة العروس', ['طاولة العروس']],
    ['a quote that never ends', '"Family\nFriends', ['Family Friends']],
    ['nothing', ' \n;;\n', []],
  ])('is read from %s', (_, text, labels) => {
    expect(labelsOf(text)).toEqual(labels);
  });

  it('lets somebody pick another column', () => {
    const text = '1;Family\n2;Friends';
    expect(readTableNames(text, [], 500)).toMatchObject({ columns: ['1', 'Family'], column: 0, hasHeader: false });
    expect(readTableNames(text, [], 500, 1).labels).toEqual(['Family', 'Friends']);
  });

  it('keeps formulas as the text they are, and says so', () => {
    const read = readTableNames('=HYPERLINK("http://x";"y")\n+1 guest\n-2\n@home\nplain', [], 500);
    expect(read.notes.formulas).toBe(4);
    expect(read.labels).toContain('+1 guest');
  });

  it('merges what is there twice, however it is written', () => {
    const read = readTableNames('Family\n FAMILY \nFriends\nfriends', ['Friends'], 500);
    expect(read).toMatchObject({ labels: ['Family'], notes: { duplicates: 3 } });
  });

  it('cuts what is too long between characters, and takes out what turns the text around it', () => {
    const read = readTableNames(`${'👩‍👩‍👧'.repeat(30)}\n\u202eevil\u0000 7`, [], 500);
    expect(Array.from(read.labels[0] || '')).toHaveLength(80);
    expect(read.labels[1]).toBe('evil 7');
    expect(read.notes.shortened).toBe(1);
  });

  it('ends where the event is full', () => {
    const text = Array.from({ length: 600 }, (_, n) => `Table ${n}`).join('\n');
    expect(readTableNames(text, [], 500)).toMatchObject({ notes: { over: 100 } });
    expect(labelsOf(text, [], 0)).toEqual([]);
  });
});

describe('an export', () => {
  const rows = [
    ['=1+1', 2],
    ['+a', -1],
    ['-b', 0],
    ['@c', 0],
    ['a "b"; c', 0],
  ];

  it('has no cell that a spreadsheet calculates', () => {
    const cells = readCells(writeCsv(rows, ';'));
    for (const [label] of cells) expect(label).not.toMatch(/^[=+\-@]/);
    expect(cells[1]).toEqual(["'+a", '-1']);
  });

  it('is read again as what it was', () => {
    const text = writeCsv([['Table', 'Guests'], ...rows], ';');
    expect(labelsOf(text)).toEqual(rows.map(([label]) => label));
    expect(text.startsWith('\uFEFF')).toBe(true);
  });
});
