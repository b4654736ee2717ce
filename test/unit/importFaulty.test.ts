import { expect, test } from 'vitest';
import { type ImportDoor, importSheet, MOST_FAULTY } from '#ingest/intake/imports/importing.ts';
import { openSheet } from '#ingest/intake/sheets/openSheet.ts';
import type { StateView } from '#ingest/state/state.ts';

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
