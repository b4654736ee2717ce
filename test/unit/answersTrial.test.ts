import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { csvOf, tsvOf } from '#schemas/presentation/separated.ts';
import { TRIAL_MARK } from '#schemas/presentation/trial.ts';
import { exportOrderBody } from '#schemas/results/exportJobs.ts';
import { bytesOf, orderOf, question } from '#test/support/documents.ts';
import { checkOrder } from '../../api/exports/jobs/perform.ts';
import { chartSheetOf } from '../../api/exports/report/pictures.ts';
import { reportOf } from '../../api/exports/report/report.ts';
import { checkReportRequest } from '../../api/exports/reportData.ts';

const trial = (language: 'zh-CN' | 'en', format: 'csv' | 'pdf' = 'pdf') =>
  orderOf({ document: 'ranking', format, language, question: question({ trial: true }) });

describe('whatever shows ranks under trial weights says that it is no result', () => {
  it.each(['zh-CN', 'en'] as const)('in %s: a report on every page, in every name of a file', (language) => {
    const mark = TRIAL_MARK[language];
    const { reportData } = trial(language);
    const report = reportOf('ranking', reportData, language);
    expect(report.subtitle.startsWith(`${mark} · `)).toBe(true);
    expect(report.warning).toContain(mark);
    expect(report.tableTitle).toContain(mark);
    expect(report.cover.some(([, value]) => value.includes(mark))).toBe(true);
    for (const name of Object.values(report.fileNames)) expect(name.startsWith(mark)).toBe(true);
    for (const sheet of report.sheets) expect(sheet.mark).toBe(mark);
    const picture = chartSheetOf('ranking', reportData, language);
    expect([picture.subtitle, picture.warning, picture.fileName].every((text) => text?.includes(mark))).toBe(
      true,
    );
  });

  it.each(['zh-CN', 'en'] as const)('in %s: nobody has issued it, and it orders nothing', (language) => {
    const { reportData } = trial(language);
    const board = {
      proposed: [{ unit: reportData.rows[0]?.unit ?? '', within: ['overall' as const] }],
      of: 'criterion' as const,
      lessons: [],
      unpaired: [],
      left: 0,
    };
    const report = reportOf('ranking', { ...reportData, board }, language);
    expect(report.letter).toMatchObject({ number: '', addressee: '', signer: '', closing: '' });
    expect(report.letter.opening).toMatch(/试算|trial computation/);
    const said = [
      report.title,
      report.letter.opening,
      ...Object.values(report.fileNames),
      ...report.sections.flatMap(({ heading, findings }) => [heading, ...findings]),
    ].join('\n');
    expect(said).not.toMatch(/进行了考核|通报|特此|整改，|表彰候选单位|has evaluated|[Cc]ircular|is issued/);
    const ids = [...report.sections, ...report.sheets].map(({ id }) => id);
    expect(ids).not.toEqual(expect.arrayContaining(['candidates']));
    expect(ids).not.toContain('pairs');
    expect(ids).not.toContain('next');
  });

  it.each(['zh-CN', 'en'] as const)(
    'in %s: a workbook, in the first row of every sheet, above the heads',
    async (language) => {
      const book = await readXlsx(
        await bytesOf({ document: 'ranking', format: 'xlsx', language, question: question({ trial: true }) }),
      );
      const [, ...sheets] = book.sheets;
      const tables = sheets.filter(({ rows }) => rows.length > 2);
      expect(tables.length).toBeGreaterThan(3);
      for (const { name, rows } of tables) {
        expect(rows[0]?.[0], name).toBe(TRIAL_MARK[language]);
        if (!/^(图|Charts)$/.test(name)) expect(rows[1]?.filter(Boolean).length, name).toBeGreaterThan(1);
      }
    },
  );

  it('a trial in which nothing weighs says so, and not that nothing is due', () => {
    const { reportData } = trial('zh-CN');
    const weightless = {
      ...reportData,
      plan: { ...reportData.plan, criteria: reportData.plan.criteria.map((one) => ({ ...one, weight: 0 })) },
      rows: reportData.rows.map((row) => ({ ...row, rank: null, groupRank: null, total: null })),
    };
    const [overall] = reportOf('ranking', weightless, 'zh-CN').sections;
    expect(overall?.findings.join('')).toContain('至少要有一型有权重');
    expect(overall?.findings.join('')).not.toContain('到期');
  });

  it('an official document says nothing of the kind', () => {
    const order = orderOf({ document: 'ranking', format: 'pdf', language: 'en', question: question() });
    const { sections: _, ...head } = reportOf('ranking', order.reportData, 'en');
    expect(JSON.stringify(head)).not.toContain(TRIAL_MARK.en);
  });

  it.each(['zh-CN', 'en'] as const)('a CSV and the clipboard, in %s: in the first line', async (language) => {
    const mark = TRIAL_MARK[language];
    const file = Buffer.from(
      await bytesOf({ document: 'ranking', format: 'csv', language, question: question({ trial: true }) }),
    ).toString('utf8');
    expect(file.replace('\uFEFF', '').split('\r\n')[0]).toBe(mark);
    const table = { columns: [{ heading: 'a', kind: 'number' as const }], rows: [[1]] };
    expect([...csvOf({ ...table, mark })].join('')).toBe(`\uFEFF${mark}\r\na\r\n1\r\n`);
    expect(tsvOf({ ...table, mark })).toBe(`${mark}\na\n1`);
    expect(tsvOf(table)).toBe('a\n1');
  });

  it('an order takes weights as the address does, and refuses what is none', () => {
    const order = { document: 'ranking', format: 'xlsx', year: 2026 } as const;
    expect(exportOrderBody.parse({ ...order, weights: 'learning:20,unity:0.5' }).weights).toBe(
      'learning:20,unity:0.5',
    );
    for (const weights of ['', 'learning', 'learning:x', 'learning:1,learning:2'])
      expect(exportOrderBody.safeParse({ ...order, weights }).success, weights).toBe(false);
    const taken = { ...order, basis: 'year' as const, lang: 'en' as const, weights: 'learning:1' };
    expect(() => checkOrder(taken)).not.toThrow();
    expect(() => checkOrder({ ...taken, document: 'meeting' })).toThrow(/weights/);
    expect(() => checkOrder({ ...taken, document: 'letters', format: 'docx' })).toThrow(/weights/);
  });

  it('weights go with the ranking alone, and other documents say so', () => {
    const request = { year: 2026, basis: 'year' as const, weights: { learning: 1 } };
    expect(() => checkReportRequest({ ...request, document: 'meeting' })).toThrow(/weights/);
    expect(() => checkReportRequest({ ...request, document: 'ranking' })).not.toThrow();
  });
});

it.each([
  ['zh-CN', 2025, '截至 2026 年 6 月 30 日'],
  ['en', 2025, '30 Jun 2026'],
  ['zh-CN', 2026, '截至 6 月 30 日'],
] as const)(
  'in %s, the day on which %s was looked at is told with its year where it is another',
  (language, year, told) => {
    const { subtitle } = reportOf(
      'ranking',
      orderOf({ question: { year, on: '2026-06-30', madeAt: '2026-06-30T04:00:00.000Z' } }).reportData,
      language,
    );
    expect(subtitle).toContain(told);
    expect(subtitle.includes('2026')).toBe(true);
  },
);

it.each(['zh-CN', 'en'] as const)(
  'in %s, the whole year is not told as of an earlier day, since what came after counts, too',
  (language) => {
    const of = (basis: 'year' | 'to-date', asOf: string | null = null) => {
      const asked = { basis, asOf, on: '2026-01-31', madeAt: '2026-06-30T04:00:00.000Z' };
      return reportOf('ranking', orderOf({ question: asked }).reportData, language);
    };
    const told = (report: ReturnType<typeof of>): string =>
      JSON.stringify([report.subtitle, report.cover, report.letter, report.sections]);
    const asOf = language === 'en' ? /as of 31 Jan/i : /截至 (?:2026 年 )?1 月 31 日/;
    expect(told(of('year'))).not.toMatch(asOf);
    expect(of('year').subtitle).toContain(
      language === 'en'
        ? 'deadlines seen from 31 Jan, all that is known counted'
        : '期限从 1 月 31 日看，已知的全部计入',
    );
    expect(told(of('to-date'))).toMatch(asOf);
    // Nothing is known that came later: then the day is the last that counts.
    expect(told(of('year', '2026-01-31T15:59:59.999Z'))).toMatch(asOf);
  },
);
