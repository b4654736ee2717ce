import { fallsShort, isStillOpen } from './course.ts';
import { halfUp, MILLION } from './exact.ts';
import type { Ranked } from './ranks.ts';
import type { GapMatrix } from './results/results.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';
import { pointsLost } from './standing.ts';
import { atOnce, type Steps } from './steps.ts';

const mapped = (values: readonly (number | null)[], to: (value: number) => number): (number | null)[] =>
  values.map((value) => (value === null ? null : to(value)));

type Met = { sum: number; counted: number; short: number; open: number };

function meet(met: Met, judge: Judge, verdict: Verdict, index: number): void {
  const attainment = verdict.attainments[index] ?? null;
  if (attainment === null) return;
  met.sum += attainment;
  met.counted++;
  if (fallsShort(judge, verdict, index)) met.short++;
  else if (attainment < MILLION) met.open++;
}

/** In what a unit lacks nothing but what ends today. */
const openOf = (judge: Judge, verdict: Verdict): number[] =>
  verdict.attainments.flatMap((_attainment, index) => (isStillOpen(judge, verdict, index) ? index : []));

/** How all units meet the requirements of the plan, or those of one criterion. */
export function* requirementColumns(
  judge: Judge,
  verdicts: readonly Verdict[],
  of?: string,
): Steps<GapMatrix['requirements']> {
  const { plan } = judge;
  const met = plan.requirements.flatMap(({ criterion }, index) =>
    of === undefined || criterion === of ? [{ index, sum: 0, counted: 0, short: 0, open: 0 }] : [],
  );
  for (const verdict of verdicts) {
    for (const one of met) meet(one, judge, verdict, one.index);
    yield;
  }
  return met.flatMap(({ index, sum, counted, short, open }) => {
    const requirement = plan.requirements[index];
    if (!requirement) return [];
    const { id, criterion, name, clause, points } = requirement;
    const mean = counted ? halfUp(sum, counted) / MILLION : null;
    return { id, criterion, name, clause, points, mean, short, counted, ...(open > 0 && { open }) };
  });
}

type Matrix = Pick<GapMatrix, 'requirements' | 'units'>;

/** The matrix units × requirements, units in the order of the ranking; in steps. */
export function* gapMatrixSteps(
  judge: Judge,
  { rows, verdicts }: Pick<Ranked, 'rows' | 'verdicts'>,
): Steps<Matrix> {
  const requirements = yield* requirementColumns(judge, verdicts);
  const units: Matrix['units'] = [];
  for (const [index, verdict] of verdicts.entries()) {
    const open = openOf(judge, verdict);
    units.push({
      unit: verdict.tally.unit,
      name: verdict.tally.name,
      group: verdict.tally.group,
      rank: rows[index]?.rank ?? null,
      attainments: mapped(verdict.attainments, (attainment) => attainment / MILLION),
      lost: mapped(pointsLost(judge, verdict), pointsOf),
      ...(open.length > 0 && { open }),
    });
    yield;
  }
  return { requirements, units };
}

/** The same on end. */
export const gapMatrixOf = (judge: Judge, ranked: Pick<Ranked, 'rows' | 'verdicts'>): Matrix =>
  atOnce(gapMatrixSteps(judge, ranked));
