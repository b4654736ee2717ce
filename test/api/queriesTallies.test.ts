import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unitHistories } from '#api/queries/monthlyTallies.ts';
import { unitTallies } from '#api/queries/unitTallies.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { insertRows } from '#ingest/store/insert.ts';
import { mergeStore } from '#ingest/store/merge.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { OPEN_END, type TargetVersion, type UnitVersion } from '#ingest/tables/tables.ts';
import { carriedTallies } from '#schemas/carriedTallies.ts';
import { monthEnds } from '#schemas/months.ts';
import type { Plan } from '#schemas/plan.ts';
import { slowCells, slowLatest, type View } from './slowTallies.ts';
import {
  INDICATORS,
  noRows,
  pick,
  randomDay,
  randomLives,
  randomOf,
  richPlan,
  versionsOf,
} from './storeWorld.ts';

const random = randomOf(11);
const UNITS = ['u-1', 'u-2', '单位三', 'u-4', 'u-5'];
const lives = randomLives(random, UNITS, 600);
const last = Math.max(...lives.flatMap(({ changes }) => changes.map(({ position }) => position)));
const lastRecorded = Math.max(...lives.flatMap(({ changes }) => changes.map(({ recorded }) => recorded)));

const always = { fromPos: 1, closedBy: 0, recordedFrom: 0, recordedTo: OPEN_END };
const unitRow = (unit: string, more: Partial<UnitVersion> = {}): UnitVersion => ({
  ...always,
  unit,
  name: `名 ${unit}`,
  group: 'farm',
  teamSize: 7,
  head: 'm-1',
  since: null,
  closedOn: null,
  ...more,
});
const targetRow = (unit: string, indicator: string): TargetVersion => ({
  ...always,
  unit,
  year: 2026,
  indicator,
  target: 999_999_999_999.5,
  direction: indicator === 'energy' ? 'atMost' : 'atLeast',
});

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-tallies-'));
  store = await openStore({ dataDir: folder });
  await migrate(store);
  // Batches of any size, some written twice: what a crash between insert and checkpoint leaves behind.
  const versions = lives
    .flatMap(versionsOf)
    .sort((a, b) => (a.closedBy || a.fromPos) - (b.closedBy || b.fromPos));
  for (let from = 0; from < versions.length; ) {
    const to = from + 1 + Math.floor(random() * 400);
    const rows = { ...noRows(), activity_versions: versions.slice(from, to) };
    await insertRows(store, rows);
    if (random() < 0.4) await insertRows(store, rows);
    from = to;
  }
  const targets = UNITS.flatMap((unit) => INDICATORS.slice(0, 2).map((name) => targetRow(unit, name)));
  await insertRows(store, {
    ...noRows(),
    unit_versions: UNITS.map((unit) => unitRow(unit)),
    target_versions: targets,
  });
}, 60_000);

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const views: View[] = Array.from({ length: 24 }, (_, index) => ({
  plan: richPlan(index % 2 ? 'verified' : 'reported'),
  position: index < 4 ? last : Math.floor(random() * last),
  asOf:
    index % 3 ? null : Math.floor(Date.UTC(2026, 0, 1) + random() * (lastRecorded - Date.UTC(2026, 0, 1))),
  on: random() < 0.5 ? null : randomDay(random),
}));

const snapshotOf = ({ position, asOf }: View) => ({ offsets: [position], asOf });
const plain = (values: readonly (number | bigint)[]) => values.map((value) => BigInt(value));

describe('given activities that were amended, verified, rejected, waived and retracted', () => {
  test.each(views)(
    'then each cell is what counting by hand gives (position $position, as of $asOf, on $on, $plan.counts)',
    async (view) => {
      const tallies = await unitTallies(store, { plan: view.plan, snapshot: snapshotOf(view), on: view.on });
      expect(tallies.map(({ unit }) => unit)).toEqual([...UNITS].sort());
      for (const { unit, cells, targets } of tallies) {
        expect(plain(cells)).toEqual(plain(slowCells(lives, unit, view)));
        expect(targets).toHaveLength(4);
        for (const { kind, indicator, value, target } of targets) {
          expect(value === null ? null : BigInt(value)).toBe(
            slowLatest(lives, { unit, kind, indicator }, view),
          );
          expect(target).toBe(999_999_999_999_500_000n);
        }
      }
    },
  );

  test.each(views.slice(2, 8))(
    'then the ends of the months from one scan are those asked one by one (position $position, as of $asOf)',
    async (view) => {
      const question = { plan: view.plan, snapshot: snapshotOf(view) };
      const ends = monthEnds(view.plan.year, `${view.plan.year}-12-31`);
      const histories = await unitHistories(store, { ...question, months: ends.length });
      const byMonth = histories.map(({ tallies }) => tallies());
      for (const [month, on] of ends.entries())
        expect(byMonth.map((tallies) => tallies[month])).toEqual(
          await unitTallies(store, { ...question, on }),
        );
      const [unit = ''] = UNITS;
      const [alone] = await unitHistories(store, { ...question, units: [unit], months: 3 });
      expect(alone?.tallies()).toEqual(byMonth[histories.findIndex((one) => one.unit === unit)]?.slice(0, 3));
    },
  );

  test('then some units alone give the same as all of them', async () => {
    const [view] = views as [View];
    const question = { plan: view.plan, snapshot: snapshotOf(view), on: view.on };
    const all = await unitTallies(store, question);
    const units = [pick(random, UNITS), '单位三', 'nobody'];
    expect(await unitTallies(store, { ...question, units })).toEqual(
      all.filter(({ unit }) => units.includes(unit)),
    );
  });
});

/** What another plan of the year may leave out or weigh otherwise, and what it may ask that nobody tallied. */
function otherPlan(plan: Plan): Plan {
  const requirements = plan.requirements.filter(() => random() < 0.7);
  const vetoes = random() < 0.5 ? plan.vetoes : [...plan.vetoes].reverse();
  return { ...plan, version: plan.version + 1, requirements, vetoes };
}

test.each(views.slice(0, 12))(
  'given the tallies of a plan, then those of another one that asks no more are what the store gives (position $position, as of $asOf)',
  async (view) => {
    const question = { snapshot: snapshotOf(view), on: view.on };
    const known = await unitTallies(store, { ...question, plan: view.plan });
    expect(carriedTallies(view.plan, known, view.plan)).toBe(known);
    for (let tries = 0; tries < 5; tries++) {
      const plan = otherPlan(view.plan);
      const carried = carriedTallies(view.plan, known, plan);
      if (carried) expect(carried).toEqual(await unitTallies(store, { ...question, plan }));
    }
    for (const other of [
      {
        ...view.plan,
        counts: view.plan.counts === 'reported' ? ('verified' as const) : ('reported' as const),
      },
      { ...view.plan, year: view.plan.year + 1 },
      { ...view.plan, timezone: 'Europe/Berlin' },
    ])
      expect(carriedTallies(view.plan, known, other)).toBeUndefined();
    const [first] = view.plan.requirements;
    const unknown = { ...view.plan, requirements: first ? [{ ...first, kind: 'something-else' }] : [] };
    expect(carriedTallies(view.plan, known, unknown)).toBeUndefined();
  },
);

test('given a year that has come to rest, then every view is what it was before', async () => {
  const ask = () =>
    Promise.all(
      views.map((view) => unitTallies(store, { plan: view.plan, snapshot: snapshotOf(view), on: view.on })),
    );
  const before = await ask();
  await mergeStore(store);
  expect(await ask()).toEqual(before);
});
