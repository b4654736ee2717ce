import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { type ImportDoor, importSheet } from '#ingest/intake/imports/importing.ts';
import { openSheet } from '#ingest/intake/sheets/openSheet.ts';
import { createSheetNotes } from '#ingest/intake/sheets/sheetNotes.ts';
import type { StateView } from '#ingest/state/state.ts';

/** Files as other programs write them: every row is read as it is shown, or told; nothing is left out in silence. */

const nothing: StateView = { get: () => undefined };
const door: ImportDoor = { look: async (_, use) => use(nothing), submit: async () => [] };
const context = { kind: 'units', sender: { role: 'organisation' }, id: 'i-1' } as const;
const HEADS = ['编号', '名称', '类别', '班子人数', '一把手', '起始日期'];

/** Each row as `2 new u-1`, a refused one with what is wrong. */
async function readOf(bytes: Uint8Array): Promise<string[]> {
  const { rows } = await importSheet(door, openSheet(bytes), context, { language: 'en' });
  return rows.map(({ row, status, id, problems }) =>
    [row, status, id, ...problems.map(({ column, message }) => `${column} ${message}`)].join(' '),
  );
}
const read = (lines: readonly string[], end = '\n') => readOf(strToU8(lines.join(end)));

const unit = (index: number): string[] => [`u-${index}`, `甲${index}`, 'farm', '8', `m-${index}`];

describe('given delimited text', () => {
  const heads = HEADS.slice(0, 5);

  it.each([
    ['semicolons, and more commas in every row', ';', (name: string) => `${name},a,b,c,d,e,f`],
    ['commas, and more semicolons in every row', ',', (name: string) => `${name};a;b;c;d;e;f`],
    ['tabs, and more commas in every row', '\t', (name: string) => `${name},a,b,c,d,e,f`],
  ])('%s: the sign between the heads sets cells apart', async (_, sign, name) => {
    const rows = [1, 2, 3].map(unit).map(([id = '', called = '', ...rest]) => [id, name(called), ...rest]);
    expect(await read([heads, ...rows].map((cells) => cells.join(sign)))).toEqual([
      '2 new u-1',
      '3 new u-2',
      '4 new u-3',
    ]);
  });

  it('its first line says which sign it is, as Excel writes it', async () => {
    expect(await read(['sep=|', heads.join('|'), unit(1).join('|')], '\r\n')).toEqual(['3 new u-1']);
  });

  it.each([
    ['\r', '\n', '\r\n'],
    ['\r\n', '\n', '\r'],
    ['\n', '\r\n', '\r'],
  ])('lines that end in %j, %j and %j are lines', async (first, second, third) => {
    const [one, two, three] = [1, 2, 3].map((index) => unit(index).join(','));
    const text = `${heads.join(',')}${first}${one}${second}${two}${third}${three}`;
    expect(await readOf(strToU8(text))).toEqual(['2 new u-1', '3 new u-2', '4 new u-3']);
  });
});

type Tab = { name: string; body: string; state?: string; type?: string };
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

function workbook(tabs: readonly Tab[]): Uint8Array {
  const each = (text: (tab: Tab, index: number) => string): string => tabs.map(text).join('');
  const folder = ({ type = 'worksheet' }: Tab) => `${type}s`;
  const packageOf = 'http://schemas.openxmlformats.org/package/2006';
  const relationships = `<Relationships xmlns="${packageOf}/relationships">`;
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${packageOf}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `${relationships}<Relationship Id="r" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each(({ name, state }, at) => `<sheet name="${name}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="r${at}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${relationships}${each((tab, at) => `<Relationship Id="r${at}" Type="${OFFICE}/${tab.type ?? 'worksheet'}" Target="${folder(tab)}/sheet${at}.xml"/>`)}</Relationships>`,
    ...Object.fromEntries(tabs.map((tab, at) => [`xl/${folder(tab)}/sheet${at}.xml`, tab.body])),
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

const text = (place: string, value: string, x = ''): string =>
  `<${x}c r="${place}" t="inlineStr"><${x}is><${x}t>${value}</${x}t></${x}is></${x}c>`;
const line = (row: number, values: readonly (string | undefined)[], more = '', x = ''): string =>
  `<${x}row r="${row}">${values.map((value, at) => (value === undefined ? '' : text(`${'ABCDEF'[at]}${row}`, value, x))).join('')}${more}</${x}row>`;
const list = (rows: string, behind = '', x = ''): string =>
  `<${x}worksheet xmlns${x ? ':x' : ''}="${MAIN}"><${x}sheetData>${line(1, HEADS, '', x)}${rows}</${x}sheetData>${behind}</${x}worksheet>`;

describe('given a formula whose result the program left to Excel', () => {
  it.each([
    ['no value', '', ''],
    ['an empty value', '<v></v>', ''],
    ['an empty value in one tag', '<v />', ''],
    ['an empty value, every tag with a prefix', '<x:v></x:v>', 'x:'],
  ])('%s: the cell is named, also where it might be left empty', async (_, value, x) => {
    const since = `<${x}c r="F2"><${x}f>TODAY()</${x}f>${value}</${x}c>`;
    const tab = { name: 'a', body: list(line(2, unit(1), since, x) + line(3, unit(2), '', x), '', x) };
    const [row = '', ...rest] = await readOf(workbook([tab]));
    expect(row).toContain('2 refused u-1 起始日期 holds a formula without a result');
    expect(rest).toEqual(['3 new u-2']);
  });

  it('an empty text is a result', async () => {
    const since = '<c r="F2" t="str"><f>IF(1,"")</f><v></v></c>';
    expect(await readOf(workbook([{ name: 'a', body: list(line(2, unit(1), since)) }]))).toEqual([
      '2 new u-1',
    ]);
  });
});

describe('given merged cells', () => {
  const merged = (ref: string) => `<mergeCells count="1"><mergeCell ref="${ref}"/></mergeCells>`;

  it('a row that one covers is told, also in a column that may stay empty', async () => {
    const rows = [1, 2, 3, 4].map((index) =>
      line(index + 1, [...unit(index), index === 1 ? '2026-01-05' : undefined]),
    );
    const told = await readOf(workbook([{ name: 'a', body: list(rows.join(''), merged('F2:F4')) }]));
    const why = '起始日期 merged with the cell above';
    expect(told.map((row) => row.split(',')[0])).toEqual([
      '2 new u-1',
      `3 refused u-2 ${why}`,
      `4 refused u-3 ${why}`,
      '5 new u-4',
    ]);
  });

  it('rows that they make higher, and ranges beyond all bounds, are no rows', async () => {
    const body = list(line(3, unit(1)), `${merged('A1:F2')}${merged('A4:XFD1048576')}`);
    expect(await readOf(workbook([{ name: 'a', body }]))).toEqual(['3 new u-1']);
  });
});

describe('given several tabs', () => {
  const shown = (index: number): Tab => ({ name: `s${index}`, body: list(line(2, unit(index))) });

  test.each(['hidden', 'veryHidden'])('what is shown is read, and what is %s is told', async (state) => {
    const [row, other = '', ...rest] = await readOf(workbook([{ ...shown(1), state }, shown(2)]));
    expect(row).toBe('2 new u-2');
    expect(other).toContain('The sheet “s1” is such a list too, and was not read');
    expect(rest).toEqual([]);
  });

  test('a tab that is a chart is passed over', async () => {
    const chart = { name: '图', type: 'chartsheet', body: '<chartsheet><drawing/></chartsheet>' };
    expect(await readOf(workbook([chart, shown(1), chart]))).toEqual(['2 new u-1']);
  });
});

describe('given a sheet that was written to hold its reader up', () => {
  it.each([
    ['tags of merged cells that never end', '<mergeCell ref="A1:A2" '],
    ['tags of rows that never end', '<row hidden="1" '],
    ['merged cells from right to left, over all rows', '<mergeCell ref="B1:A1048576"/>'],
  ])('%s: every sign is passed once', (_, part) => {
    const { push, notes } = createSheetNotes();
    push(strToU8(`<worksheet>${part.repeat(200_000)}<row r="1"></row>`));
    expect(notes.covered.size).toBe(0);
  });
});
