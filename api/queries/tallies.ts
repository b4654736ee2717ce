import { type Block, readNative } from '#ingest/clickhouse-native/read.ts';
import { calmly } from '#ingest/process/calmly.ts';
import type { Plan } from '#schemas/plan.ts';
import { type Layout, layoutOf, type Whole } from '#schemas/tallies.ts';
import { type Accumulator, accumulatorsOf, FITNESS, type Fineness, type Run } from './accumulators.ts';
import type { Ask, Params } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';
import { amountKinds, tallySql } from './tallySql.ts';

export type TallyQuestion = {
  plan: Plan;
  snapshot: Snapshot;
  /** Only activities that occurred on or before this day; null = the whole year. */
  on: string | null;
  /** Only these units; undefined = all. */
  units?: readonly string[] | undefined;
};

/** The states in which an activity counts, for queries that look at activities one by one. */
export const COUNTING: Record<Plan['counts'], readonly string[]> = {
  reported: ['reported', 'verified'],
  verified: ['verified'],
};

/** No activity has an empty kind: stands in for a list that must not be empty. */
const NO_KIND = '';

/** In `fitness`: counted while reported or verified, or only once verified. */
export const STANDS: Record<Plan['counts'], number> = { reported: 1, verified: 2 };

function accumulatorParams(accumulator: Accumulator, counts: Plan['counts']): Params {
  const { name, family, entries, size } = accumulator;
  return {
    [name]: size + 1,
    [`${name}Kinds`]: entries.map(({ kind }) => kind),
    [`${name}Starts`]: entries.map(({ start }) => start + 1),
    [`${name}Windows`]: entries.map(({ windows }) => windows),
    [`${name}Steps`]: entries.map(({ step }) => step),
    [`${name}Fitness`]: entries.map(
      ({ facet }) => FITNESS[facet] + (facet === 'incidents' ? 0 : STANDS[counts]),
    ),
    ...(family === 'sum' && Object.fromEntries(amountKinds(accumulator))),
  };
}

/** Forms are numbered from 1 over all kinds, kinds from 1: a kind and a form listed for it make a key. */
function formParams({ facets }: Layout): Params {
  const cells = facets.forms.length ? facets.forms : [{ kind: NO_KIND, forms: [''] }];
  const names = [...new Set(cells.flatMap(({ forms = [] }) => forms))];
  const numbers = new Map(names.map((name, index) => [name, index + 1]));
  const count = names.length + 1;
  return {
    formKinds: cells.map(({ kind }) => kind),
    formKindNumbers: cells.map((_, index) => (index + 1) * count),
    formNames: names,
    formNumbers: [...numbers.values()],
    formKeys: cells.flatMap(({ forms = [] }, index) =>
      forms.map((form) => (index + 1) * count + (numbers.get(form) ?? 0)),
    ),
    formPlaces: cells.flatMap(({ forms = [] }) => forms.map((_, place) => place)),
  };
}

/** The cells of a unit, put together when they are asked for. */
export type CellsOf = () => Whole[];

/**
 * Each unit's cells in the layout of the plan. A unit of which nothing is to be tallied has no entry. 10,000 units over
 * two million activities take about a quarter of a second.
 */
export async function tallyCells(ask: Ask, question: TallyQuestion): Promise<Map<string, Whole[]>> {
  const readers = await cellReaders(ask, question, 'windows');
  const cells = new Map<string, Whole[]>();
  await calmly(readers, ([unit, cellsOf]) => cells.set(unit, cellsOf()));
  return cells;
}

/** The same, or what each month adds to the cells (`schemas/monthlyTallies.ts`), which are too many to have all at once. */
export async function cellReaders(
  ask: Ask,
  { plan, snapshot, on, units }: TallyQuestion,
  fineness: Fineness,
): Promise<Map<string, CellsOf>> {
  const layout = layoutOf(plan);
  const { accumulators, runs } = accumulatorsOf(layout, fineness);
  const versions = versionsIn(snapshot);
  const conditions = [
    versions.sql,
    ...(on === null ? [] : ['occurredOn <= toDate32({on:String})']),
    ...(units ? ['unit IN {units:Array(String)}'] : []),
  ];
  const bytes = await ask.native(
    tallySql(accumulators, conditions.join(' AND '), fineness),
    Object.assign(
      { ...versions.params, ...formParams(layout), year: plan.year },
      { ...(on !== null && { on }), ...(units && { units }) },
      ...accumulators.map((accumulator) => accumulatorParams(accumulator, plan.counts)),
    ),
  );
  const readers = new Map<string, CellsOf>();
  await calmly(readNative(bytes), (block) => addReaders(accumulators, runs, block, readers));
  return readers;
}

function addReaders(
  accumulators: readonly Accumulator[],
  runs: readonly Run[],
  block: Block,
  readers: Map<string, CellsOf>,
): void {
  const columns = accumulators.map(({ name, family, size }) => ({
    size,
    values:
      family === 'sum' ? block.wholeLists(`${name}Tally`).values : block.numberLists(`${name}Tally`).values,
  }));
  // An array that begins with a fraction holds doubles from the start, and need not change its kind cell by cell.
  const blank: Whole[] = Array.from({ length: runs.reduce((sum, { length }) => sum + length, 0) }, () => 0.5);
  const cellsOf = (row: number): Whole[] => {
    const own = blank.slice();
    let cell = 0;
    for (const { accumulator, at, length } of runs) {
      const { size, values } = columns[accumulator] ?? { size: 0, values: [] };
      const first = row * size + at;
      for (let index = first; index < first + length; index++) own[cell++] = values[index] ?? 0;
    }
    return own;
  };
  for (const [row, unit] of block.texts('unit').entries()) readers.set(unit, () => cellsOf(row));
}
