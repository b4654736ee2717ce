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
  /** Points lost by all units together. */
  lost: number;
};

export type UnitLine = GapMatrix['units'][number] & { lostTotal: number };

export type GapView = { requirements: Miss[]; units: UnitLine[] };

export type GapSelection = { group: string | null; criterion: string | null; order: 'pattern' | 'plan' };

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

function missOf(
  requirement: GapMatrix['requirements'][number],
  index: number,
  units: GapMatrix['units'],
): Miss {
  const { id, criterion, name, clause } = requirement;
  const attained = units.flatMap(({ attainments }) => attainments[index] ?? []);
  return {
    id,
    index,
    criterion,
    name,
    clause,
    mean: attained.length ? sum(attained) / attained.length : null,
    short: attained.filter((value) => value < 1).length,
    counted: attained.length,
    // Points have four decimals; a sum's last bits would part what is equal.
    lost: roundedTo(sum(units.map(({ lost }) => lost[index] ?? null)), 4),
  };
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
  const inGroup = matrix.units.filter((unit) => group === null || unit.group === group);
  const requirements = matrix.requirements.flatMap((requirement, index) =>
    criterion === null || requirement.criterion === criterion ? [missOf(requirement, index, inGroup)] : [],
  );
  const units = inGroup.map((unit) => ({
    ...unit,
    lostTotal: sum(requirements.map(({ index }) => unit.lost[index] ?? null)),
  }));
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
      return attainment === null || attainment >= 1
        ? []
        : [{ ...unit, attainment, cost: unit.lost[index] ?? 0 }];
    })
    .sort((a, b) => b.cost - a.cost || a.attainment - b.attainment);

/** The most that any unit loses by one of the requirements. */
export const mostLost = ({ requirements, units }: GapView): number =>
  units.reduce(
    (most, { lost }) => requirements.reduce((top, { index }) => Math.max(top, lost[index] ?? 0), most),
    0,
  );

/** Points lost by each unit, a row for each requirement. */
export const lostByUnit = ({ requirements, units }: GapView): (number | null)[][] =>
  requirements.map(({ index }) => units.map(({ lost }) => lost[index] ?? null));

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
