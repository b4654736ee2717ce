import { readsBeside } from './measureTraits.ts';
import { type Measure, type Period, type Plan, SELF_INSPECTION } from './plan.ts';

/**
 * Tallies: what the store reduces a unit's activities of one year to. They are all that scoring needs, and they
 * are plain counts and sums, so that SQL can make them in one scan and scoring stays exact.
 *
 * A plan is compiled to a layout: which facet of which kind is tallied, and in which cell of a unit's flat
 * array it stands. The store fills the array in this order; `scoring.ts` reads it by the same cells.
 */

/** A whole number: a safe integer, or a bigint where it may grow beyond 2^53. */
export type Whole = number | bigint;

/**
 * counts   activities per window                     ledCounts   the same, led by the head
 * sums     Σ quantity in millionths, per window      forms       activities per listed form
 * members  distinct members                          reports, dones, dues   reports with due ≥ done ≥ 0; Σ in millionths
 * scored, scores   reports with a score; Σ in millionths
 * firsts   day number (days since 1970) of the earliest counted activity, 0 where there is none
 * incidents  activities of the kind not rejected, retracted or waived, whatever the plan counts
 *
 * Every facet but `incidents` sees counting activities only; on a day `on`, only those with occurredOn ≤ on.
 */
export const FACETS = [
  'counts',
  'ledCounts',
  'sums',
  'forms',
  'members',
  'reports',
  'dones',
  'dues',
  'scored',
  'scores',
  'firsts',
  'incidents',
] as const;
export type Facet = (typeof FACETS)[number];

/** The cells of one kind in one facet: `length` cells from `start` on, `start` counted within the facet. */
export type Cells = { kind: string; start: number; length: number; forms?: readonly string[] };

export type Layout = {
  /** For each facet, its cells in order; kinds ascend as the plan first names them. */
  facets: Record<Facet, readonly Cells[]>;
  /** Where each facet begins in the unit's flat array, and the array's length. */
  offsets: Record<Facet, number>;
  length: number;
  /** Kinds measured by `target`: their latest values are tallied apart, by indicator. */
  targetKinds: readonly string[];
};

export const WINDOWS: Record<Period, 1 | 2 | 4 | 12> = { year: 1, half: 2, quarter: 4, month: 12 };

type Demand = { kind: string; facet: Facet; windows?: number; forms?: readonly string[] };

const DEMANDS: {
  [T in Measure['type']]: (kind: string, measure: Extract<Measure, { type: T }>) => Demand[];
} = {
  count: (kind, { per, ledByHead }) => [
    { kind, facet: ledByHead ? 'ledCounts' : 'counts', windows: WINDOWS[per] },
  ],
  sum: (kind, { per }) => [{ kind, facet: 'sums', windows: WINDOWS[per] }],
  coverage: (kind) => [{ kind, facet: 'members' }],
  variety: (kind, { forms }) => [{ kind, facet: 'forms', forms }],
  ratio: (kind) => (['reports', 'dones', 'dues'] as const).map((facet) => ({ kind, facet })),
  target: () => [],
  milestone: (kind) => [{ kind, facet: 'firsts' }],
  appraisal: (kind) => (['scored', 'scores'] as const).map((facet) => ({ kind, facet })),
};

const demandsOf = <T extends Measure['type']>(
  kind: string,
  measure: Extract<Measure, { type: T }>,
): Demand[] => DEMANDS[measure.type as T](kind, measure);

function allDemands(plan: Plan): Demand[] {
  return [
    ...plan.requirements.flatMap(({ kind, measure }) => demandsOf(kind, measure)),
    ...[...plan.deductions, ...plan.vetoes].map(({ kind }) => ({ kind, facet: 'incidents' as const })),
    ...plan.conditions
      .filter(({ kind }) => kind !== SELF_INSPECTION)
      .map(({ kind }) => ({ kind, facet: 'firsts' as const })),
  ];
}

/** The finest windows and the union of forms that any requirement asks of a kind. */
function merge(demands: readonly Demand[]): Omit<Cells, 'start'>[] {
  const byKind = new Map<string, { windows: number; forms: Set<string> }>();
  for (const { kind, windows = 1, forms = [] } of demands) {
    const merged = byKind.get(kind) ?? { windows: 1, forms: new Set<string>() };
    merged.windows = Math.max(merged.windows, windows);
    for (const form of forms) merged.forms.add(form);
    byKind.set(kind, merged);
  }
  return [...byKind].map(([kind, { windows, forms }]) =>
    forms.size ? { kind, length: forms.size, forms: [...forms] } : { kind, length: windows },
  );
}

function place(cells: readonly Omit<Cells, 'start'>[]): Cells[] {
  let start = 0;
  return cells.map((cell) => {
    const placed = { ...cell, start };
    start += cell.length;
    return placed;
  });
}

/** Compiles a plan to the layout of its tallies. Of 1, 2, 4 and 12 windows each divides the next: the finest serve all. */
export function layoutOf(plan: Plan): Layout {
  const demands = allDemands(plan);
  const facets = {} as Record<Facet, Cells[]>;
  const offsets = {} as Record<Facet, number>;
  let length = 0;
  for (const facet of FACETS) {
    facets[facet] = place(merge(demands.filter((demand) => demand.facet === facet)));
    offsets[facet] = length;
    length += facets[facet].reduce((sum, cells) => sum + cells.length, 0);
  }
  const targetKinds = [
    ...new Set(
      plan.requirements.filter(({ measure }) => readsBeside(measure, 'targets')).map(({ kind }) => kind),
    ),
  ];
  return { facets, offsets, length, targetKinds };
}

/** A target of a unit with the latest value reported for its indicator, in millionths; null while none is. */
export type TargetTally = {
  kind: string;
  indicator: string;
  direction: 'atLeast' | 'atMost';
  target: Whole;
  value: Whole | null;
};

/** Everything about one unit that a year's scoring reads. */
export type UnitTally = {
  unit: string;
  name: string;
  group: string;
  teamSize: number;
  /** In the order of the layout. */
  cells: readonly Whole[];
  /** One entry per target kind of the plan and indicator assigned to the unit. */
  targets: readonly TargetTally[];
  /** Day (plan time zone) on which the unit's first self-inspection for the year was recorded. */
  selfInspectedOn: string | null;
};
