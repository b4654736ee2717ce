import { expect, test } from 'vitest';
import { createRested } from '#ingest/store/rested.ts';

/** A year's scan, as queries write it. */
const SCAN = 'SELECT unit FROM activity_versions FINAL\n  WHERE year = {year:UInt16} AND fromPos <= 7';

function engine(atRest: readonly string[]) {
  const asked: string[] = [];
  let onAsk = (): void => {};
  const rested = createRested(
    async (sql) => {
      if (sql.includes('system.parts')) return Buffer.from(atRest.join('\n'));
      asked.push(sql);
      onAsk();
      return Buffer.from(sql.includes('FINAL') ? 'with' : 'without');
    },
    0,
    0,
  );
  const read = async (year = 2026, sql = SCAN): Promise<string> =>
    (await rested.read(sql, { year })).toString();
  return {
    ...rested,
    read,
    asked,
    whileAsked(action: () => void) {
      onAsk = action;
    },
  };
}

test('a year of one merged part is read without FINAL, others with it', async () => {
  const { read } = engine(['2026']);
  expect(await read(2026)).toBe('without');
  expect(await read(2025)).toBe('with');
});

test('only scans that are bound to the year are meant', async () => {
  const { read } = engine(['2026']);
  const others = [
    'SELECT unit FROM activity_versions FINAL WHERE unit = {unit:String}',
    'SELECT unit FROM activity_versions FINAL WHERE year = {year:UInt16} - 1',
    'SELECT unit FROM unit_versions FINAL WHERE year = {year:UInt16} AND 1',
  ];
  for (const sql of others) expect(await read(2026, sql)).toBe('with');
  const filtered =
    'SELECT 1 FROM activity_versions FINAL\n  PREWHERE kind = 1\n  WHERE year = {year:UInt16} AND 1';
  expect(await read(2026, filtered)).toBe('without');
});

test('what was written meanwhile may be there twice: it is asked again, with FINAL', async () => {
  const { read, writing, whileAsked, asked } = engine(['2026']);
  let written: Promise<void> | undefined;
  whileAsked(() => {
    written ??= writing(async () => {});
  });
  expect(await read()).toBe('with');
  expect(asked.map((sql) => sql.includes('FINAL'))).toEqual([false, true]);
  await written;
  expect(await read()).toBe('without');
});

test('nobody reads without FINAL while something is being written', async () => {
  const { read, writing } = engine(['2026']);
  const { promise, resolve } = Promise.withResolvers<void>();
  const written = writing(() => promise);
  expect(await read()).toBe('with');
  resolve();
  await written;
  expect(await read()).toBe('without');
});

test('what a write left apart is seen by the next question', async () => {
  const atRest = ['2026'];
  const { read, writing } = engine(atRest);
  expect(await read()).toBe('without');
  await writing(async () => {
    atRest.pop();
  });
  expect(await read()).toBe('with');
});
