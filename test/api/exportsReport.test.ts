import { describe, expect, it } from 'vitest';
import { dispositionOf } from '#api/exports/documents.ts';
import { safeFileName } from '#api/exports/report/figures.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { pointsText } from '#schemas/presentation/numbers.ts';
import type { Table } from '#schemas/presentation/table.ts';
import { documentRows } from '#test/fixtures/documents.ts';
import { fixture, orderOf } from '#test/support/documents.ts';

const report = (changes: Parameters<typeof orderOf>[0]) => {
  const { document, reportData, language } = orderOf(changes);
  return reportOf(document, reportData, language);
};
const told = (changes: Parameters<typeof orderOf>[0]): string =>
  JSON.stringify(report(changes).sections.map(({ findings, points }) => [findings, points]));

describe('given the rows of a year', () => {
  it('then the filters read as on screen', () => {
    expect(report({ question: { basis: 'to-date', group: 'farm', compareTo: 2025 } }).subtitle).toBe(
      '2026 年 · 按进度 · 农业管理区 · 截至 11 月 22 日 · 与 2025 年全年相比',
    );
    expect(report({ language: 'en', question: { asOf: '2026-09-30T16:00:00Z' } }).subtitle).toBe(
      '2026 · whole year · all groups · as of 22 Nov · as known on 1 Oct',
    );
  });

  it('then only what holds anything against an earlier time says with what it is compared', () => {
    const question = { basis: 'to-date', compareTo: 2025 } as const;
    for (const [language, since] of [
      ['zh-CN', '相比'],
      ['en', 'compared with'],
    ] as const)
      for (const document of ['ranking', 'meeting', 'gaps', 'unit'] as const) {
        const { subtitle, cover } = report({ document, language, question });
        const compares = document === 'ranking' || document === 'meeting';
        expect([document, subtitle.includes(since)]).toEqual([document, compares]);
        expect([document, JSON.stringify(cover).includes(since)]).toEqual([document, compares]);
      }
  });

  it('then a file of one day has another name than that of another day, or of what was known earlier', () => {
    const looks = [
      { basis: 'year' },
      { basis: 'to-date', on: '2026-11-20' },
      { basis: 'to-date', on: '2026-11-21' },
      { basis: 'to-date', on: '2026-11-20', asOf: '2026-11-21T09:00:00Z' },
      { basis: 'year', asOf: '2026-11-21T09:00:00Z' },
    ] as const;
    for (const document of ['ranking', 'meeting', 'gaps', 'unit'] as const)
      for (const language of ['zh-CN', 'en'] as const)
        for (const format of ['csv', 'xlsx', 'docx', 'pptx', 'pdf'] as const) {
          const names = looks.map((question) => report({ document, language, question }).fileNames[format]);
          expect(new Set(names).size, names.join('\n')).toBe(looks.length);
        }
  });

  it('then a name that is too long is cut before its day', () => {
    const long = '很长的名字'.repeat(30);
    const { name } = fixture.rows[30] ?? { name: '' };
    const { reportData, language } = orderOf({
      document: 'unit',
      question: { basis: 'to-date', on: '2026-11-20' },
    });
    const { standing } = reportData;
    if (!standing) throw new Error('no standing');
    const row = { ...standing.row, name: name + long };
    const named = reportOf('unit', { ...reportData, standing: { ...standing, row } }, language).fileNames
      .docx;
    expect(named).toMatch(/（按进度截至2026-11-20）$/);
    expect(Buffer.byteLength(named)).toBeLessThanOrEqual(180);
  });

  it('then the circular names the leader and every vetoed unit with both totals', () => {
    const text = told({});
    const [first] = fixture.rows;
    expect(text).toContain(`${first?.name}以 ${pointsText(first?.total)} 分居第一位`);
    for (const row of fixture.rows.filter(({ vetoes }) => vetoes.length))
      expect(text).toMatch(new RegExp(`${row.name}因[^。]*被一票否决，总分按? ${pointsText(row.total)} 分`));
  });

  it('then a unit is told its place, its gaps and what is due, in both languages', () => {
    const row = fixture.rows[30];
    expect(told({ document: 'unit' })).toContain(`在 48 个单位中列第 ${row?.rank} 名`);
    expect(told({ document: 'unit', language: 'en' })).toContain(`place ${row?.rank} of 48`);
    expect(told({ document: 'unit' })).toContain('于 12 月 31 日前完成：');
    // A band holds nine tenths of the draws: no more is promised.
    expect(told({ document: 'unit' })).toContain('十次中有九次名次在第 31 至第 34 名之间');
  });

  it('then Chinese pages have brackets of Chinese width, and single quotes within quotes', () => {
    for (const document of ['ranking', 'unit', 'gaps', 'meeting'] as const) {
      const text = JSON.stringify(report({ document }).sections);
      expect(text).not.toMatch(/\p{Script=Han}\(|\(\p{Script=Han}/u);
      expect(text).not.toMatch(/““|””/);
    }
    expect(told({ document: 'unit' })).toContain('教育培训学时（人·时）”〔三（一）2〕');
  });

  it('then what a unit does well says nothing of what it lacks', () => {
    for (const { unit } of fixture.rows) {
      const { sections } = report({ document: 'unit', unit });
      const said = (id: string) => sections.find((section) => section.id === id)?.findings.join('') ?? '';
      expect(said('strengths')).not.toContain('低于');
    }
  });

  it('then no sentence holds what a template left open', () => {
    for (const document of ['ranking', 'unit', 'gaps', 'meeting'] as const)
      for (const language of ['zh-CN', 'en'] as const)
        expect(told({ document, language })).not.toMatch(/undefined|null分|NaN|\$\{|，，|。。|\.\./);
  });

  it('then candidates are eligible, and nobody vetoed teaches', () => {
    const { sections } = report({ document: 'meeting' });
    const names = (id: string, column: number) =>
      sections.find((section) => section.id === id)?.tables[0]?.rows.map((row) => row[column]) ?? [];
    const byName = new Map(fixture.rows.map((row) => [row.name, row]));
    expect(names('candidates', 1).length).toBeGreaterThan(0);
    for (const name of names('candidates', 1)) expect(byName.get(String(name))?.eligible).toBe(true);
    for (const name of names('pairs', 3)) expect(byName.get(String(name))?.vetoes).toEqual([]);
  });
});

describe.each(['zh-CN', 'en'] as const)('given clauses that a document names, in %s', (language) => {
  it.each(['ranking', 'unit', 'gaps', 'meeting'] as const)(
    'then %s has the text of each at its end, and its workbook a sheet of them',
    (document) => {
      const { sections, annex, sheets } = report({ document, language });
      const wide = (text: string) => text.replace(/\(([^()]*\p{Script=Han}[^()]*)\)/gu, '（$1）');
      const texts = new Map(
        plan2026.clauses?.map(({ id, text }) => [id, language === 'en' ? text.en : text.zh]),
      );
      const namedIn = (tables: readonly Table[]) =>
        tables.flatMap(({ id, columns, rows }) => {
          const place = id === 'clauses' ? -1 : columns.findIndex((column) => column.id === 'clause');
          return place < 0 ? [] : rows.map((row) => String(row[place]));
        });
      const said = JSON.stringify(sections);
      const set = language === 'en' ? (text: string) => text : wide;
      const onPages = [...texts].filter(
        ([id]) =>
          namedIn(sections.flatMap(({ tables }) => tables)).includes(set(id)) ||
          said.includes(`〔${set(id)}〕`) ||
          said.includes(`[${id}]`),
      );
      expect(onPages.length).toBeGreaterThan(3);
      expect(annex?.rows).toEqual(onPages.map((row) => row.map((text) => set(String(text)))));
      const inBook = new Set(namedIn(sheets));
      expect(sheets.at(-1)).toMatchObject({ id: 'clauses' });
      expect(sheets.at(-1)?.rows).toEqual([...texts].filter(([id]) => inBook.has(id)));
    },
  );
});

describe('given a year in which nothing has happened', () => {
  const rows = documentRows({ basis: 'to-date', on: '2026-01-03', empty: true });

  it.each(['ranking', 'unit', 'gaps', 'meeting'] as const)(
    'then %s says so and keeps every row',
    (document) => {
      const { sections, sheets } = report({ document, rows });
      expect(JSON.stringify(sections[0])).toMatch(/还没有到期或完成的要求/);
      if (document === 'ranking') expect(sheets[0]?.rows).toHaveLength(48);
    },
  );
});

describe('given names that would do harm', () => {
  it('then control and direction signs are gone from reports, and file names are safe', () => {
    const rows = documentRows({ hostile: 'a\u0007b\u202Ec<script>' });
    expect(JSON.stringify(report({ rows }).sheets[0]?.rows)).toContain('"abc<script>"');
    expect(safeFileName('../a/b:c*\u0000?.')).toBe('_a_b_c_');
    expect(safeFileName('区'.repeat(200)).length).toBe(60);
    expect(dispositionOf('表(1).xlsx')).toBe(
      `attachment; filename="_1_.xlsx"; filename*=UTF-8''%E8%A1%A8%281%29.xlsx`,
    );
  });
});
