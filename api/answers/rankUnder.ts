import type { Ask } from '#api/queries/ask.ts';
import { unitTallies } from '#api/queries/unitTallies.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { carriedTallies } from '#schemas/carriedTallies.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark, type Offsets } from '#schemas/position.ts';
import { type Ranked, rankVerdicts } from '#schemas/ranks.ts';
import type { Basis } from '#schemas/results/results.ts';
import { compilePlan, judgeUnit, type Verdict } from '#schemas/scoring.ts';
import type { UnitTally } from '#schemas/tallies.ts';

/** A day and a state of the stream under which a plan is tried. */
export type Under = {
  basis: Basis;
  on: string;
  lasts?: boolean;
  asOf: number | null;
  offsets: Offsets;
  /** How the year was ranked under its own plan, whose tallies may hold what this one asks. */
  beside?: RankingAnswer | undefined;
};

/** What the year's own ranking was made of, as far as it is of the same day and state of the stream. */
function fromBeside(
  plan: Plan,
  { basis, on, asOf, offsets, beside }: Under,
): readonly UnitTally[] | undefined {
  if (!beside || beside.basis !== basis || beside.asOf !== asOf) return undefined;
  if (basis === 'to-date' && beside.on !== on) return undefined;
  if (formatWatermark(beside.offsets) !== formatWatermark(offsets)) return undefined;
  const tallies = beside.ranked.verdicts.map(({ tally }) => tally);
  return carriedTallies(beside.plan, tallies, plan);
}

/** The ranking under a plan that is not adopted: tallied and judged by the same code as every ranking. */
export async function rankUnder(ask: Ask, plan: Plan, under: Under): Promise<Ranked> {
  const { basis, on, lasts, asOf, offsets } = under;
  const judge = compilePlan(plan, { basis, on, lasts });
  const tallies =
    fromBeside(plan, under) ??
    (await unitTallies(ask, { plan, snapshot: { offsets, asOf }, on: basis === 'to-date' ? on : null }));
  const verdicts: Verdict[] = [];
  await calmly(tallies, (tally) => verdicts.push(judgeUnit(judge, tally)));
  return rankVerdicts(judge, verdicts);
}
