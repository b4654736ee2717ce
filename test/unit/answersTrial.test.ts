import { describe, expect, it } from 'vitest';
import { csvOf, tsvOf } from '#schemas/presentation/separated.ts';
import { TRIAL_MARK } from '#schemas/presentation/trial.ts';
import { bytesOf, orderOf, question } from '#test/support/documents.ts';
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

  it('weights go with the ranking alone, and other documents say so', () => {
    const request = { year: 2026, basis: 'year' as const, weights: { learning: 1 } };
    expect(() => checkReportRequest({ ...request, document: 'meeting' })).toThrow(/weights/);
    expect(() => checkReportRequest({ ...request, document: 'ranking' })).not.toThrow();
  });
});
