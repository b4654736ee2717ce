import { expect, test } from 'vitest';
import { formatsOf } from '#api/exports/documents.ts';
import { DOCUMENTS } from '#api/exports/report/model.ts';
import { DOCUMENT_QUESTIONS, documentName, withoutGoal } from '#test/bench/pages/documents.ts';
import { documentGoal } from '#test/bench/pages/goals.ts';
import { NOT_ASKED, PAGE_QUESTIONS } from '#test/bench/pages/questions.ts';
import { dashboardCalls } from '#test/support/dashboardCalls.ts';

/** The benchmark asks whatever a page asks. */

const calls = dashboardCalls();
const pattern = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/?]+')}(\\?|$)`,
  );
/** Documents have rows of their own. */
const isDocument = ({ path }: { path: string | null }): boolean => path?.startsWith('/exports/*.') ?? false;

test('the calls of the dashboard are found', () => {
  const found = calls.map(({ by, path }) => `${by} ${path}`);
  expect(found).toContain('useTrend /units/*/trend');
  expect(found).toContain('useOverview /overview/*');
  expect(found).toContain('useStoredFiles /units/*/attachments');
  expect(found).toContain('useDocument /exports/*.*');
  expect(found).toContain('SealList /freezes/*/file');
  expect(found.filter((text) => text.startsWith('askPreview'))).toEqual([]);
});

test('every GET of the dashboard is measured, or it is said why not', () => {
  const forgotten = calls
    .filter((call) => !isDocument(call) && !(call.by in NOT_ASKED))
    .filter(({ by, path }) => {
      const rows = PAGE_QUESTIONS.filter(({ asks }) => asks.includes(by));
      return !rows.some((row) => path === null || pattern(path).test(row.path));
    })
    .map(({ file, by, path }) => `${file}: ${by} asks ${path}`);
  expect(forgotten, 'a row of each belongs in test/bench/pages/questions.ts').toEqual([]);
});

test('whatever has a row, or a reason for none, is still asked', () => {
  const asking = new Set(calls.map(({ by }) => by));
  const named = [...PAGE_QUESTIONS.flatMap(({ asks }) => asks), ...Object.keys(NOT_ASKED)];
  expect(named.filter((name) => !asking.has(name))).toEqual([]);
  for (const { asks, path, name } of PAGE_QUESTIONS)
    for (const by of asks)
      expect(
        calls.some((call) => call.by === by && (call.path === null || pattern(call.path).test(path))),
        `${name}: ${by}`,
      ).toBe(true);
});

test('rows have names of their own, and every document in every format has a goal', () => {
  const names = [...PAGE_QUESTIONS.map(({ name }) => name), ...DOCUMENT_QUESTIONS.map(documentName)];
  expect(new Set(names).size).toBe(names.length);
  expect(DOCUMENT_QUESTIONS.length).toBe(
    DOCUMENTS.reduce((sum, document) => sum + formatsOf(document).length, 0),
  );
  expect(withoutGoal()).toEqual([]);
});

test('a document may take longer where there are more units', () => {
  const limits = [500, 5_000] as const;
  expect([10, 50, 5_025, 10_000, 20_000].map((units) => documentGoal(limits, units).first)).toEqual([
    500, 500, 2_750, 5_000, 5_000,
  ]);
});
