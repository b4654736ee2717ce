import { foldingOf } from '#schemas/monthlyTallies.ts';
import { layoutOf, type UnitTally, type Whole } from '#schemas/tallies.ts';
import type { Ask } from './ask.ts';
import { firstInspections } from './firstInspections.ts';
import { rankedUnits } from './rankedUnits.ts';
import { cellReaders, type TallyQuestion } from './tallies.ts';
import { targetsByMonth } from './targetTallies.ts';

export type HistoryQuestion = Omit<TallyQuestion, 'on'> & {
  /** How many months of the plan's year, from January on. */
  months: number;
};

/** A unit's tallies at the ends of the months, made when they are asked for: those of a large zone are many. */
export type UnitHistory = { unit: string; tallies(): UnitTally[] };

/**
 * What scoring reads of the ranked units at the ends of the first months of the year, as known in the snapshot: for
 * each of those days what `unitTallies` gives, from one scan.
 */
export async function unitHistories(ask: Ask, question: HistoryQuestion): Promise<UnitHistory[]> {
  const { plan, snapshot, units, months } = question;
  const wholeYear = { ...question, on: null };
  const [cells, ranked, targets, inspected] = await Promise.all([
    cellReaders(ask, wholeYear, 'months'),
    rankedUnits(ask, { year: plan.year, snapshot, units }),
    targetsByMonth(ask, wholeYear, 'months'),
    firstInspections(ask, question),
  ]);
  const layout = layoutOf(plan);
  const fold = foldingOf(layout, plan.year, months);
  const nothing: Whole[] = [];
  return ranked.map((unit) => ({
    unit: unit.unit,
    tallies: () =>
      fold(cells.get(unit.unit)?.() ?? nothing).map((own, month) => ({
        ...unit,
        cells: own,
        targets: targets.at(unit.unit, month + 1),
        selfInspectedOn: inspected.get(unit.unit) ?? null,
      })),
  }));
}
