import { layoutOf, type UnitTally, type Whole } from '#schemas/tallies.ts';
import type { Ask } from './ask.ts';
import { firstInspections } from './firstInspections.ts';
import { rankedUnits } from './rankedUnits.ts';
import { type TallyQuestion, tallyCells } from './tallies.ts';
import { targetTallies } from './targetTallies.ts';

/**
 * Everything that scoring reads of the units ranked in the plan's year, ordered by unit. All queries see the same
 * snapshot, so they run side by side.
 */
export async function unitTallies(ask: Ask, question: TallyQuestion): Promise<UnitTally[]> {
  const { plan, snapshot, units } = question;
  const [cells, ranked, targets, inspected] = await Promise.all([
    tallyCells(ask, question),
    rankedUnits(ask, { year: plan.year, snapshot, units }),
    targetTallies(ask, question),
    firstInspections(ask, question),
  ]);
  const nothing: readonly Whole[] = Array.from({ length: layoutOf(plan).length }, () => 0);
  return ranked.map((unit) => ({
    ...unit,
    cells: cells.get(unit.unit) ?? nothing,
    targets: targets.get(unit.unit) ?? [],
    selfInspectedOn: inspected.get(unit.unit) ?? null,
  }));
}
