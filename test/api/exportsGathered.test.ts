import { describe, expect, it } from 'vitest';
import { formatsOf } from '#api/exports/documents.ts';
import { EXTENTS } from '#api/exports/render.ts';
import type { ReportData } from '#api/exports/report/frame.ts';
import { putTogether, unitsIn } from '#api/exports/report/gathered.ts';
import { DOCUMENTS, type DocumentName, type Format, isPicture } from '#api/exports/report/model.ts';
import { chartSheetOf, chartsOf } from '#api/exports/report/pictures.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { needsOf } from '#api/exports/reportData.ts';
import { documentRows } from '#test/fixtures/documents.ts';
import { orderOf } from '#test/support/documents.ts';

const rows = documentRows({ units: 12 });
const { reportData } = orderOf({ rows });
const bytesOf = (value: object) => ({ bytes: Buffer.from(JSON.stringify(value)) });

/** All that a format of a document can show. */
function shown(document: DocumentName, format: Format, data: ReportData): unknown[] {
  if (isPicture(format)) return chartsOf(document).map((id) => chartSheetOf(document, data, 'zh-CN', id));
  // The meeting comes as slides on pages of a PDF, too.
  const extents = [
    EXTENTS[format],
    ...(document === 'meeting' && format === 'pdf' ? ['slides' as const] : []),
  ];
  return extents.map((extent) => JSON.parse(JSON.stringify(reportOf(document, data, 'zh-CN', extent))));
}

const every = DOCUMENTS.flatMap((document) =>
  formatsOf(document).map((format) => [document, format] as const),
);

describe('given of all answers those alone that a document asks for, as they are kept', () => {
  it.each(every)('then %s.%s says what it says of everything that there is', (document, format) => {
    const { rows: ranked, gaps, board, standing, ...told } = reportData;
    const needs = needsOf(document, format);
    const ofUnit = document === 'unit' ? standing : undefined;
    const own = ofUnit ? ranked.filter(({ group }) => group === ofUnit.row.group) : ranked;
    const gathered = putTogether({
      ...told,
      ranking: bytesOf({ rows: ranked, open: ranked.map(() => 0) }),
      ...(needs.gaps && gaps && { gaps: bytesOf(gaps) }),
      ...(needs.board && { board }),
      standing: ofUnit,
    });
    // Of the zone, where the rows are those of the unit's group.
    const everything = { ...reportData, rows: own, units: unitsIn(ranked), standing: ofUnit };
    expect(shown(document, format, gathered)).toEqual(shown(document, format, everything));
  });

  it('then what is put together already stays as it is', () => {
    expect(putTogether(reportData)).toBe(reportData);
  });
});
