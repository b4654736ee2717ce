import { halfUp, MILLION } from './exact.ts';
import type { Ranked } from './ranks.ts';
import type { GapMatrix } from './results/results.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';
import { pointsLost } from './standing.ts';

const mapped = (values: readonly (number | null)[], to: (value: number) => number): (number | null)[] =>
  values.map((value) => (value === null ? null : to(value)));

function columns(judge: Judge, verdicts: readonly Verdict[]): GapMatrix['requirements'] {
  return judge.plan.requirements.map(({ id, criterion, name, clause, points }, index) => {
    let sum = 0;
    let counted = 0;
    let short = 0;
    for (const { attainments } of verdicts) {
      const attainment = attainments[index] ?? null;
      if (attainment === null) continue;
      sum += attainment;
      counted++;
      if (attainment < MILLION) short++;
    }
    const mean = counted ? halfUp(sum, counted) / MILLION : null;
    return { id, criterion, name, clause, points, mean, short, counted };
  });
}

/** The matrix units × requirements, units in the order of the ranking. */
export function gapMatrixOf(
  judge: Judge,
  { rows, verdicts }: Pick<Ranked, 'rows' | 'verdicts'>,
): Pick<GapMatrix, 'requirements' | 'units'> {
  return {
    requirements: columns(judge, verdicts),
    units: verdicts.map((verdict, index) => ({
      unit: verdict.tally.unit,
      name: verdict.tally.name,
      group: verdict.tally.group,
      rank: rows[index]?.rank ?? null,
      attainments: mapped(verdict.attainments, (attainment) => attainment / MILLION),
      lost: mapped(pointsLost(judge, verdict), pointsOf),
    })),
  };
}
