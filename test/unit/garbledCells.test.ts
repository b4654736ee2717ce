import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type ImportDoor, importSheet } from '#ingest/intake/imports/importing.ts';
import { openSheet } from '#ingest/intake/sheets/openSheet.ts';
import { SheetRefused } from '#ingest/intake/sheets/refused.ts';
import type { StateView } from '#ingest/state/state.ts';

/** A slip in one cell is that row's; the file is refused as a whole only where nobody could say what it is. */

const nothing: StateView = { get: () => undefined };
const door: ImportDoor = { look: async (_, use) => use(nothing), submit: async () => [] };
const context = { kind: 'units', sender: { role: 'organisation' }, id: 'i-1' } as const;

/** `甲` in each encoding. */
const NAME: Readonly<Record<string, number[]>> = {
  'UTF-8': [0xe7, 0x94, 0xb2],
  GB18030: [0xbc, 0xd7],
  'UTF-16LE': [0x32, 0x75],
  'UTF-16BE': [0x75, 0x32],
};
const HEADS: Readonly<Record<string, number[]>> = {
  GB18030: [
    0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xc0, 0xe0, 0xb1, 0xf0, 0x2c, 0xb0, 0xe0,
    0xd7, 0xd3, 0xc8, 0xcb, 0xca, 0xfd, 0x2c, 0xd2, 0xbb, 0xb0, 0xd1, 0xca, 0xd6,
  ],
};
const CHINESE_HEADS = '编号,名称,类别,班子人数,一把手';

const wide = (text: string, big: boolean): number[] =>
  [...Buffer.from(text, 'utf16le')].map((byte, at, all) =>
    big ? (all[at % 2 ? at - 1 : at + 1] ?? 0) : byte,
  );
const asBytes = (encoding: string, text: string): number[] =>
  encoding.startsWith('UTF-16') ? wide(text, encoding.endsWith('BE')) : [...Buffer.from(text, 'utf8')];
const MARK: Readonly<Record<string, number[]>> = { 'UTF-16LE': [0xff, 0xfe], 'UTF-16BE': [0xfe, 0xff] };

/** Four rows; `slip` stands in the name of the second. */
function fileOf(encoding: string, slip: readonly number[]): Uint8Array {
  const text = (part: string) => asBytes(encoding, part);
  const row = (at: number, name: readonly number[]) => [
    ...text(`u-${at},`),
    ...name,
    ...text(`,farm,8,m-${at}\n`),
  ];
  const name = NAME[encoding] ?? [];
  return Uint8Array.from([
    ...(MARK[encoding] ?? []),
    ...(HEADS[encoding] ?? text(CHINESE_HEADS)),
    ...text('\n'),
    ...[1, 2, 3, 4].flatMap((at) => row(at, at === 2 ? [...name, ...slip, ...name] : [...name, ...name])),
  ]);
}

async function readOf(bytes: Uint8Array, language: 'zh' | 'en' = 'zh'): Promise<string[]> {
  const { rows } = await importSheet(door, openSheet(bytes), context, { language });
  return rows.map(({ row, status, problems }) =>
    [row, status, ...problems.map(({ column, message }) => `${column}: ${message}`)].join(' '),
  );
}

describe.each([
  ['UTF-8', 'a byte that begins nothing', [0xff]],
  ['UTF-8', 'a sign cut in half', [0xe7, 0x94]],
  ['UTF-8', 'half of a surrogate pair', [0xed, 0xa0, 0x80]],
  ['UTF-8', 'a sign of another encoding', [0xbc, 0xd7]],
  ['UTF-8', 'NUL', [0]],
  ['GB18030', 'a byte that begins nothing', [0xff]],
  ['GB18030', 'NUL', [0]],
  ['UTF-16LE', 'half of a surrogate pair', [0x00, 0xd8]],
  ['UTF-16BE', 'half of a surrogate pair', [0xdc, 0x00]],
  ['UTF-16LE', 'NUL', [0, 0]],
])('given a file in %s with %s in one cell', (encoding, _, slip) => {
  it('then that row is told with its number and column, and the others are taken', async () => {
    const [first, second, ...rest] = await readOf(fileOf(encoding, slip));
    expect([first, ...rest]).toEqual(['2 new', '4 new', '5 new']);
    expect(second).toMatch(/^3 refused 名称: “甲�.*甲”里有读不出的字符/);
    expect((await readOf(fileOf(encoding, slip), 'en'))[1]).toMatch(
      /^3 refused 名称: .* holds signs that cannot be read/,
    );
    expect(openSheet(fileOf(encoding, slip)).encoding).toBe(encoding);
  });
});

/** A workbook of three rows; the name in the second is of these bytes. */
function workbookOf(name: Uint8Array): Uint8Array {
  const [main, office, packages] = [
    'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
    'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
    'http://schemas.openxmlformats.org/package/2006',
  ];
  const related = (id: string, type: string, target: string): Uint8Array =>
    strToU8(
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/></Relationships>`,
    );
  const row = (at: number, cells: readonly (string | Uint8Array)[]): Uint8Array[] => [
    strToU8(`<row r="${at}">`),
    ...cells.flatMap((cell, place) => [
      strToU8(`<c r="${'ABCDE'[place]}${at}" t="inlineStr"><is><t>`),
      typeof cell === 'string' ? strToU8(cell) : cell,
      strToU8('</t></is></c>'),
    ]),
    strToU8('</row>'),
  ];
  const sheet = Buffer.concat([
    strToU8(`<worksheet xmlns="${main}"><sheetData>`),
    ...row(1, CHINESE_HEADS.split(',')),
    ...row(2, ['u-1', '甲', 'farm', '8', 'm-1']),
    ...row(3, ['u-2', name, 'farm', '8', 'm-2']),
    ...row(4, ['u-3', '丙', 'farm', '8', 'm-3']),
    strToU8('</sheetData></worksheet>'),
  ]);
  return zipSync({
    '[Content_Types].xml': strToU8(
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ),
    '_rels/.rels': related('r', 'officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="a" sheetId="1" r:id="r"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': related('r', 'worksheet', 'worksheets/sheet0.xml'),
    'xl/worksheets/sheet0.xml': sheet,
  });
}

describe('given a workbook', () => {
  it.each([
    ['a byte that begins nothing', [0xe7, 0x94, 0xb2, 0xff]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80, 0x61]],
    ['NUL', [0x61, 0]],
  ])('with %s in one cell: its row is told, and nothing else comes in for it', async (_, name) => {
    const [first, second, third] = await readOf(workbookOf(Uint8Array.from(name)));
    expect([first, third]).toEqual(['2 new', '4 new']);
    expect(second).toMatch(/^3 refused 名称: “.*�.*”里有读不出的字符/);
  });
});

const refusalOf = (bytes: Uint8Array): string => {
  try {
    openSheet(bytes);
    return 'opened';
  } catch (error) {
    return error instanceof SheetRefused ? error.code : String(error);
  }
};
const ofText = (text: string) => refusalOf(new TextEncoder().encode(text));

describe('what is no text is refused as a whole', () => {
  it('bytes of anything', () => {
    const bytes = Uint8Array.from({ length: 3_000 }, (_, at) => (at * 7919 + (at % 13) * 31) % 256);
    expect(refusalOf(bytes)).toBe('no-text');
    expect(refusalOf(new Uint8Array(500))).toBe('no-text');
  });
});

describe('a text of another program is told by what it is', () => {
  const page = '<table><tr><td>编号</td><td>名称</td></tr></table>';
  it.each([
    ['web-page', `<!DOCTYPE html>\n<html><body>${page}`],
    ['web-page', `\ufeff\n  <HTML xmlns:o="urn:schemas-microsoft-com:office:office">${page}`],
    ['web-page', page],
    ['web-page', `<!-- made by x -->\n<style>td{}</style>${page}`],
    ['web-page', `<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">${page}`],
    ['web-page', `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">${page}`],
    ['web-page', 'From: x\nSubject: y\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n'],
    [
      'xml-sheet',
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ],
    [
      'xml-sheet',
      '<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
    ],
    ['sylk', 'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"id"\r\nE\r\n'],
    ['dif', 'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n""\r\n'],
  ])('%s: %j', (code, text) => {
    expect(ofText(text)).toBe(code);
    expect(refusalOf(Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]))).toBe(code);
  });

  it.each(['ID;Punkte;P\nu-1;3;1\n', 'ID,P\n1,2\n', 'TABLE,编号\n', '<5,名称\n', '编号,名称\n<b>,x\n'])(
    'and %j is a list',
    (text) => expect(ofText(text)).toBe('opened'),
  );
});
