import type { Plan } from '#schemas/plan.ts';
import { type Cells, FACETS, type Facet, type Layout, layoutOf, type Whole } from '#schemas/tallies.ts';
import type { Ask, Params } from './ask.ts';
import { type Block, type Lists, readNative } from './native.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';
import { tallySql } from './tallySql.ts';

export type TallyQuestion = {
  plan: Plan;
  snapshot: Snapshot;
  /** Only activities that occurred on or before this day; null = the whole year. */
  on: string | null;
  /** Only these units; undefined = all. */
  units?: readonly string[] | undefined;
};

/** The states in which an activity counts. */
export const COUNTING: Record<Plan['counts'], readonly string[]> = {
  reported: ['reported', 'verified'],
  verified: ['verified'],
};

/** Facets which SQL places by a cell of their own; dones and dues share that of reports, scores that of scored. */
const PLACED = [
  'counts',
  'ledCounts',
  'sums',
  'members',
  'reports',
  'scored',
  'firsts',
  'incidents',
] as const;

/** Sums come as decimals of 128 bits, everything else as small integers. */
const SUMS: ReadonlySet<Facet> = new Set(['sums', 'dones', 'dues', 'scores']);

/** Where nothing is to be placed, a kind that no activity has: arrays must not be empty. */
const NO_KIND: Cells = { kind: '', start: 1, length: 0 };

/** A facet always has one cell at least; the number of cells doubles as the place of what goes nowhere. */
const sizeOf = (cells: readonly Cells[]): number =>
  Math.max(
    1,
    cells.reduce((sum, { length }) => sum + length, 0),
  );

function placeParams({ facets }: Layout): Params {
  const params: Record<string, number | readonly (string | number)[]> = {};
  for (const facet of PLACED) {
    const cells = facets[facet].length ? facets[facet] : [NO_KIND];
    params[facet] = sizeOf(facets[facet]);
    params[`${facet}Kinds`] = cells.map(({ kind }) => kind);
    params[`${facet}Starts`] = cells.map(({ start }) => start);
    params[`${facet}Lengths`] = cells.map(({ length }) => length);
  }
  return params;
}

/** Forms are numbered from 1 over all kinds, kinds from 1; a pair of both has one key, and a cell where it is listed. */
function formParams({ facets }: Layout): Params {
  const cells = facets.forms.length ? facets.forms : [{ ...NO_KIND, forms: [''] }];
  const names = [...new Set(cells.flatMap(({ forms = [] }) => forms))];
  const count = names.length + 1;
  const listed = cells.flatMap(({ forms = [], start }, index) =>
    forms.map((form, place) => ({
      key: (index + 1) * count + names.indexOf(form) + 1,
      cell: start + place,
    })),
  );
  return {
    forms: sizeOf(facets.forms),
    formKinds: cells.map(({ kind }) => kind),
    formKindNumbers: cells.map((_, index) => index + 1),
    formNames: names,
    formNumbers: names.map((_, index) => index + 1),
    formCount: count,
    formKeys: listed.map(({ key }) => key),
    formCells: listed.map(({ cell }) => cell),
  };
}

/**
 * Each unit's cells in the layout of the plan. A unit of which nothing is to be tallied has no entry.
 * 10,000 units over two million activities take about a quarter of a second.
 */
export async function tallyCells(
  ask: Ask,
  { plan, snapshot, on, units }: TallyQuestion,
): Promise<Map<string, Whole[]>> {
  const layout = layoutOf(plan);
  const versions = versionsIn(snapshot);
  const condition = units ? `${versions.sql} AND unit IN {units:Array(String)}` : versions.sql;
  const bytes = await ask.native(tallySql(condition), {
    ...versions.params,
    ...placeParams(layout),
    ...formParams(layout),
    year: plan.year,
    counting: COUNTING[plan.counts],
    on: on ?? `${plan.year}-12-31`,
    ...(units && { units }),
  });
  const cells = new Map<string, Whole[]>();
  for (const block of readNative(bytes)) addCells(layout, block, cells);
  return cells;
}

function addCells(layout: Layout, block: Block, cells: Map<string, Whole[]>): void {
  const arrays = FACETS.filter((facet) => layout.facets[facet].length > 0).map((facet) => ({
    offset: layout.offsets[facet],
    length: sizeOf(layout.facets[facet]),
    ...(SUMS.has(facet) ? block.wholeLists(`${facet}_`) : block.numberLists(`${facet}_`)),
  })) satisfies (Lists<ArrayLike<Whole>> & { offset: number; length: number })[];
  block.texts('unit').forEach((unit, row) => {
    const own: Whole[] = [];
    for (const { length, values } of arrays)
      for (let cell = row * length; cell < (row + 1) * length; cell++) own.push(values[cell] ?? 0);
    cells.set(unit, own);
  });
}
