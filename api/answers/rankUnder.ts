import type { Ask } from '#api/queries/ask.ts';
import { unitTallies } from '#api/queries/unitTallies.ts';
import { calmly } from '#ingest/process/calmly.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Offsets } from '#schemas/position.ts';
import { type Ranked, rankVerdicts } from '#schemas/ranks.ts';
import type { Basis } from '#schemas/results/results.ts';
import { compilePlan, judgeUnit, type Verdict } from '#schemas/scoring.ts';

/** A day and a state of the stream under which a plan is tried. */
export type Under = { basis: Basis; on: string; lasts?: boolean; asOf: number | null; offsets: Offsets };

/** The ranking under a plan that is not adopted: tallied and judged by the same code as every ranking. */
export async function rankUnder(
  ask: Ask,
  plan: Plan,
  { basis, on, lasts, asOf, offsets }: Under,
): Promise<Ranked> {
  const judge = compilePlan(plan, { basis, on, lasts });
  const tallies = await unitTallies(ask, {
    plan,
    snapshot: { offsets, asOf },
    on: basis === 'to-date' ? on : null,
  });
  const verdicts: Verdict[] = [];
  await calmly(tallies, (tally) => verdicts.push(judgeUnit(judge, tally)));
  return rankVerdicts(judge, verdicts);
}
