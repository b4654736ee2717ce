import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Ask } from '#api/queries/ask.ts';
import { openDayFiles } from '#api/ranking-cache/dayFiles.ts';
import { createMonths, type DayScores } from '#api/ranking-cache/months.ts';
import { createPlanShelf } from '#api/ranking-cache/planShelf.ts';
import { clearStore } from '#ingest/store/checkpoint.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { endOfDay, monthEnds } from '#schemas/months.ts';
import { randomHistory } from '#test/reference/generate.ts';
import { storedHistory } from '#test/support/storedHistory.ts';

/** Month-ends as they were known then, and as they are known now: kept over a restart, and the same as if nothing were kept. */

let folder: string;
let store: Store;
const warnings: string[] = [];
const log = { info: () => {}, warn: (_: object, message: string) => void warnings.push(message) };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-days-'));
  store = await openStore({ dataDir: folder });
  await migrate(store);
});

beforeEach(async () => {
  await clearStore(store);
  rmSync(join(folder, 'days'), { recursive: true, force: true });
  warnings.length = 0;
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const filesOf = (rules = 'ours') => openDayFiles({ folder: join(folder, 'days'), rules, log });
const names = (): string[] => {
  try {
    return readdirSync(join(folder, 'days')).sort();
  } catch {
    return [];
  }
};

type Progress = ReturnType<typeof storedHistory>['progress'];

/** A process that keeps days or does not, and how often it had the store tally anybody. */
function process(progress: Progress, files?: ReturnType<typeof filesOf>) {
  let tallied = 0;
  const ask: Ask = {
    query: (...asked) => store.query(...asked),
    native(sql, params) {
      if (sql.includes('Resample')) tallied++;
      return store.native(sql, params);
    },
  };
  return {
    months: createMonths(ask, progress, files),
    plans: createPlanShelf(ask, progress),
    tallied: () => tallied,
  };
}

const shown = ({ totals }: DayScores, scores: DayScores, units: readonly string[]) => ({
  totals: [...totals],
  units: units.map((unit) => [unit, scores.of(unit) ?? null, scores.course(unit)]),
});

/** What everybody scored on each of the month-ends that had a plan by then. */
async function monthsOf(
  { months, plans }: ReturnType<typeof process>,
  year: number,
  units: readonly string[],
) {
  const found: unknown[] = [];
  for (const on of monthEnds(year, `${year}-12-31`)) {
    const asOf = endOfDay('Asia/Shanghai', on);
    const plan = (await plans.versions(year, asOf)).at(-1)?.plan;
    if (!plan) continue;
    const end = endOfDay(plan.timezone, on);
    for (const scores of await months.at({ plan, asOf: end, days: [on], areMonthEnds: false }))
      found.push([on, shown(scores, scores, units)]);
  }
  return found;
}

const unitsOf = (stream: ReturnType<typeof randomHistory>['stream']): string[] => [
  ...new Set(stream.map(({ event }) => String(event.subject))),
];

test.each([3, 7, 21, 40, 93, 100, 121, 144])(
  'given days that an earlier process kept, when events followed, then they are what a process without files finds (seed %i)',
  async (seed) => {
    const { stream, year } = randomHistory(seed);
    const { progress, advance } = storedHistory(store, stream);
    const units = unitsOf(stream);
    await advance(Math.ceil(stream.length * 0.8));
    const first = process(progress, filesOf());
    const kept = await monthsOf(first, year, units);
    await vi.waitFor(() => expect(names().filter((name) => name.endsWith('.day'))).toHaveLength(kept.length));
    await advance(stream.length);
    const expected = await monthsOf(process(progress), year, units);
    // In the memory of the same process, and of one that begins with the files.
    expect(await monthsOf(first, year, units)).toEqual(expected);
    expect(await monthsOf(process(progress, filesOf()), year, units)).toEqual(expected);
    expect(warnings).toEqual([]);
  },
  120_000,
);

test('given days that were kept, when nothing follows, then a start tallies nobody; torn, misnamed or of other rules they are not believed', async () => {
  const { stream, year } = randomHistory(7);
  const { progress, advance } = storedHistory(store, stream);
  const units = unitsOf(stream);
  await advance(stream.length);
  const before = process(progress, filesOf());
  const expected = await monthsOf(before, year, units);
  expect(expected.length).toBeGreaterThan(1);
  await vi.waitFor(() =>
    expect(names().filter((name) => name.endsWith('.day'))).toHaveLength(expected.length),
  );
  const after = process(progress, filesOf());
  expect(await monthsOf(after, year, units)).toEqual(expected);
  expect(after.tallied()).toBe(0);

  const [one = '', other = ''] = names();
  const torn = readFileSync(join(folder, 'days', one));
  torn[torn.length - 3] = (torn[torn.length - 3] ?? 0) ^ 1;
  writeFileSync(join(folder, 'days', one), torn);
  const mistrusting = process(progress, filesOf());
  expect(await monthsOf(mistrusting, year, units)).toEqual(expected);
  expect(mistrusting.tallied()).toBe(1);
  expect(warnings.join()).toContain('checksum');

  writeFileSync(join(folder, 'days', one), readFileSync(join(folder, 'days', other)));
  const misled = process(progress, filesOf());
  expect(await monthsOf(misled, year, units)).toEqual(expected);
  expect(misled.tallied()).toBe(1);

  const ruled = process(progress, filesOf('others'));
  expect(await monthsOf(ruled, year, units)).toEqual(expected);
  expect(ruled.tallied()).toBe(expected.length);
}, 120_000);

/** What everybody scored at the end of each month, with all that is known now. */
async function monthsNow(
  { months, plans }: ReturnType<typeof process>,
  year: number,
  units: readonly string[],
) {
  const plan = (await plans.versions(year, null)).at(-1)?.plan;
  if (!plan) return [];
  const days = monthEnds(year, `${year}-12-31`);
  const found = await months.at({ plan, asOf: null, days, areMonthEnds: true });
  return found.map((scores, place) => [days[place], shown(scores, scores, units)]);
}
const ofMonths = (): string[] => names().filter((name) => name.includes('-months-') && name.endsWith('.day'));

test.each([3, 7, 40, 100, 144])(
  'given months as they were known to an earlier process, when events followed, then they are what a process without files finds (seed %i)',
  async (seed) => {
    const { stream, year } = randomHistory(seed);
    const { progress, advance } = storedHistory(store, stream);
    const units = unitsOf(stream);
    await advance(Math.ceil(stream.length * 0.8));
    const first = process(progress, filesOf());
    await monthsNow(first, year, units);
    await advance(Math.ceil(stream.length * 0.9));
    await monthsNow(first, year, units);
    await first.months.keep();
    await advance(stream.length);
    const expected = await monthsNow(process(progress), year, units);
    expect(await monthsNow(process(progress, filesOf()), year, units)).toEqual(expected);
    expect(await monthsNow(first, year, units)).toEqual(expected);
    expect(warnings).toEqual([]);
  },
  120_000,
);

test('given months that were kept, when nothing follows, then a start tallies nobody, and writes nothing', async () => {
  const { stream, year } = randomHistory(7);
  const { progress, advance } = storedHistory(store, stream);
  const units = unitsOf(stream);
  await advance(stream.length);
  const before = process(progress, filesOf());
  const expected = await monthsNow(before, year, units);
  expect(expected).toHaveLength(12);
  expect(before.tallied()).toBe(1);
  await vi.waitFor(() => expect(ofMonths()).toHaveLength(1));
  const after = process(progress, filesOf());
  expect(await monthsNow(after, year, units)).toEqual(expected);
  expect(after.tallied()).toBe(0);
  // What is kept already is not written again.
  rmSync(join(folder, 'days'), { recursive: true });
  await after.months.keep();
  expect(names()).toEqual([]);
}, 120_000);

test('given a month-end that is today, then what is due on it is not missed yet; once it is over it is', async () => {
  const { stream, year } = randomHistory(7);
  const { progress, advance } = storedHistory(store, stream);
  await advance(stream.length);
  const { months, plans } = process(progress);
  const adopted = (await plans.versions(year, null)).at(-1)?.plan;
  if (!adopted) throw new Error('no plan');
  const today = `${year}-06-30`;
  const due = { id: 'due', clause: '1', basis: 'default', kind: 'done-by-nobody', by: '06-30' } as const;
  // What else a unit misses does not matter here: nothing but the condition is asked.
  const plan = { ...adopted, requirements: adopted.requirements.slice(0, 1), conditions: [due] };
  const question = { plan, asOf: null, days: monthEnds(year, `${year}-12-31`), areMonthEnds: true };
  const [over, lasting] = [await months.at(question), await months.at({ ...question, today })];
  const coursesOf = (days: readonly DayScores[]) =>
    days.map((day) => unitsOf(stream).map((unit) => day.course(unit)));
  const [missed, open] = [coursesOf(over), coursesOf(lasting)];
  const at = question.days.indexOf(today);
  expect(open.filter((_, place) => place !== at)).toEqual(missed.filter((_, place) => place !== at));
  const ranked = missed[at]?.flatMap((course, place) => (course === null ? [] : place)) ?? [];
  expect(ranked.length).toBeGreaterThan(0);
  // With the condition missed nobody is on course; while it can be met it is not among what is missed.
  expect(ranked.map((place) => missed[at]?.[place])).not.toContain(0);
  const still = ranked.filter((place) => open[at]?.[place] !== missed[at]?.[place]);
  expect(still.length).toBeGreaterThan(0);
  for (const place of still) expect(open[at]?.[place]).toBeLessThan(missed[at]?.[place] ?? 0);
  // Asked again, each keeps its own.
  expect(coursesOf(await months.at(question))).toEqual(missed);
});
