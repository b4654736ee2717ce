import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, harmless, tsvOf } from '#schemas/presentation/separated.ts';
import { matches } from '#schemas/presentation/text.ts';

const columns = [
  { heading: '=名称', kind: 'text' as const },
  { heading: 'n', kind: 'number' as const, decimals: 2 },
  { heading: 'share', kind: 'share' as const },
];
const csv = (rows: (string | number | null)[][]): string => [...csvOf({ columns, rows })].join('');

/** Cells of a text as RFC 4180 reads it; what opens with a quote ends with one. */
function read(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += sign;
      at += 1;
    } else if (sign === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && sign === separator) {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (!quoted && sign === '\n') {
      rows.at(-1)?.push(cell.replace(/\r$/, ''));
      rows.push([]);
      cell = '';
    } else cell += sign;
  }
  return rows.slice(0, -1);
}

describe('a text that a spreadsheet would run stays a text', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['@a', "'@a"],
    ['-5', "'-5"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM', "'＠SUM"],
    ['﹦1', "'﹦1"],
    ['\u200B=1+1', "'=1+1"],
    ['\u2060\uFEFF =1', "' =1"],
    ['\u202E=1+1', "'=1+1"],
    ['\t=1', "' =1"],
    ['\rx', "' x"],
    ['"=1+1', `'"=1+1`],
    ['a;=1+1', "a;'=1+1"],
    ['a; "\u200B=1+1', `a; "'=1+1`],
    ['a;b;＝1', "a;b;'＝1"],
    ['一、做法；=', '一、做法；='],
    ['a-b=c', 'a-b=c'],
  ])('%j → %j', (text, written) => expect(harmless(text)).toBe(written));

  it('while negative numbers stay numbers', () => {
    expect(csv([['=1+1', -3, -0.5]])).toBe("\uFEFF'=名称,n,share\r\n'=1+1,-3.00,-0.5\r\n");
  });
});

describe('a table is read as it was written, whatever its names hold', () => {
  it('points are those of the screen, shares keep their digits', () => {
    expect(
      csv([
        ['a', 81.345, 0.285714],
        ['b', 59.995, 1],
        ['c', 11_090.5, null],
      ]),
    ).toBe("\uFEFF'=名称,n,share\r\na,81.35,0.285714\r\nb,60.00,1\r\nc,11090.50,\r\n");
  });

  it('one row each, in files and on the clipboard', () => {
    const sign = fc.constantFrom(
      '"',
      ',',
      ';',
      '\t',
      '\n',
      '\r',
      '\u2028',
      '\u0085',
      '=',
      ' ',
      '甲',
      'b',
      '\u200B',
    );
    const name = fc.array(sign, { maxLength: 8 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        const rows = names.map((text) => [text, 1, 0.5]);
        const told = names.map((text) => [harmless(text), '1.00', '0.5']);
        expect(read(csv(rows), ',').slice(1)).toEqual(told);
        expect(read(`${tsvOf({ columns, rows })}\n`, '\t').slice(1)).toEqual(told);
        expect(csv(rows).split('\n')).toHaveLength(names.length + 2);
        expect(tsvOf({ columns, rows }).split('\n')).toHaveLength(names.length + 1);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Guards against a unit that is found under one way of writing its name and not under the other. */
it.each([
  ['第３管理区', '3管理区'],
  ['第3管理区', '３管理'],
  ['Ｆarm-03', 'farm-03'],
  ['ＡＢＣ学校', 'abc'],
  ['ﾃｽﾄ', 'テスト'],
  ['STRASSE', 'strasse'],
  ['e\u0301cole', '\u00C9COLE'],
  ['a\u200Bb', 'ab'],
  ['一 二', '一\u3000二'],
])('%s is found by %s', (name, search) => expect(matches([name], search)).toBe(true));
