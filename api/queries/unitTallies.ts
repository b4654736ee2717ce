import type { Plan } from '#schemas/plan.ts';
import { layoutOf, type UnitTally, type Whole } from '#schemas/tallies.ts';
import type { Touched } from '#schemas/touched.ts';
import type { Ask } from './ask.ts';
import { firstInspections } from './firstInspections.ts';
import { type RankedUnit, rankedUnits } from './rankedUnits.ts';
import { type TallyQuestion, tallyCells } from './tallies.ts';
import { targetTallies } from './targetTallies.ts';

const nothingIn = (plan: Plan): readonly Whole[] => Array.from({ length: layoutOf(plan).length }, () => 0);

/**
 * Everything that scoring reads of the units ranked in the plan's year, ordered by unit. All queries see the same
 * snapshot, so they run side by side.
 */
export async function unitTallies(ask: Ask, question: TallyQuestion): Promise<UnitTally[]> {
  const { plan, snapshot, units } = question;
  return talliesAs(ask, question, rankedUnits(ask, { year: plan.year, snapshot, units }));
}

/** The same of units as they are given, whether they are ranked like that or not. */
export async function talliesAs(
  ask: Ask,
  question: TallyQuestion,
  given: readonly RankedUnit[] | Promise<readonly RankedUnit[]>,
): Promise<UnitTally[]> {
  const [cells, ranked, targets, inspected] = await Promise.all([
    tallyCells(ask, question),
    given,
    targetTallies(ask, question),
    firstInspections(ask, question),
  ]);
  const nothing = nothingIn(question.plan);
  return ranked.map((unit) => ({
    ...unit,
    cells: cells.get(unit.unit) ?? nothing,
    targets: targets.get(unit.unit) ?? [],
    selfInspectedOn: inspected.get(unit.unit) ?? null,
  }));
}

/**
 * The tallies of units that were touched since `known` was read; of the others' parts only what may differ is read
 * again. A touched unit that has none is not ranked any more.
 */
export async function refreshedTallies(
  ask: Ask,
  question: TallyQuestion,
  known: readonly UnitTally[],
  { all, profiles, values }: Touched,
): Promise<UnitTally[]> {
  const same = known.filter(({ unit }) => all.has(unit) && !profiles.has(unit));
  const of = (tallies: readonly UnitTally[]): string[] => tallies.map(({ unit }) => unit);
  const valued = of(same.filter(({ unit }) => values.has(unit)));
  const [anew, cells, targets] = await Promise.all([
    profiles.size > 0 ? unitTallies(ask, { ...question, units: [...profiles] }) : [],
    same.length > 0 ? tallyCells(ask, { ...question, units: of(same) }) : undefined,
    valued.length > 0 ? targetTallies(ask, { ...question, units: valued }) : undefined,
  ]);
  const nothing = nothingIn(question.plan);
  const refreshed = same.map((tally) => ({
    ...tally,
    cells: cells?.get(tally.unit) ?? nothing,
    targets: values.has(tally.unit) ? (targets?.get(tally.unit) ?? []) : tally.targets,
  }));
  return [...anew, ...refreshed];
}
