import type { Day } from './dates.ts';
import { entryOf } from './entries.ts';
import { add, halfUp, shrink, times } from './exact.ts';
import { micros } from './numbers.ts';
import type { Claim, SelfInspections } from './results/selfInspections.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';
import type { Whole } from './tallies.ts';

/** A unit's latest self-inspection of the year. */
export type SelfInspection = {
  unit: string;
  recordedOn: Day;
  criteria: Readonly<Record<string, { selfScore: number; shortcomings: string; remedies: string }>>;
};

/** A self-score in ten-thousandths, as evidenced scores are. */
const selfScoreOf = (points: number): number => halfUp(shrink(micros(points)), 100);

const ownScore = ({ criteria }: SelfInspection, id: string) => entryOf(criteria, id);

function claimsOf(judge: Judge, verdict: Verdict, inspection: SelfInspection): Claim[] {
  const { unit, name, group } = verdict.tally;
  return judge.plan.criteria.flatMap(({ id }, index): Claim[] => {
    const own = ownScore(inspection, id);
    if (!own) return [];
    const evidenced = verdict.criteria[index] ?? null;
    const selfScore = selfScoreOf(own.selfScore);
    return [
      {
        unit,
        name,
        group,
        criterion: id,
        selfScore: pointsOf(selfScore),
        evidenced: evidenced === null ? null : pointsOf(evidenced),
        difference: evidenced === null ? null : pointsOf(selfScore - evidenced),
        shortcomings: own.shortcomings,
        remedies: own.remedies,
      },
    ];
  });
}

/** Both totals over the criteria of which the unit and the record speak alike. */
function totalsOf(judge: Judge, verdict: Verdict, inspection: SelfInspection) {
  let [claimed, evidenced, weights]: [Whole, Whole, Whole] = [0, 0, 0];
  judge.plan.criteria.forEach(({ id }, index) => {
    const own = ownScore(inspection, id);
    const score = verdict.criteria[index] ?? null;
    if (!own || score === null) return;
    const weight = judge.proportions[index] ?? 0;
    claimed = add(claimed, times(weight, selfScoreOf(own.selfScore)));
    evidenced = add(evidenced, times(weight, score));
    weights = add(weights, weight);
  });
  if (weights === 0) return null;
  return { claimed: halfUp(claimed, weights), evidenced: halfUp(evidenced, weights) };
}

function unitRow(judge: Judge, verdict: Verdict, inspection: SelfInspection | undefined) {
  const { unit, name, group } = verdict.tally;
  const totals = inspection ? totalsOf(judge, verdict, inspection) : null;
  return {
    unit,
    name,
    group,
    recordedOn: inspection?.recordedOn ?? null,
    selfTotal: totals && pointsOf(totals.claimed),
    evidencedTotal: totals && pointsOf(totals.evidenced),
    difference: totals && pointsOf(totals.claimed - totals.evidenced),
  };
}

const largestFirst = (a: { difference: number | null }, b: { difference: number | null }): number =>
  (b.difference ?? Number.NEGATIVE_INFINITY) - (a.difference ?? Number.NEGATIVE_INFINITY) || 0;

/** Self-inspections against the evidence (自检与实绩对照). */
export function comparedWith(
  judge: Judge,
  verdicts: readonly Verdict[],
  inspections: readonly SelfInspection[],
): Pick<SelfInspections, 'claims' | 'units'> {
  const byUnit = new Map(inspections.map((inspection) => [inspection.unit, inspection]));
  const claims = verdicts.flatMap((verdict) => {
    const inspection = byUnit.get(verdict.tally.unit);
    return inspection ? claimsOf(judge, verdict, inspection) : [];
  });
  const units = verdicts.map((verdict) => unitRow(judge, verdict, byUnit.get(verdict.tally.unit)));
  return { claims: claims.sort(largestFirst), units: units.sort(largestFirst) };
}
