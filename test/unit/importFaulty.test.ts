import { expect, test } from 'vitest';
import { type ImportDoor, importSheet, MOST_BROUGHT, MOST_FAULTY } from '#ingest/intake/imports/importing.ts';
import { openSheet } from '#ingest/intake/sheets/openSheet.ts';
import type { StateView } from '#ingest/state/state.ts';
import type { ImportEffect } from '#schemas/results/imports.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { hasRest, leftOut, problemsOf } from '../../dashboard/pages/imports/importing.ts';

/** Of a file with more faulty rows than can be handed back, the sheet to mend says how many it leaves out. */

const nothing: StateView = { get: () => undefined };
const door: ImportDoor = { look: async (_, use) => use(nothing), submit: async () => [] };
const HEADS = '单位编号,名称,类别,班子人数,一把手';

async function handedBack(rows: number, language: 'zh' | 'en') {
  const lines = Array.from({ length: rows }, (_, index) => `u-${index},甲,farm,八,m-${index}`);
  const sheet = openSheet(new TextEncoder().encode([HEADS, ...lines].join('\n')));
  const context = { kind: 'units', sender: { role: 'organisation' }, id: 'i-1' } as const;
  const { counts, faulty } = await importSheet(door, sheet, context, { language });
  expect(counts.refused).toBe(rows);
  return faulty.rows;
}

test.each([
  ['zh', '另有 1,001 行有误，这里列不下；请改正原来的表，整张再传一次。'],
  [
    'en',
    'Faulty rows that have no room here: 1,001. Correct the file itself, and upload the whole of it again.',
  ],
] as const)('in %s', async (language, message) => {
  const rows = await handedBack(MOST_FAULTY + 1_001, language);
  expect(rows).toHaveLength(MOST_FAULTY + 1);
  expect(rows.at(-1)).toEqual({ row: MOST_FAULTY + 1, cells: [], problems: [{ column: '', message }] });
});

test('as many as can be handed back are handed back, and no more is said', async () => {
  const rows = await handedBack(MOST_FAULTY, 'zh');
  expect(rows).toHaveLength(MOST_FAULTY);
  expect(rows.every(({ cells }) => cells.length > 0)).toBe(true);
});

test('what the effects of a sheet leave out is said: rows, units, and units that are not listed', () => {
  const effects = Array.from({ length: 50 }, () => ({}) as ImportEffect);
  const all = { rows: { of: 7, reckoned: 7 }, units: { of: 60, reckoned: 60, found: 50 } };
  const cut = { rows: { of: 31_000, reckoned: MOST_BROUGHT }, units: { of: 240, reckoned: 200, found: 190 } };
  for (const locale of ['zh-CN', 'en'] as const) {
    const words = wordsOf(locale);
    expect(leftOut(words, { reckoned: null, effects: [] })).toEqual([]);
    expect(leftOut(words, { reckoned: all, effects })).toEqual([]);
    const said = leftOut(words, { reckoned: cut, effects });
    expect(said).toHaveLength(3);
    for (const figure of ['20,000', '31,000', '200', '240', '50', '190'])
      expect(said.join('')).toContain(figure);
  }
});

test('that the rest can be imported is said where there is a rest', () => {
  const outcome = { dryRun: true, plan: null, counts: { new: 0, changed: 0, already: 2, refused: 1 } };
  expect(hasRest(outcome)).toBe(false);
  expect(hasRest({ ...outcome, counts: { ...outcome.counts, changed: 1 } })).toBe(true);
  expect(hasRest({ ...outcome, counts: { ...outcome.counts, new: 1, refused: 0 } })).toBe(false);
});

test('a column’s head stands before what is wrong there, with a sign behind it', async () => {
  const [zh] = await handedBack(1, 'zh');
  expect(problemsOf(wordsOf('zh-CN'), zh ?? { problems: [] })).toBe('班子人数：“八”不是整数。');
  const [en] = await handedBack(1, 'en');
  expect(problemsOf(wordsOf('en'), en ?? { problems: [] })).toBe('班子人数: “八” is no whole number.');
});
