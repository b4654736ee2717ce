import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { renderDocument } from '#api/exports/documents.ts';
import { make } from '#api/exports/render.ts';
import { sheetName } from '#api/exports/xlsx/sheets.ts';
import { headOf, sheetText, within } from '#api/exports/xlsx/text.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { activityRows, documentRows } from '#test/fixtures/documents.ts';
import { bytesOf, orderOf } from '#test/support/documents.ts';

const CELL = 32_767;
const HEAD = 255;

const partsOf = (bytes: Uint8Array): [string, string][] =>
  Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]);

const plain = (markup: string): string =>
  markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** What a program that knows the format reads from a text of a workbook. */
const read = (text: string): string =>
  plain(text).replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

const SPELT = [
  '_x0041_项目部',
  '_x000D_',
  '__x0041__',
  '_xFFFF_',
  '_x0041_x0042_',
  '_x005F_x0041_',
  '_xyz_',
  '_X0041_',
];

describe('given names that read like the spelling of a character', () => {
  it('then a program reads each of them as it is', () => {
    for (const name of SPELT) expect(read(sheetText(name))).toBe(name);
  });

  it('then they stand so in every sheet, poured activities included', async () => {
    const rows = documentRows({ hostile: SPELT[0] ?? '', names: SPELT.slice(1) });
    const activities = Array.from(activityRows(SPELT.length), (row, at) => ({
      ...row,
      title: SPELT[at] ?? '',
    }));
    const { body } = await renderDocument(orderOf({ format: 'xlsx', rows }), {
      make,
      activities: () => activities,
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    const texts = partsOf(Buffer.concat(pieces)).flatMap(([, xml]) =>
      Array.from(xml.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g), ([, text = '']) => read(text)),
    );
    for (const name of SPELT) expect(texts.filter((text) => text === name).length, name).toBeGreaterThan(1);
  });
});

describe('given texts beyond what a workbook holds', () => {
  it('then a cell ends with an ellipsis, and no character is cut in two', () => {
    for (const text of ['长'.repeat(40_000), '𠮷'.repeat(20_000), `a${'𠮷'.repeat(20_000)}`]) {
      const cut = within(text, CELL);
      expect(cut.length).toBeLessThanOrEqual(CELL);
      expect(cut.length).toBeGreaterThan(CELL - 3);
      expect(cut.isWellFormed()).toBe(true);
      expect(cut.endsWith('…')).toBe(true);
      expect(read(sheetText(text))).toBe(cut);
    }
  });

  it('then heads and feet of pages stay in 255 characters, codes included', async () => {
    for (const name of [
      '长'.repeat(200),
      '𠮷'.repeat(100),
      '&'.repeat(200),
      '_x0041_'.repeat(28),
      '&_x0041_'.repeat(25),
    ]) {
      expect(headOf(name, name).length).toBeLessThanOrEqual(HEAD);
      const rows = documentRows({ units: 5, hostile: name });
      for (const language of LANGUAGES) {
        const unit = rows.rows.find((row) => row.name === name)?.unit ?? '';
        const parts = partsOf(await bytesOf({ document: 'unit', format: 'xlsx', rows, language, unit }));
        const heads = parts.flatMap(([, xml]) =>
          Array.from(xml.matchAll(/<odd(?:Header|Footer)>([^<]*)</g), ([, text = '']) => plain(text)),
        );
        expect(heads.length).toBeGreaterThan(4);
        for (const head of heads) {
          expect(head.length).toBeLessThanOrEqual(HEAD);
          expect(head.isWellFormed()).toBe(true);
          // No half of a doubled sign: what is left between pairs are codes.
          expect(head.replaceAll('&&', '')).toMatch(/^(?:&[LRCPN]|[^&])*$/);
        }
      }
    }
  });

  it('then sheets are named as Excel takes it, and no two alike', () => {
    const taken = new Set<string>();
    const asked = [
      '长'.repeat(50),
      '长'.repeat(50),
      '𠮷'.repeat(30),
      'History',
      "'a'",
      'A/B:C',
      'a b c',
      '',
      'x'.repeat(31),
      'X'.repeat(40),
    ];
    const names = asked.map((title) => sheetName(title, taken));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(asked.length);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(31);
      expect(name.isWellFormed()).toBe(true);
      expect(name).toMatch(/^[^'[\]:*?/\\]+$/);
      expect(name.toLowerCase()).not.toBe('history');
    }
  });

  it('then no row is higher and no column wider than Excel takes', async () => {
    const rows = documentRows({ units: 5, hostile: '长'.repeat(200), names: ['W'.repeat(200)] });
    const activities = Array.from(activityRows(2), (row) => ({ ...row, title: '很长的内容'.repeat(2_000) }));
    const { body } = await renderDocument(orderOf({ format: 'xlsx', rows }), {
      make,
      activities: () => activities,
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    const xml = partsOf(Buffer.concat(pieces))
      .filter(([name]) => name.startsWith('xl/worksheets/sheet'))
      .map(([, part]) => part)
      .join('');
    const numbers = (of: RegExp) => Array.from(xml.matchAll(of), ([, value]) => Number(value));
    expect(Math.max(...numbers(/<row [^>]*ht="([\d.]+)"/g))).toBeLessThanOrEqual(409.5);
    expect(Math.max(...numbers(/<col [^>]*width="([\d.]+)"/g))).toBeLessThanOrEqual(255);
  });
});

describe('given a plan of more requirements than a table of Word has columns', () => {
  const [first] = plan2026.requirements;
  if (!first) throw new TypeError('the plan has no requirement');
  const plan = {
    ...plan2026,
    requirements: Array.from({ length: 150 }, (_, at) => ({ ...first, id: `r${at}`, points: 1 })),
  };

  it('then it is told in several tables, each with the names, and none of a requirement is left out', async () => {
    const rows = documentRows({ units: 4, plan });
    const bytes = await bytesOf({ document: 'gaps', format: 'docx', rows });
    const markup = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
    const widths = Array.from(
      markup.matchAll(/<w:tblGrid>(.*?)<\/w:tblGrid>/g),
      ([, grid = '']) => grid.split('<w:gridCol').length - 1,
    );
    expect(Math.max(...widths)).toBeLessThanOrEqual(63);
    const matrix = widths.filter((columns) => columns > 12);
    expect(matrix.reduce((sum, columns) => sum + columns - 2, 0)).toBe(150);
    const { sheets } = await readXlsx(await bytesOf({ document: 'gaps', format: 'xlsx', rows }));
    expect(Math.max(...sheets.map((sheet) => sheet.rows[0]?.length ?? 0))).toBe(153);
  });
});
