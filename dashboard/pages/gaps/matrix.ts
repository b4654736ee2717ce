import type { Bilingual } from '#schemas/plan.ts';
import { roundedTo } from '#schemas/presentation/numbers.ts';
import type { GapMatrix } from '#schemas/results/results.ts';

export type Miss = {
  id: string;
  /** Its place in the matrix's own order. */
  index: number;
  criterion: string;
  name: Bilingual;
  clause: string;
  mean: number | null;
  short: number;
  counted: number;
  /** Units that lack nothing but what ends today. */
  open: number;
  /** Points lost by all units together. */
  lost: number;
};

export type UnitLine = GapMatrix['units'][number] & { lostTotal: number };

export type GapView = { requirements: Miss[]; units: UnitLine[] };

export type GapSelection = { group: string | null; criterion: string | null; order: 'pattern' | 'plan' };

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** What all requirements cost some units, in one walk through them: of a large zone each is looked at once. */
function missesOf(requirements: GapMatrix['requirements'], units: GapMatrix['units']): Miss[] {
  const figures = requirements.map(() => ({ attained: 0, counted: 0, short: 0, open: 0, lost: 0 }));
  for (const { attainments, lost, open } of units)
    for (const [index, figure] of figures.entries()) {
      const attainment = attainments[index] ?? null;
      if (attainment !== null) {
        figure.attained += attainment;
        figure.counted += 1;
        if (open?.includes(index)) figure.open += 1;
        else if (attainment < 1) figure.short += 1;
      }
      figure.lost += lost[index] ?? 0;
    }
  return figures.map(({ attained, counted, short, open, lost }, index) => {
    const { id, criterion, name, clause } = requirements[index] as GapMatrix['requirements'][number];
    const mean = counted ? attained / counted : null;
    // Points have four decimals; a sum's last bits would part what is equal.
    return { id, index, criterion, name, clause, mean, short, counted, open, lost: roundedTo(lost, 4) };
  });
}

type Part = { units: GapMatrix['units']; misses: readonly Miss[] };
const parts = new WeakMap<GapMatrix, Map<string | null, Part>>();

/** The units of a group, and what each requirement costs them: the same whatever criterion and order are looked at. */
function partOf(matrix: GapMatrix, group: string | null): Part {
  const known = parts.get(matrix) ?? new Map<string | null, Part>();
  parts.set(matrix, known);
  const found = known.get(group);
  if (found) return found;
  const units = group === null ? matrix.units : matrix.units.filter((unit) => unit.group === group);
  const part = { units, misses: missesOf(matrix.requirements, units) };
  known.set(group, part);
  return part;
}

const shareShort = ({ short, counted }: Miss): number => (counted ? short / counted : -1);

/** Most commonly missed first; among equals the one that is missed by more. */
export const byCommonness = (a: Miss, b: Miss): number =>
  shareShort(b) - shareShort(a) || (a.mean ?? 1) - (b.mean ?? 1) || a.index - b.index;

/** Units of a group side by side: the group whose units lose most on average first. */
function grouped(units: readonly UnitLine[]): UnitLine[] {
  const groups = new Map<string, UnitLine[]>();
  for (const unit of units) {
    const members = groups.get(unit.group);
    if (members) members.push(unit);
    else groups.set(unit.group, [unit]);
  }
  const mean = (members: readonly UnitLine[]): number =>
    sum(members.map(({ lostTotal }) => lostTotal)) / members.length;
  return [...groups.values()].sort((a, b) => mean(b) - mean(a)).flat();
}

/**
 * The matrix as the page shows it, narrowed down to a group and a criterion, and its figures taken over what is
 * left. Units of a group stand side by side. In the order `pattern` what is missed most stands at the top and who
 * loses most at the left of its group, so that the gaps gather; `plan` keeps the plan's and the ranking's order.
 */
export function viewOf(matrix: GapMatrix, { group, criterion, order }: GapSelection): GapView {
  const part = partOf(matrix, group);
  const requirements = part.misses.filter((miss) => criterion === null || miss.criterion === criterion);
  const units = part.units.map((unit) => {
    let lostTotal = 0;
    for (const { index } of requirements) lostTotal += unit.lost[index] ?? 0;
    return { ...unit, lostTotal };
  });
  if (order === 'pattern') {
    requirements.sort(byCommonness);
    units.sort((a, b) => b.lostTotal - a.lostTotal);
  }
  return { requirements, units: grouped(units) };
}

/** The units that fall short of a requirement, most points lost first. */
export const shortOf = ({ units }: Pick<GapView, 'units'>, { index }: Pick<Miss, 'index'>) =>
  units
    .flatMap((unit) => {
      const attainment = unit.attainments[index] ?? null;
      return attainment === null || attainment >= 1 || unit.open?.includes(index)
        ? []
        : [{ ...unit, attainment, cost: unit.lost[index] ?? 0 }];
    })
    .sort((a, b) => b.cost - a.cost || a.attainment - b.attainment);

/** The most that any unit loses by one of the requirements. */
export function mostLost({ requirements, units }: GapView): number {
  let most = 0;
  for (const { lost } of units) for (const { index } of requirements) most = Math.max(most, lost[index] ?? 0);
  return most;
}

/** Points lost by each unit, a row for each requirement. */
export function lostByUnit({ requirements, units }: GapView): (number | null)[][] {
  const rows = requirements.map(() => new Array<number | null>(units.length).fill(null));
  // Unit by unit, as they lie in memory.
  for (const [at, { lost }] of units.entries())
    for (const [row, { index }] of requirements.entries())
      (rows[row] as (number | null)[])[at] = lost[index] ?? null;
  return rows;
}

/** Points that some of the units lose over the whole year, a row for each requirement; null where that is not known. */
export function lostOverYear(
  { requirements }: Pick<GapView, 'requirements'>,
  units: readonly Pick<UnitLine, 'unit'>[],
  year: GapMatrix,
): (number | null)[][] {
  const byUnit = new Map(year.units.map(({ unit, lost }) => [unit, lost]));
  const placeOf = new Map(year.requirements.map(({ id }, index) => [id, index]));
  return requirements.map(({ id }) =>
    units.map(({ unit }) => byUnit.get(unit)?.[placeOf.get(id) ?? -1] ?? null),
  );
}

/** Whether not all of them are the same: an order by them says something. */
const differ = (figures: readonly number[]): boolean => new Set(figures).size > 1;

/** Whether within any group one loses more than another. */
function losersDiffer(units: GapView['units']): boolean {
  const first = new Map<string, number>();
  return units.some(({ group, lostTotal }) => {
    const lost = roundedTo(lostTotal, 4);
    const known = first.get(group) ?? lost;
    first.set(group, known);
    return known !== lost;
  });
}

/** What the map's caption says of ink and order: of an order by what is equal nothing, and nothing of sums where nothing is lost. */
export function mapMeans(order: GapSelection['order'], view: GapView) {
  if (mostLost(view) === 0) return ['gaps.mapBlank'] as const;
  if (order === 'plan') return ['gaps.mapInk', 'gaps.mapPlan', 'gaps.mapSums'] as const;
  return [
    'gaps.mapInk',
    ...(differ(view.requirements.filter(({ counted }) => counted > 0).map(shareShort))
      ? (['gaps.mapMissed'] as const)
      : []),
    ...(losersDiffer(view.units) ? (['gaps.mapLosers'] as const) : []),
    'gaps.mapSums',
  ] as const;
}
