import { make, type Order, type Whole } from '#api/exports/render.ts';
import type { Question } from '#api/exports/report/model.ts';
import { documentRows, type Fixture } from '#test/fixtures/documents.ts';

/** Orders of documents over the fixture's rows. */

export const question = (changes: Partial<Question> = {}): Question => ({
  year: 2026,
  basis: 'year',
  on: '2026-11-22',
  watermark: '4096',
  complete: true,
  madeAt: '2026-11-22T01:14:07Z',
  ...changes,
});

export const fixture = documentRows();

type Changes = Partial<Omit<Order, 'reportData'>> & {
  question?: Partial<Question>;
  rows?: Fixture;
  unit?: string;
};

export function orderOf({ question: asked, rows = fixture, unit, ...changes }: Changes): Whole {
  const about = unit ?? rows.rows[30]?.unit ?? rows.rows[0]?.unit ?? '';
  const group = asked?.group;
  const inGroup = <T extends { group: string }>(list: readonly T[]): T[] =>
    list.filter((row) => group === undefined || row.group === group);
  return {
    document: 'ranking',
    format: 'pdf',
    language: 'zh-CN',
    reportData: {
      plan: rows.plan,
      question: question(asked),
      rows: inGroup(rows.rows),
      gaps: { ...rows.gaps, units: inGroup(rows.gaps.units) },
      standing: rows.standing(about),
      board: rows.board(group),
    },
    ...changes,
  };
}

export const bytesOf = async (changes: Changes): Promise<Uint8Array> => (await make(orderOf(changes))).bytes;
