import type { Ask } from '#api/queries/ask.ts';
import { adoptedPlans } from '#api/queries/plans.ts';
import { unitTallies } from '#api/queries/unitTallies.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { bandInput } from '#schemas/bands/bandInput.ts';
import { type BandInput, type Bands, withBands } from '#schemas/bands/bands.ts';
import { dayIn } from '#schemas/dates.ts';
import type { Plan } from '#schemas/plan.ts';
import { covers } from '#schemas/position.ts';
import { rankVerdicts } from '#schemas/ranks.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { compilePlan, judgeUnit, type Verdict } from '#schemas/scoring.ts';
import type { Bounded } from './ledger.ts';

export type Judging = { ask: Ask; bandsOf(input: BandInput): Promise<Bands> };

/** The plan in use for a year in a snapshot; undefined where none was adopted. */
export async function planIn(ask: Ask, year: number, { offsets, asOf }: Bounded): Promise<Plan | undefined> {
  const versions = await adoptedPlans(ask, year);
  const known = versions.filter((adopted) => covers(offsets, adopted.position) && adopted.recordedAt <= asOf);
  return known.at(-1)?.plan;
}

/** The rows of the year's ranking in a snapshot, as `/rankings` gives them on the basis `year`. */
export async function rowsIn(
  { ask, bandsOf }: Judging,
  plan: Plan,
  snapshot: Bounded,
): Promise<RankingRow[]> {
  const judge = compilePlan(plan, { basis: 'year', on: dayIn(plan.timezone, snapshot.asOf) });
  const verdicts: Verdict[] = [];
  await calmly(await unitTallies(ask, { plan, snapshot, on: null }), (tally) =>
    verdicts.push(judgeUnit(judge, tally)),
  );
  const ranked = rankVerdicts(judge, verdicts);
  return ranked.totals.length === 0
    ? ranked.rows
    : withBands(ranked.rows, await bandsOf(bandInput(judge, ranked)));
}
